package dev.fuse.tool.kubernetes.api;

import java.util.regex.Pattern;

/** What came from a cluster, with characters shown that would move, hide or reorder other text. */
final class Printable {

  private static final Pattern ESCAPES =
      Pattern.compile("\u001b\\[[0-?]{0,64}[ -/]{0,16}[@-~]|\u009b[0-?]{0,64}[ -/]{0,16}[@-~]");

  private static final Pattern HIDDEN =
      Pattern.compile(
          "[\\p{Cc}&&[^\n\t]]|[\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}&&[^\u200d]]|[\\x{e0000}-\\x{e0fff}]");

  private Printable() {}

  /** Escape sequences go; other hidden characters are shown by their number. */
  static String of(String text) {
    if (!HIDDEN.matcher(text).find()) {
      return text;
    }
    var without = ESCAPES.matcher(text).replaceAll("").replace("\r\n", "\n");
    return HIDDEN
        .matcher(without)
        .replaceAll(found -> String.format("\\\\u%04x", found.group().codePointAt(0)));
  }

  /** The same on one line. */
  static String line(String text) {
    return of(text).replace("\n", "\\n").replace('\t', ' ');
  }
}
