package dev.fuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** A table whose widest columns give way until it fits. */
record TableLayout(int width, boolean colors) {

  private static final int NARROWEST = 6;

  List<String> lines(List<List<String>> rows, int head) {
    int count = rows.stream().mapToInt(List::size).max().orElse(0);
    var widths = new int[count];
    for (var row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], BlockRenderer.columns(row.get(i)));
      }
    }
    shrink(widths);
    var lines = new ArrayList<String>();
    for (int i = 0; i < rows.size(); i++) {
      lines.addAll(row(rows.get(i), widths, i < head));
      if (i == head - 1) {
        lines.add(Style.DIM.on(rule(widths), colors));
      }
    }
    return lines;
  }

  private void shrink(int[] widths) {
    while (sum(widths) + 2 * (widths.length - 1) > width) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        return;
      }
      widths[widest]--;
    }
  }

  private List<String> row(List<String> cells, int[] widths, boolean head) {
    var wrapped = new ArrayList<List<String>>();
    int height = 1;
    for (int i = 0; i < cells.size(); i++) {
      wrapped.add(Wrap.wrap(cells.get(i), Math.max(1, widths[i])));
      height = Math.max(height, wrapped.getLast().size());
    }
    var lines = new ArrayList<String>();
    for (int y = 0; y < height; y++) {
      var line = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        var part = y < wrapped.get(i).size() ? wrapped.get(i).get(y) : "";
        line.append(head ? Style.BOLD.on(part, colors) : part);
        line.append(" ".repeat(Math.max(0, widths[i] - BlockRenderer.columns(part)) + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String rule(int[] widths) {
    var parts = new ArrayList<String>();
    for (int width : widths) {
      parts.add("─".repeat(width));
    }
    return String.join("  ", parts);
  }

  private static int sum(int[] widths) {
    int sum = 0;
    for (int width : widths) {
      sum += width;
    }
    return sum;
  }
}
