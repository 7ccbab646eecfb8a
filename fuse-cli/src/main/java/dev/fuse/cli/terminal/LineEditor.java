package dev.fuse.cli.terminal;

import dev.fuse.cli.terminal.Keys.Press;
import java.util.Optional;

/** One line that is edited in place; a text wider than the screen scrolls sideways. */
final class LineEditor {

  private final Keys keys;
  private final String prompt;
  private final int width;
  private final boolean pastes;
  private final StringBuilder text;
  private int cursor;

  /**
   * An editor.
   *
   * @param start what the line holds at first
   * @param pastes whether what is marked as pasted goes into the line
   */
  LineEditor(Keys keys, String prompt, String start, int width, boolean pastes) {
    this.keys = keys;
    this.prompt = prompt;
    this.width = width;
    this.pastes = pastes;
    this.text = new StringBuilder(start);
    this.cursor = start.length();
  }

  /** The line; empty where it was given up. */
  Optional<String> read() {
    while (true) {
      draw();
      switch (keys.next()) {
        case Press.Gone() -> {
          return ended(Optional.empty());
        }
        case Press.Pasted(var pasted, var marked) -> insert(marked && !pastes ? "" : line(pasted));
        case Press.Key(var name) -> {
          if (name.equals("Enter")) {
            return ended(Optional.of(text.toString().strip()));
          }
          if (name.matches("Escape|Interrupt|End of input")) {
            return ended(Optional.empty());
          }
          key(name);
        }
      }
    }
  }

  private static String line(String pasted) {
    return pasted.replaceAll("[\r\n\t]+", " ").replaceAll("\\p{Cntrl}", "");
  }

  private void key(String name) {
    switch (name) {
      case "Left" -> cursor = Math.max(0, cursor - 1);
      case "Right" -> cursor = Math.min(text.length(), cursor + 1);
      case "Home" -> cursor = 0;
      case "End" -> cursor = text.length();
      case "Backspace" -> delete(cursor - 1);
      case "Delete" -> delete(cursor);
      case "Cut" -> text.setLength(cursor);
      case "Clear" -> {
        text.delete(0, cursor);
        cursor = 0;
      }
      case "Word" -> word();
      default -> {
        if (name.codePointCount(0, name.length()) == 1 && name.charAt(0) >= ' ') {
          insert(name);
        }
      }
    }
  }

  private void delete(int at) {
    if (at >= 0 && at < text.length()) {
      text.deleteCharAt(at);
      cursor = at;
    }
  }

  private void word() {
    int start = cursor;
    while (start > 0 && text.charAt(start - 1) == ' ') {
      start--;
    }
    while (start > 0 && text.charAt(start - 1) != ' ') {
      start--;
    }
    text.delete(start, cursor);
    cursor = start;
  }

  private void insert(String more) {
    text.insert(cursor, more);
    cursor += more.length();
  }

  private void draw() {
    int room = Math.max(8, width - prompt.length() - 1);
    int from = Math.max(0, cursor - room + 1);
    var shown = text.substring(from, Math.min(text.length(), from + room));
    var out = keys.tty().out();
    out.print("\r\u001b[K" + prompt + shown);
    int back = Cells.width(shown) - Cells.width(text.substring(from, cursor));
    if (back > 0) {
      out.print("\u001b[" + back + "D");
    }
    out.flush();
  }

  private Optional<String> ended(Optional<String> line) {
    keys.tty().out().println();
    return line;
  }
}
