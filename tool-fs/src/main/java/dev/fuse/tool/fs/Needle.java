package dev.fuse.tool.fs;

import dev.fuse.spi.ToolFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is searched for: a regular expression, and bytes that every line holds that it matches, so
 * that most of a file is passed over without decoding it.
 */
final class Needle {

  private final Pattern pattern;
  private final byte[] literal;
  private final boolean whole;
  private final int[] skip = new int[256];

  private Needle(Pattern pattern, String literal, boolean whole) {
    this.pattern = pattern;
    this.literal = literal.getBytes(StandardCharsets.UTF_8);
    this.whole = whole;
    Arrays.fill(skip, this.literal.length);
    for (int i = 0; i < this.literal.length - 1; i++) {
      skip[this.literal[i] & 0xff] = this.literal.length - 1 - i;
    }
  }

  static Needle of(String regex) {
    try {
      var pattern = Pattern.compile(regex);
      var literal = RequiredText.of(regex);
      return new Needle(pattern, literal, literal.equals(regex));
    } catch (PatternSyntaxException e) {
      throw ToolFailure.invalid(
          "pattern '%s' is no regular expression: %s at %d"
              .formatted(regex, e.getDescription(), e.getIndex()),
          "escape characters that are meant literally with \\");
    }
  }

  Pattern pattern() {
    return pattern;
  }

  /** Whether there are bytes to look for before the expression is tried. */
  boolean hasLiteral() {
    return literal.length > 0;
  }

  /** Whether the bytes are all there is to the expression. */
  boolean isLiteral() {
    return whole;
  }

  /** Where the bytes stand next, by Horspool's algorithm; negative where they do not. */
  int next(byte[] text, int from, int end) {
    int last = literal.length - 1;
    int at = from;
    while (at + last < end) {
      int i = last;
      while (text[at + i] == literal[i]) {
        if (--i < 0) {
          return at;
        }
      }
      at += skip[text[at + last] & 0xff];
    }
    return -1;
  }
}
