package dev.fuse.tool.git.repo;

import java.util.Locale;

/**
 * Text from a repository, made safe to print: control, invisible and direction-changing characters
 * are written as escapes.
 */
public final class Printable {

  private Printable() {}

  /** One line; line breaks and tabs are escaped as well. */
  public static String line(String text) {
    return escape(text, false);
  }

  /** Several lines, with tabs. */
  public static String block(String text) {
    return escape(text, true);
  }

  /** The first characters of one line. */
  public static String line(String text, int limit) {
    var printable = line(text);
    if (printable.codePointCount(0, printable.length()) <= limit) {
      return printable;
    }
    return printable.substring(0, printable.offsetByCodePoints(0, limit - 1)) + "…";
  }

  private static String escape(String text, boolean keepLines) {
    if (text.codePoints().noneMatch(Printable::hidden)) {
      return text;
    }
    var out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (!hidden(c) || (keepLines && (c == '\n' || c == '\t'))) {
                out.appendCodePoint(c);
                return;
              }
              out.append(name(c));
            });
    return out.toString();
  }

  private static String name(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      default -> String.format(Locale.ROOT, "\\u{%x}", c);
    };
  }

  private static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
