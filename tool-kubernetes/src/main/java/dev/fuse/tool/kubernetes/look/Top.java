package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What pods and nodes use of CPU and memory, beside what they ask for and may use. */
public final class Top {

  private static final String METRICS = "/apis/metrics.k8s.io/v1beta1";
  private static final List<String> OF_POD =
      List.of("Pod", "CPU", "CPU-Request", "CPU-Limit", "Memory", "Memory-Request", "Memory-Limit");
  private static final List<String> OF_NODE =
      List.of(
          "Node",
          "CPU",
          "CPU-Requested",
          "CPU-Allocatable",
          "Memory",
          "Memory-Requested",
          "Memory-Allocatable",
          "Pods");

  private Top() {}

  /** CPU in cores and memory in bytes; null where it is not known or not set. */
  private record Amount(BigDecimal cpu, BigDecimal memory) {
    static final Amount NONE = new Amount(BigDecimal.ZERO, BigDecimal.ZERO);

    static Amount of(Json resources) {
      return new Amount(Quantity.of(resources.text("cpu")), Quantity.of(resources.text("memory")));
    }

    Amount plus(Amount other) {
      return new Amount(cpu.add(other.cpu), memory.add(other.memory));
    }

    String cores() {
      var milli = cpu.movePointRight(3).setScale(0, RoundingMode.CEILING);
      return milli.signum() == 0 ? "-" : milli + "m";
    }

    String bytes() {
      var mebi = memory.divide(BigDecimal.valueOf(1L << 20), 0, RoundingMode.CEILING);
      return mebi.signum() == 0 ? "-" : mebi + "Mi";
    }
  }

  private record Line(Amount used, Amount requested, List<String> cells) {}

  public static Action prepare(Access access, Arguments arguments) {
    var given = access.place(arguments);
    boolean nodes = arguments.bool("nodes", false);
    boolean all = nodes || arguments.bool("all_namespaces", false);
    var place = all ? given.in("") : given;
    var selector = arguments.string("selector", "").strip();
    return Action.of(
        "use of " + (nodes ? "nodes" : "pods") + " in " + place.words(),
        place.reads(nodes ? "Node" : "Pod", ""),
        _ -> run(place, nodes, selector, arguments));
  }

  private static ToolResult run(Place place, boolean nodes, String selector, Arguments arguments) {
    var query = selector.isEmpty() ? "" : "labelSelector=" + Kind.encode(selector);
    var used = new HashMap<String, Amount>();
    var missing = usage(place, nodes, query, used);
    var lines = nodes ? nodes(place, query, used) : pods(place, query, used);
    if (lines.isEmpty()) {
      return ToolResult.ok("No " + (nodes ? "nodes" : "pods") + " in " + place.words() + ".");
    }
    boolean byCpu = arguments.string("sort", "memory").equals("cpu");
    lines.sort(byCpu ? by(Amount::cpu) : by(Amount::memory));
    int limit = arguments.integer("limit", 30);
    var shown = lines.subList(0, Math.min(limit, lines.size()));
    var table = table(nodes ? OF_NODE : OF_POD, !nodes && place.namespace().isEmpty(), shown);
    var rest = lines.size() > limit ? "\n… " + (lines.size() - limit) + " more" : "";
    return ToolResult.ok(missing + table.render(table.rows()) + rest)
        .structured(table.structured(table.rows()));
  }

  private static Comparator<Line> by(java.util.function.Function<Amount, BigDecimal> part) {
    return Comparator.<Line, BigDecimal>comparing(line -> part.apply(line.used()))
        .thenComparing(line -> part.apply(line.requested()))
        .reversed();
  }

  /** Fills in what is used; what is said where that cannot be known. */
  private static String usage(Place place, boolean nodes, String query, Map<String, Amount> used) {
    var path = METRICS + (nodes ? "/nodes" : Kind.POD.path(place.namespace()).substring(7));
    try {
      for (var item : place.cluster().get(path + "?" + query).list("items")) {
        used.put(key(item), nodes ? Amount.of(item.at("usage")) : sum(item, "usage"));
      }
      return "";
    } catch (ToolFailure failure) {
      return "Usage is not known: " + why(failure.result()) + "\n";
    }
  }

  private static String why(ToolResult.Failed failure) {
    return switch (failure.kind()) {
      case NOT_FOUND ->
          "this cluster serves no metrics API (metrics.k8s.io); metrics-server provides it.";
      case UNAVAILABLE -> "the metrics API does not answer: " + failure.problem();
      case INVALID, CREDENTIALS, FORBIDDEN, CONFLICT, LIMIT, UNKNOWN_OUTCOME -> failure.problem();
    };
  }

  private static List<Line> pods(Place place, String query, Map<String, Amount> used) {
    var lines = new ArrayList<Line>();
    for (var pod : place.cluster().items(Kind.POD, place.namespace(), query)) {
      if (Containers.ended(pod)) {
        continue;
      }
      var use = used.getOrDefault(key(pod), Amount.NONE);
      var requested = sum(pod.at("spec"), "resources.requests");
      var limit = sum(pod.at("spec"), "resources.limits");
      var cells =
          Stream.of(
              pod.name(),
              use.cores(),
              requested.cores(),
              limit.cores(),
              use.bytes(),
              requested.bytes(),
              limit.bytes());
      var namespace = Stream.of(pod.namespace()).filter(_ -> place.namespace().isEmpty());
      lines.add(new Line(use, requested, Stream.concat(namespace, cells).toList()));
    }
    return lines;
  }

  private static List<Line> nodes(Place place, String query, Map<String, Amount> used) {
    var requested = new HashMap<String, Amount>();
    var count = new HashMap<String, Integer>();
    for (var pod : place.cluster().items(Kind.POD, "", "")) {
      var node = pod.text("spec.nodeName");
      if (!node.isEmpty() && !Containers.ended(pod)) {
        requested.merge(node, sum(pod.at("spec"), "resources.requests"), Amount::plus);
        count.merge(node, 1, Integer::sum);
      }
    }
    var lines = new ArrayList<Line>();
    for (var node : place.cluster().items(Kind.NODE, "", query)) {
      var use = used.getOrDefault(key(node), Amount.NONE);
      var asked = requested.getOrDefault(node.name(), Amount.NONE);
      var room = Amount.of(node.at("status.allocatable"));
      var pods =
          count.getOrDefault(node.name(), 0) + "/" + node.text("status.allocatable.pods", "?");
      lines.add(
          new Line(
              use,
              asked,
              List.of(
                  node.name(),
                  use.cores(),
                  asked.cores(),
                  room.cores(),
                  use.bytes(),
                  asked.bytes(),
                  room.bytes(),
                  pods)));
    }
    return lines;
  }

  private static Amount sum(Json of, String path) {
    return of.list("containers").stream()
        .map(container -> Amount.of(container.at(path)))
        .reduce(Amount.NONE, Amount::plus);
  }

  private static String key(Json object) {
    return object.namespace() + "/" + object.name();
  }

  private static Table table(List<String> columns, boolean namespaces, List<Line> lines) {
    var names = new ArrayList<>(columns);
    if (namespaces) {
      names.addFirst("Namespace");
    }
    var table = new Table(true, false);
    table.add(
        new Json(
            Map.of(
                "columnDefinitions",
                names.stream().map(name -> Map.of("name", name)).toList(),
                "rows",
                lines.stream().map(line -> Map.of("cells", line.cells())).toList())));
    return table;
  }
}
