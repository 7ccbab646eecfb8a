package dev.fuse.cli.home;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A large text as it lies in a file; only the lines that are asked for become strings. */
final class Bytes {

  private final byte[] content;

  Bytes(byte[] content) {
    this.content = content;
  }

  int length() {
    return content.length;
  }

  char at(int offset) {
    return (char) (content[offset] & 0xff);
  }

  /** Where a line begins with this, from an offset on; -1 where none does. */
  int lineStart(String start, int from) {
    var wanted = start.getBytes(StandardCharsets.UTF_8);
    if (from == 0
        && Arrays.equals(
            content, 0, Math.min(wanted.length, content.length), wanted, 0, wanted.length)) {
      return 0;
    }
    int at = indexOf("\n" + start, from);
    return at < 0 ? -1 : at + 1;
  }

  /**
   * Horspool's search: it looks at a fraction of the bytes, which tells before code is compiled.
   */
  int indexOf(String text, int from) {
    var wanted = text.getBytes(StandardCharsets.UTF_8);
    int last = wanted.length - 1;
    var skip = new int[256];
    Arrays.fill(skip, wanted.length);
    for (int i = 0; i < last; i++) {
      skip[wanted[i] & 0xff] = last - i;
    }
    for (int at = from; at + last < content.length; at += skip[content[at + last] & 0xff]) {
      if (content[at + last] == wanted[last]
          && Arrays.equals(content, at, at + last, wanted, 0, last)) {
        return at;
      }
    }
    return -1;
  }

  /** Where the line begins that this offset is in. */
  int lineOf(int offset) {
    int at = offset;
    while (at > 0 && content[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  /** Where the next line begins; the end of the text where there is none. */
  int lineAfter(int offset) {
    int at = offset;
    while (at < content.length && content[at] != '\n') {
      at++;
    }
    return Math.min(content.length, at + 1);
  }

  /** The line that begins here, without its end. */
  String line(int from) {
    return new String(content, from, lineAfter(from) - from, StandardCharsets.UTF_8)
        .stripTrailing();
  }

  @Override
  public String toString() {
    return new String(content, StandardCharsets.UTF_8);
  }
}
