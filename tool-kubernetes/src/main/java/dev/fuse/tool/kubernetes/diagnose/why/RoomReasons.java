package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether the nodes that a pod may run on have room for it: what is free against what it asks. */
record RoomReasons(Snapshot snapshot) {

  private static final int MOST_NODES = 4;
  private static final Pattern SHORT = Pattern.compile("Insufficient ([\\w./-]+)");

  /** Free against asked on each node, the freest first. */
  Optional<Reason> of(Json pod, List<Json> allowed, String said) {
    var match = SHORT.matcher(said);
    if (!match.find()) {
      return said.contains("Too many pods") ? Optional.of(full(allowed)) : Optional.empty();
    }
    var resource = match.group(1);
    var pods = everywhere(snapshot, pod.namespace());
    var used =
        pods.stream()
            .filter(other -> !Containers.ended(other))
            .collect(
                Collectors.groupingBy(
                    other -> other.text("spec.nodeName"),
                    Collectors.reducing(
                        BigDecimal.ZERO, other -> requested(other, resource), BigDecimal::add)));
    record Room(Json node, BigDecimal free) {}
    var rooms = new ArrayList<Room>();
    for (var node : allowed) {
      var all = Quantity.of(node.map("status.allocatable").getOrDefault(resource, "0"));
      rooms.add(new Room(node, all.subtract(used.getOrDefault(node.name(), BigDecimal.ZERO))));
    }
    rooms.sort(Comparator.comparing(Room::free).reversed());
    var shown =
        rooms.stream()
            .limit(MOST_NODES)
            .map(
                room ->
                    room.node().name()
                        + " "
                        + Quantity.words(room.free(), resource)
                        + " free of "
                        + room.node().map("status.allocatable").getOrDefault(resource, "0")
                        + (room.node().bool("spec.unschedulable") ? " (cordoned)" : ""))
            .collect(Collectors.joining(", "));
    return Optional.of(
        new Reason(
            "asks "
                + resource
                + " "
                + Quantity.words(requested(pod, resource), resource)
                + "; "
                + shown
                + (rooms.size() > MOST_NODES
                    ? " and " + (rooms.size() - MOST_NODES) + " more"
                    : ""),
            "requests of the pods that run already leave no node with enough " + resource + " free",
            "free or add capacity, or lower requests"));
  }

  private static Reason full(List<Json> allowed) {
    return new Reason(
        allowed.size()
            + " nodes take at most "
            + allowed.stream()
                .map(node -> node.map("status.allocatable").getOrDefault("pods", "?"))
                .distinct()
                .limit(4)
                .collect(Collectors.joining(", "))
            + " pods each",
        "the nodes that it may run on hold as many pods as they may",
        "add nodes");
  }

  static BigDecimal requested(Json pod, String resource) {
    return pod.list("spec.containers").stream()
        .map(one -> Quantity.of(one.map("resources.requests").getOrDefault(resource, "0")))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Pods of all namespaces, which fill the nodes; those of one where that is all one may read. */
  static List<Json> everywhere(Snapshot snapshot, String namespace) {
    var all = snapshot.list(Kind.POD, "");
    return all.isEmpty() ? snapshot.list(Kind.POD, namespace) : all;
  }
}
