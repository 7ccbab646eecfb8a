package dev.fuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.commonmark.ext.gfm.tables.TableCell.Alignment;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * A table whose widest columns give way until it fits; where even that is too wide, each row is a
 * list of its cells under the names of the columns.
 */
record TableLayout(
    List<AttributedString> head,
    List<Alignment> alignments,
    List<List<AttributedString>> rows,
    int width) {

  private static final int NARROWEST = 8;
  private static final int LONG_NAME = 16;
  private static final String GAP = "  ";

  List<AttributedString> lines() {
    var widths = widths();
    if (!shrink(widths)) {
      return records();
    }
    var lines = new ArrayList<>(row(head, widths));
    var rule = new AttributedStringBuilder();
    for (int i = 0; i < widths.length; i++) {
      rule.append(i == 0 ? "" : GAP).append("─".repeat(widths[i]), AttributedStyle.DEFAULT.faint());
    }
    lines.add(rule.toAttributedString());
    rows.forEach(row -> lines.addAll(row(row, widths)));
    return lines;
  }

  private int[] widths() {
    var widths = new int[head.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(1, Cells.width(head.get(i)));
      for (var row : rows) {
        widths[i] = Math.max(widths[i], i < row.size() ? Cells.width(row.get(i)) : 0);
      }
    }
    return widths;
  }

  /** Whether the columns fit now, none narrower than it can be read. */
  private boolean shrink(int[] widths) {
    int most = width - GAP.length() * (widths.length - 1);
    int sum = IntStream.of(widths).sum();
    while (sum > most) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] > narrowest(i) && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return false;
      }
      widths[widest]--;
      sum--;
    }
    return true;
  }

  /** A column's name is not broken, unless it is a sentence. */
  private int narrowest(int column) {
    return Math.max(NARROWEST, Math.min(LONG_NAME, Cells.width(head.get(column))));
  }

  private List<AttributedString> row(List<AttributedString> cells, int[] widths) {
    var wrapped = new ArrayList<List<AttributedString>>();
    int height = 1;
    for (int i = 0; i < widths.length; i++) {
      var cell = i < cells.size() ? cells.get(i) : AttributedString.EMPTY;
      wrapped.add(Wrap.cells(cell, widths[i]));
      height = Math.max(height, wrapped.get(i).size());
    }
    var lines = new ArrayList<AttributedString>();
    for (int y = 0; y < height; y++) {
      var line = new AttributedStringBuilder();
      for (int i = 0; i < widths.length; i++) {
        var part = y < wrapped.get(i).size() ? wrapped.get(i).get(y) : AttributedString.EMPTY;
        aligned(line, part, widths[i] - Cells.width(part), i);
      }
      lines.add(trimmed(line.toAttributedString()));
    }
    return lines;
  }

  private void aligned(AttributedStringBuilder line, AttributedString part, int room, int column) {
    int before =
        switch (alignments.get(column)) {
          case LEFT -> 0;
          case CENTER -> room / 2;
          case RIGHT -> room;
        };
    line.append(column == 0 ? "" : GAP)
        .append(" ".repeat(before))
        .append(part)
        .append(" ".repeat(room - before));
  }

  private static AttributedString trimmed(AttributedString line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      end--;
    }
    return line.subSequence(0, end);
  }

  private List<AttributedString> records() {
    var lines = new ArrayList<AttributedString>();
    for (var row : rows) {
      if (!lines.isEmpty()) {
        lines.add(AttributedString.EMPTY);
      }
      for (int i = 0; i < Math.min(head.size(), row.size()); i++) {
        if (row.get(i).length() > 0) {
          var line = new AttributedStringBuilder().append(head.get(i)).append(": ");
          lines.addAll(Wrap.words(line.append(row.get(i)).toAttributedString(), width));
        }
      }
    }
    return lines;
  }
}
