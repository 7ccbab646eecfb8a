package dev.fuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** Breaks text at spaces, by the columns that its characters take. */
final class Wrap {

  private Wrap() {}

  /** Lines of at most that many columns; a word that is longer is broken. */
  static List<String> wrap(String text, int width) {
    var lines = new ArrayList<String>();
    text.lines().forEach(line -> wrap(line, width, lines));
    return lines.isEmpty() ? List.of("") : lines;
  }

  private static void wrap(String line, int width, List<String> lines) {
    var current = new StringBuilder();
    int columns = 0;
    for (var word : line.split(" ", -1)) {
      int length = BlockRenderer.columns(word);
      if (columns > 0 && columns + 1 + length > width) {
        lines.add(current.toString());
        current.setLength(0);
        columns = 0;
      }
      if (columns > 0) {
        current.append(' ');
        columns++;
      }
      if (length > width) {
        for (var part : AttributedString.fromAnsi(word).columnSplitLength(width)) {
          current.append(part.toAnsi());
          if (current.length() > 0 && part.columnLength() == width) {
            lines.add(current.toString());
            current.setLength(0);
          }
          columns = part.columnLength() % width;
        }
        continue;
      }
      current.append(word);
      columns += length;
    }
    lines.add(current.toString());
  }
}
