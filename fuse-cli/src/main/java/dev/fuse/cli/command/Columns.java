package dev.fuse.cli.command;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns two spaces apart, as kubectl has them. */
final class Columns {

  private static final int GAP = 2;

  /** A last column narrower than this is no column: its text goes below the row. */
  private static final int NARROWEST = 24;

  private Columns() {}

  /** A text without a line feed at its end; lines are as long as they are. */
  static String of(List<String> header, List<List<String>> rows) {
    return of(header, rows, Integer.MAX_VALUE);
  }

  /**
   * The same where no line has more columns than that: the last column breaks between words, and
   * goes below its row where there is no room beside it.
   */
  static String of(List<String> header, List<List<String>> rows, int width) {
    var widths = new int[header.size()];
    measure(header, widths);
    rows.forEach(row -> measure(row, widths));
    int before = 0;
    for (int i = 0; i < widths.length - 1; i++) {
      before += widths[i] + GAP;
    }
    var lines = new ArrayList<String>();
    line(header, widths, before, width, lines);
    for (var row : rows) {
      line(row, widths, before, width, lines);
    }
    return String.join("\n", lines);
  }

  private static void measure(List<String> row, int[] widths) {
    for (int i = 0; i < row.size(); i++) {
      widths[i] = Math.max(widths[i], row.get(i).length());
    }
  }

  private static void line(
      List<String> row, int[] widths, int before, int width, List<String> lines) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size() - 1; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
    }
    var last = row.getLast();
    if (line.length() + last.length() <= width) {
      lines.add(line.append(last).toString().stripTrailing());
      return;
    }
    boolean beside = width - before >= NARROWEST;
    int indent = beside ? before : Math.min(4, width / 4);
    if (!beside) {
      // The columns before may be wider than the screen: no padding that only takes room.
      lines.addAll(wrapped(line.toString().strip().replaceAll(" {3,}", "  "), width));
      line.setLength(0);
    }
    for (var part : wrapped(last, Math.max(8, width - indent))) {
      lines.add((line.isEmpty() ? " ".repeat(indent) : line) + part);
      line.setLength(0);
    }
  }

  /** Broken between words; a word longer than a line stays whole. */
  static List<String> wrapped(String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
