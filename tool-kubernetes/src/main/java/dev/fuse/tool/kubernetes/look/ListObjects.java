package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Lists objects in the columns that the server gives them. */
public final class ListObjects {

  private ListObjects() {}

  public static Action prepare(Access access, Arguments arguments) {
    var all = arguments.bool("all_namespaces", false);
    var given = access.place(arguments);
    var place = all ? given.in("") : given;
    var kind = access.kind(place, arguments.string("kind"));
    var grep = pattern(arguments.string("grep", ""));
    return Action.of(
        kind.plural() + " in " + place.words(),
        place.reads(kind.name(), ""),
        _ -> run(place, kind, grep, arguments));
  }

  static Pattern pattern(String expression) {
    try {
      return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw ToolFailure.invalid(
          "'" + expression + "' is not a regular expression: " + e.getDescription(), "correct it");
    }
  }

  private static ToolResult run(Place place, Kind kind, Pattern grep, Arguments arguments) {
    int limit = arguments.integer("limit", 100);
    var counted = arguments.string("count_by", "");
    var everything = !grep.pattern().isEmpty() || !counted.isEmpty();
    var table = new Table(arguments.bool("wide", false), place.namespace().isEmpty());
    var query = query(arguments, everything ? Cluster.PAGE : limit);
    var next = "";
    long beyond;
    do {
      var token = next.isEmpty() ? "" : "&continue=" + Kind.encode(next);
      var page = place.cluster().get(kind.path(place.namespace()) + query + token, Cluster.TABLE);
      table.add(page);
      next = page.text("metadata.continue");
      beyond = page.number("metadata.remainingItemCount", 0);
    } while (everything && !next.isEmpty());
    var rows = table.rows().stream().filter(row -> grep.matcher(row.text()).find()).toList();
    if (!counted.isEmpty()) {
      return counts(table, rows, counted);
    }
    if (rows.isEmpty()) {
      return ToolResult.ok("No " + kind.plural() + " in " + place.words() + ".");
    }
    return shown(table, rows, limit, beyond);
  }

  private static ToolResult shown(Table table, List<Table.Row> rows, int limit, long beyond) {
    var kept = rows.subList(0, Math.min(limit, rows.size()));
    long left = rows.size() - kept.size() + beyond;
    var rest = left > 0 ? "\n… " + left + " more: filter, or use count_by" : "";
    return ToolResult.ok(table.render(kept) + rest).structured(table.structured(kept));
  }

  private static ToolResult counts(Table table, List<Table.Row> rows, String column) {
    int index = table.column(column);
    var counts = new TreeMap<String, Integer>();
    rows.forEach(row -> counts.merge(row.cells().get(index), 1, Integer::sum));
    var lines = new ArrayList<String>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(100)
        .forEach(entry -> lines.add(entry.getValue() + "  " + entry.getKey()));
    lines.add(rows.size() + "  in all");
    return ToolResult.ok(String.join("\n", lines)).structured(counts);
  }

  private static String query(Arguments arguments, int limit) {
    var query = new StringBuilder("?limit=" + limit);
    arguments
        .findString("selector")
        .filter(text -> !text.isBlank())
        .ifPresent(text -> query.append("&labelSelector=").append(Kind.encode(text)));
    arguments
        .findString("field_selector")
        .filter(text -> !text.isBlank())
        .ifPresent(text -> query.append("&fieldSelector=").append(Kind.encode(text)));
    return query.toString();
  }
}
