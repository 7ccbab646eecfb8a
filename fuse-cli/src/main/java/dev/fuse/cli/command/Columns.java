package dev.fuse.cli.command;

import java.util.List;
import java.util.stream.Collectors;

/** Rows in columns two spaces apart, as kubectl has them; the last one is as long as it is. */
final class Columns {

  private Columns() {}

  /** A text without a line feed at its end; empty where there are no rows. */
  static String of(List<String> header, List<List<String>> rows) {
    var widths = new int[header.size()];
    measure(header, widths);
    rows.forEach(row -> measure(row, widths));
    return java.util.stream.Stream.concat(java.util.stream.Stream.of(header), rows.stream())
        .map(row -> line(row, widths))
        .collect(Collectors.joining("\n"));
  }

  private static void measure(List<String> row, int[] widths) {
    for (int i = 0; i < row.size(); i++) {
      widths[i] = Math.max(widths[i], row.get(i).length());
    }
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i < row.size() - 1) {
        line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
    }
    return line.toString().stripTrailing();
  }
}
