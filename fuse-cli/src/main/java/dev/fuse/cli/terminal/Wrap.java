package dev.fuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * Breaks text into lines at blanks and around wide characters, by the columns that it takes.
 *
 * <p>Each line depends only on what stands before its end, so that a text that grows keeps the
 * lines that it has.
 */
final class Wrap {

  private final AttributedString text;
  private final int width;
  private final boolean words;
  private final List<AttributedString> lines = new ArrayList<>();

  private int start;
  private int columns;

  /** Where the line may end, and where the next one then begins. */
  private int breakAt;

  private int resume;

  private Wrap(AttributedString text, int width, boolean words) {
    this.text = text;
    this.width = width;
    this.words = words;
  }

  /** Lines of at most that many columns; a longer word stays whole, so that it can be copied. */
  static List<AttributedString> words(AttributedString text, int width) {
    return new Wrap(text, width, true).lines();
  }

  /** Lines of at most that many columns; a longer word is broken. */
  static List<AttributedString> cells(AttributedString text, int width) {
    return new Wrap(text, width, false).lines();
  }

  private List<AttributedString> lines() {
    begin(0);
    for (int at = 0; at < text.length(); ) {
      int c = Character.codePointAt(text, at);
      int next = at + Character.charCount(c);
      if (c == '\n') {
        end(at, next);
      } else if (c == ' ' || c == '\t') {
        if (at == start) {
          begin(next);
        } else {
          mayEnd(resume == at ? breakAt : at, next);
          columns++;
        }
      } else {
        next = add(c, at, next);
      }
      at = next;
    }
    end(text.length(), text.length());
    return lines;
  }

  /** Takes a character into the line; gives where to go on. */
  private int add(int c, int at, int next) {
    int wide = Cells.width(c);
    if (wide == 2 && at > start && resume != at) {
      mayEnd(at, at);
    }
    if (columns + wide > width && at > start) {
      if (breakAt > start) {
        return end(breakAt, resume);
      }
      if (!words) {
        return end(at, at);
      }
    }
    columns += wide;
    if (wide == 2) {
      mayEnd(next, next);
    }
    return next;
  }

  private void mayEnd(int at, int after) {
    breakAt = at;
    resume = after;
  }

  private int end(int at, int after) {
    int last = at;
    while (last > start && text.charAt(last - 1) == ' ') {
      last--;
    }
    lines.add(text.subSequence(start, last));
    return begin(after);
  }

  private int begin(int at) {
    start = at;
    columns = 0;
    breakAt = at;
    resume = at;
    return at;
  }
}
