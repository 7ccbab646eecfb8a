package dev.fuse.tool.kubernetes.change;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a drain would do to each pod of a node.
 *
 * @param evicted pods that go
 * @param staying pods that stay, with the reason
 * @param refused why it is not done at all
 * @param blocked disruption budgets that allow less than what would go
 */
record DrainPlan(
    List<Json> evicted,
    List<String> staying,
    List<String> refused,
    List<String> blocked,
    boolean losesData) {

  DrainPlan {
    evicted = List.copyOf(evicted);
    staying = List.copyOf(staying);
    refused = List.copyOf(refused);
    blocked = List.copyOf(blocked);
  }

  static DrainPlan of(Place place, Json node, boolean localData, boolean unmanaged) {
    var evicted = new ArrayList<Json>();
    var staying = new ArrayList<String>();
    var refused = new ArrayList<String>();
    boolean loses = false;
    for (var pod : Blast.on(place, node.name())) {
      var owner = pod.controller().map(one -> one.text("kind")).orElse("");
      if (pod.annotations().containsKey("kubernetes.io/config.mirror")) {
        staying.add(pod.namespace() + "/" + pod.name() + ": static, the node's own");
        continue;
      }
      if (owner.equals("DaemonSet")) {
        staying.add(pod.namespace() + "/" + pod.name() + ": of a DaemonSet, it would come back");
        continue;
      }
      boolean ended = Containers.ended(pod);
      boolean local = !ended && pod.list("spec.volumes").stream().anyMatch(v -> v.has("emptyDir"));
      boolean lone = !ended && owner.isEmpty();
      loses |= local || lone;
      if (local && !localData) {
        refused.add(pod.namespace() + "/" + pod.name() + " has data in an emptyDir");
      }
      if (lone && !unmanaged) {
        refused.add(
            pod.namespace() + "/" + pod.name() + " has no controller: nothing makes it again");
      }
      evicted.add(pod);
    }
    return new DrainPlan(evicted, staying, refused, blocked(place, evicted), loses);
  }

  /** Budgets are asked for once per namespace. */
  private static List<String> blocked(Place place, List<Json> pods) {
    var lines = new ArrayList<String>();
    var spaces = new LinkedHashMap<String, List<Json>>();
    pods.forEach(pod -> spaces.computeIfAbsent(pod.namespace(), _ -> new ArrayList<>()).add(pod));
    for (var space : spaces.entrySet()) {
      Blast.noted(
          lines,
          () ->
              place.cluster().items(Kind.BUDGET, space.getKey(), "").stream()
                  .map(budget -> blocks(budget, space.getValue()))
                  .filter(line -> !line.isEmpty())
                  .toList());
    }
    return lines;
  }

  private static String blocks(Json budget, List<Json> pods) {
    var covered =
        pods.stream()
            .filter(Containers::ready)
            .filter(pod -> Containers.selects(budget.at("spec.selector"), pod.labels()))
            .map(Json::name)
            .toList();
    long allowed = budget.number("status.disruptionsAllowed", 0);
    if (covered.size() <= allowed) {
      return "";
    }
    return "PodDisruptionBudget "
        + budget.namespace()
        + "/"
        + budget.name()
        + " allows "
        + allowed
        + " of "
        + Blast.counted(covered.size(), "eviction")
        + " now ("
        + budget.number("status.currentHealthy", 0)
        + " healthy, "
        + budget.number("status.desiredHealthy", 0)
        + " wanted): "
        + String.join(", ", covered);
  }

  Set<String> namespaces() {
    var names = new TreeSet<String>();
    evicted.forEach(pod -> names.add(pod.namespace()));
    return names;
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    blocked.forEach(line -> lines.add("# blocks: " + line));
    lines.add("evicted: " + Blast.counted(evicted.size(), "pod"));
    Map<String, Integer> owners = new LinkedHashMap<>();
    for (var pod : evicted) {
      var owner = pod.controller();
      var words =
          owner
              .map(one -> one.text("kind") + " " + one.text("name"))
              .orElse("no controller: it does not come back");
      owners.merge(pod.namespace() + ": " + words, 1, Integer::sum);
    }
    owners.forEach((owner, count) -> lines.add("  " + owner + (count > 1 ? " ×" + count : "")));
    staying.forEach(line -> lines.add("stays: " + line));
    return lines;
  }
}
