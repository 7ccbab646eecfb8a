package dev.fuse.boundary;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text as a reader sees it: without what can hide in the middle of a token, as itself or written
 * out ({@code \}{@code u200b}). Places in it are those of the whole text's characters.
 */
final class Visible {

  /** What an escape sequence may look like behind its first character. */
  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\\[[0-?]{0,32}+[ -/]{0,8}+[@-~]|\\][^\\u0007\\u001b\\n]{0,500}+\\u0007?|[ -/]{1,4}+[0-~]");

  private final String text;

  /** Of each character in the whole, and of the end; null where they are equal. */
  private final int @Nullable [] places;

  private Visible(String text, int @Nullable [] places) {
    this.text = text;
    this.places = places;
  }

  /** What is looked at. */
  String text() {
    return text;
  }

  static Visible of(String whole) {
    int first = firstHidden(whole, 0);
    if (first < 0) {
      return new Visible(whole, null);
    }
    var text = new StringBuilder(whole.length());
    var places = new int[whole.length() + 1];
    int from = 0;
    int kept = 0;
    while (first >= 0) {
      kept = copy(whole, from, first, text, places, kept);
      from = first + hiddenAt(whole, first);
      first = firstHidden(whole, from);
    }
    kept = copy(whole, from, whole.length(), text, places, kept);
    places[kept] = whole.length();
    return new Visible(text.toString(), places);
  }

  int place(int at) {
    return places == null ? at : places[at];
  }

  /** Behind the character before, so that what is hidden at the end of a token stays outside. */
  int end(int at) {
    return places == null || at == 0 ? at : places[at - 1] + 1;
  }

  private static int copy(
      String whole, int from, int to, StringBuilder text, int[] places, int kept) {
    text.append(whole, from, to);
    int at = kept;
    for (int i = from; i < to; i++) {
      places[at++] = i;
    }
    return at;
  }

  private static int firstHidden(String whole, int from) {
    for (int i = from; i < whole.length(); i++) {
      char c = whole.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '\\') {
        continue;
      }
      if (c != '\n' && c != '\t' && c != '\r' && hiddenAt(whole, i) > 0) {
        return i;
      }
    }
    return -1;
  }

  /** How many characters are hidden from here on. */
  private static int hiddenAt(String whole, int at) {
    char c = whole.charAt(at);
    if (c == '\\') {
      return written(whole, at);
    }
    if (c == 0x1b || c == 0x9b) {
      return 1 + sequence(whole, at + 1, c == 0x9b);
    }
    return unseen(c) ? 1 : 0;
  }

  private static boolean unseen(int c) {
    if (c < 0x80) {
      return (c < ' ' && c != '\n' && c != '\t' && c != '\r') || c == 0x7f;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT -> true;
      default ->
          (c >= 0xfe00 && c <= 0xfe0f) || c == 0x34f || c == 0x115f || c == 0x1160 || c == 0x3164;
    };
  }

  /** The same, written out by a tool: six characters, four of {@code \x1b}, {@code \033}. */
  private static int written(String whole, int at) {
    int length = 0;
    int code = -1;
    if (whole.startsWith("\\u", at)) {
      code = number(whole, at + 2, 4, 16);
      length = 6;
    } else if (whole.startsWith("\\x1b", at) || whole.startsWith("\\x1B", at)) {
      code = 0x1b;
      length = 4;
    } else if (whole.startsWith("\\033", at)) {
      code = 0x1b;
      length = 4;
    }
    if (code < 0 || code == '\n' || code == '\t' || code == '\r' || !unseen(code)) {
      return 0;
    }
    return code == 0x1b ? length + sequence(whole, at + length, false) : length;
  }

  private static int number(String whole, int from, int digits, int radix) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i < whole.length() ? Character.digit(whole.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number;
  }

  private static int sequence(String whole, int from, boolean csi) {
    var window = whole.substring(from, Math.min(whole.length(), from + 520));
    var matcher = SEQUENCE.matcher(csi ? "[" + window : window);
    return matcher.lookingAt() ? matcher.end() - (csi ? 1 : 0) : 0;
  }
}
