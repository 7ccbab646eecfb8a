package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.ToolFailure;
import dev.fuse.text.Spelling;
import dev.fuse.tool.kubernetes.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The server's own columns of a list, as kubectl shows them. */
public final class Table {

  private static final int WIDEST = 60;

  private final boolean wide;
  private final boolean namespaces;
  private final List<String> columns = new ArrayList<>();
  private final List<Integer> kept = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /** One object. */
  public record Row(List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    String text() {
      return String.join("  ", cells);
    }
  }

  public Table(boolean wide, boolean namespaces) {
    this.wide = wide;
    this.namespaces = namespaces;
  }

  /**
   * Adds a page; a server that makes no tables sends objects, of which names and ages are shown.
   */
  public void add(Json page) {
    if (!page.has("columnDefinitions") && page.has("items")) {
      add(named(page));
      return;
    }
    if (columns.isEmpty()) {
      define(page.list("columnDefinitions"));
    }
    for (var row : page.list("rows")) {
      var cells = new ArrayList<String>();
      if (namespaces) {
        cells.add(row.text("object.metadata.namespace"));
      }
      var values = row.texts("cells");
      kept.forEach(index -> cells.add(index < values.size() ? values.get(index) : ""));
      rows.add(new Row(cells));
    }
  }

  private static Json named(Json page) {
    var rows =
        page.list("items").stream()
            .map(
                item ->
                    Map.of(
                        "cells",
                        List.of(item.name(), item.text("metadata.creationTimestamp")),
                        "object",
                        item.fields()))
            .toList();
    var defined = List.of(Map.of("name", "Name"), Map.of("name", "Created"));
    return new Json(Map.of("columnDefinitions", defined, "rows", rows));
  }

  public List<Row> rows() {
    return rows;
  }

  /** The index of that column. */
  int column(String name) {
    int index = columns.indexOf(name.toUpperCase(Locale.ROOT));
    if (index < 0) {
      throw ToolFailure.invalid(
          "there is no column '" + name + "'" + Spelling.didYouMean(name, columns),
          "columns: " + String.join(", ", columns));
    }
    return index;
  }

  String render(List<Row> shown) {
    var widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      int index = i;
      int longest = shown.stream().mapToInt(row -> row.cells().get(index).length()).max().orElse(0);
      widths[i] = Math.min(WIDEST, Math.max(longest, columns.get(i).length()));
    }
    var lines = new ArrayList<String>();
    lines.add(line(columns, widths));
    shown.forEach(row -> lines.add(line(row.cells(), widths)));
    return String.join("\n", lines);
  }

  List<Map<String, Object>> structured(List<Row> shown) {
    return shown.stream().map(this::structured).toList();
  }

  private Map<String, Object> structured(Row row) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < columns.size(); i++) {
      map.put(columns.get(i).toLowerCase(Locale.ROOT), row.cells().get(i));
    }
    return map;
  }

  private void define(List<Json> definitions) {
    if (namespaces) {
      columns.add("NAMESPACE");
    }
    for (int i = 0; i < definitions.size(); i++) {
      if (wide || definitions.get(i).number("priority", 0) == 0) {
        kept.add(i);
        columns.add(definitions.get(i).text("name").toUpperCase(Locale.ROOT));
      }
    }
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(cells.get(i));
      int missing = widths[i] - cells.get(i).length() + 2;
      line.repeat(' ', i == cells.size() - 1 ? 0 : Math.max(2, missing));
    }
    return line.toString().stripTrailing();
  }
}
