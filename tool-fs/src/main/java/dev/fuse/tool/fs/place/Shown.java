package dev.fuse.tool.fs.place;

import java.util.Locale;

/** Names and sizes as they may be shown: what a file's name holds cannot move the cursor. */
public final class Shown {

  private Shown() {}

  /** The name itself, or in double quotes with escapes where it holds what is not plainly seen. */
  public static String name(Object path) {
    var raw = path.toString();
    if (raw.chars().noneMatch(Shown::unseen) && !raw.startsWith("\"")) {
      return raw;
    }
    var quoted = new StringBuilder("\"");
    raw.chars().forEach(c -> quoted.append(escaped((char) c)));
    return quoted.append('"').toString();
  }

  /** A line of text without what moves the cursor, cut in the middle of nothing. */
  public static String line(String text, int most) {
    var cut = text.length() <= most ? text : text.substring(0, most) + "…";
    if (cut.chars().noneMatch(c -> unseen(c) && c != '\t')) {
      return cut;
    }
    var shown = new StringBuilder();
    cut.chars().forEach(c -> shown.append(unseen(c) && c != '\t' ? escaped((char) c) : (char) c));
    return shown.toString();
  }

  /** Bytes in the unit that people read: {@code 512 B}, {@code 1.2 kB}, {@code 3.4 GB}. */
  public static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.95 && unit < 5) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 ? "%.1f %cB" : "%.0f %cB", value, "kMGTPE".charAt(unit));
  }

  /** {@code 1,234 files}, {@code 1 file}. */
  public static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  /** Control, bidirectional and zero-width characters, and halves of surrogate pairs excepted. */
  private static boolean unseen(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || c == '\u2028'
        || c == '\u2029';
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default -> unseen(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c);
    };
  }
}
