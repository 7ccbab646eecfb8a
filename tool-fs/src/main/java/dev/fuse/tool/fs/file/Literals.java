package dev.fuse.tool.fs.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Byte strings that are looked for all at once, by Horspool's algorithm for several. */
final class Literals {

  private final List<byte[]> all;
  private final boolean folded;

  /** The last byte of the part of each that is as long as the shortest. */
  private final int last;

  /** How far on the next one can end, by the byte at {@link #last}; 0 where one may end there. */
  private final int[] skip = new int[256];

  private final int[] afterMiss = new int[256];

  /**
   * The bytes of texts.
   *
   * @param folded whether a to z stand for A to Z too, as in an expression that ignores case
   */
  Literals(List<String> texts, boolean folded) {
    this.all = texts.stream().map(text -> bytes(text, folded)).toList();
    this.folded = folded;
    int shortest = all.stream().mapToInt(bytes -> bytes.length).min().orElse(1);
    this.last = shortest - 1;
    Arrays.fill(skip, shortest);
    Arrays.fill(afterMiss, shortest);
    for (var bytes : all) {
      for (int i = 0; i < shortest; i++) {
        lessen(skip, bytes[i], last - i);
        lessen(afterMiss, bytes[i], i == last ? shortest : last - i);
      }
    }
  }

  private static byte[] bytes(String text, boolean folded) {
    var plain = folded ? text.toLowerCase(Locale.ROOT) : text;
    return plain.getBytes(StandardCharsets.UTF_8);
  }

  private void lessen(int[] table, byte at, int to) {
    table[at & 0xff] = Math.min(table[at & 0xff], to);
    if (folded && at >= 'a' && at <= 'z') {
      int upper = at - 'a' + 'A';
      table[upper] = Math.min(table[upper], to);
    }
  }

  /** Where one of them stands next; negative where none does. */
  int next(byte[] text, int from, int end) {
    int at = from;
    while (at + last < end) {
      int seen = text[at + last] & 0xff;
      int on = skip[seen];
      if (on == 0) {
        if (stands(text, at, end)) {
          return at;
        }
        on = afterMiss[seen];
      }
      at += on;
    }
    return -1;
  }

  private boolean stands(byte[] text, int at, int end) {
    for (var bytes : all) {
      int i = bytes.length - 1;
      if (at + i >= end) {
        continue;
      }
      while (i >= 0 && (folded ? lower(text[at + i]) : text[at + i]) == bytes[i]) {
        i--;
      }
      if (i < 0) {
        return true;
      }
    }
    return false;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b - 'A' + 'a') : b;
  }
}
