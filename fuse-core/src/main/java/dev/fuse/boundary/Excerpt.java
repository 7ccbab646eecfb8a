package dev.fuse.boundary;

import java.util.Locale;

/** The head and the tail of a text that is too long. */
final class Excerpt {

  private Excerpt() {}

  /**
   * The text, or its first three fifths and its end with what was left out in between.
   *
   * @param tokens the most it may have
   * @param id where the whole is kept; empty where it is not
   */
  static String of(String text, int tokens, String id) {
    if (text.length() < tokens || Tokens.estimate(text) <= tokens) {
      return text;
    }
    // From the estimate of a sample, so that a huge text is not counted whole.
    var sample = text.substring(0, Math.min(text.length(), 20_000));
    int perToken = Math.max(1, sample.length() / Math.max(1, Tokens.estimate(sample)));
    int room = tokens * perToken;
    var head = head(text, room * 3 / 5);
    var tail = tail(text.substring(head.length()), room * 2 / 5);
    long lines = text.lines().count() - head.lines().count() - tail.lines().count();
    int characters = text.length() - head.length() - tail.length();
    return head
        + String.format(
            Locale.ROOT,
            "… %,d lines, %,d characters left out%s …%n",
            Math.max(0, lines),
            characters,
            id.isEmpty()
                ? ""
                : "; output_read(id=\""
                    + id
                    + "\", from="
                    + (head.lines().count() + 1)
                    + ") has them")
        + tail;
  }

  /** Whole lines of at most that many characters; a part of the first where it alone is longer. */
  private static String head(String text, int room) {
    int end = text.lastIndexOf('\n', room);
    return end > room / 2
        ? text.substring(0, end + 1)
        : text.substring(0, whole(text, room)) + "\n";
  }

  private static String tail(String text, int room) {
    int from = Math.max(0, text.length() - room);
    int line = text.indexOf('\n', from);
    boolean near = line >= 0 && line < from + room / 2;
    return text.substring(near ? line + 1 : whole(text, from));
  }

  /** Never between the two halves of a character. */
  private static int whole(String text, int at) {
    return at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }
}
