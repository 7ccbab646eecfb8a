package dev.fuse.text;

import java.util.regex.Pattern;

/** Text from outside without what could move a cursor, hide or reorder other text. */
public final class Printable {

  /** CSI, OSC and two-character escape sequences of ECMA-48. */
  private static final Pattern ESCAPES =
      Pattern.compile(
          "\u001b\\[[0-?]{0,64}[ -/]{0,16}[@-~]|\u001b\\][^\u0007\u001b]{0,4096}(?:\u0007|\u001b\\\\)?"
              + "|\u001b[ -/]{0,16}[0-~]|\u009b[0-?]{0,64}[ -/]{0,16}[@-~]");

  private Printable() {}

  /**
   * Escape sequences and carriage returns before line feeds go; other control, bidirectional and
   * zero-width characters are shown as {@code \}{@code u001b}. Line feeds and tabs stay.
   */
  public static String of(String text) {
    if (plain(text)) {
      return text;
    }
    return shown(ESCAPES.matcher(text).replaceAll("").replace("\r\n", "\n"));
  }

  /**
   * On one line, and with every character seen: where a name or a rule stands nothing is left out.
   */
  public static String line(String text) {
    var shown = plain(text) ? text : shown(text);
    return shown.replace("\n", "\\n").replace('\t', ' ');
  }

  private static String shown(String text) {
    var shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (hidden(c)) {
                shown.append(String.format("\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' '
          ? c != '\n' && c != '\t'
          : c >= 0x7f && (c < 0xa0 || Character.isSurrogate(c) || hidden(c))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hidden(int c) {
    if (c == '\n' || c == '\t') {
      return false;
    }
    return switch (Character.getType(c)) {
      // A zero-width joiner holds emoji together and is the one format character that people use.
      case Character.CONTROL, Character.SURROGATE -> true;
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> c != 0x200d;
      default -> c >= 0xe0000 && c <= 0xe0fff;
    };
  }
}
