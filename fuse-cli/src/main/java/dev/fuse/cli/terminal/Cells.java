package dev.fuse.cli.terminal;

import org.jline.utils.WCWidth;

/** How many columns of a terminal text takes. */
final class Cells {

  private Cells() {}

  /** Of one character: 0 where it joins the one before, 2 where it is wide. */
  static int width(int codePoint) {
    // Most text is this, and needs no table.
    if (codePoint >= ' ' && codePoint < 0x7f) {
      return 1;
    }
    return codePoint == '\t' ? 1 : Math.max(0, WCWidth.wcwidth(codePoint));
  }

  static int width(CharSequence text) {
    return text.codePoints().map(Cells::width).sum();
  }

  /** The text in at most that many columns, with a mark where it was cut. */
  static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    var kept = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      used += width(c);
      if (used > columns - 1) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.append('…').toString();
  }

  /** The text in just that many columns. */
  static String fit(String text, int columns) {
    var kept = cut(text, columns);
    return kept + " ".repeat(Math.max(0, columns - width(kept)));
  }
}
