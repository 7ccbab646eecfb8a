package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.Endpoints;
import dev.fuse.tool.kubernetes.look.Owners;
import dev.fuse.tool.kubernetes.look.Pods;
import dev.fuse.tool.kubernetes.look.Uses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** What a change reaches beyond the object it is made to, in lines for a person. */
public final class Blast {

  private static final Set<String> WORKLOADS =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");

  private Blast() {}

  static List<String> ofChange(Place place, Kind kind, Json before, Json after) {
    var lines = new ArrayList<String>();
    if (WORKLOADS.contains(kind.name())) {
      noted(lines, () -> workload(place, before, after));
    }
    if (kind.equals(Kind.CONFIG_MAP) || kind.equals(Kind.SECRET)) {
      noted(lines, () -> readers(place, kind, before.name(), "read by "));
    }
    if (kind.equals(Kind.SERVICE)) {
      noted(lines, () -> selector(place, before, after));
    }
    if (kind.equals(Kind.NODE)) {
      noted(lines, () -> node(place, before, after));
    }
    return lines;
  }

  /** What may not be read is said, and does not keep the rest from being told. */
  static void noted(List<String> lines, Supplier<List<String>> part) {
    try {
      lines.addAll(part.get());
    } catch (ToolFailure failure) {
      lines.add("not checked: " + failure.result().problem());
    }
  }

  private static List<String> workload(Place place, Json before, Json after) {
    var lines = new ArrayList<String>();
    var pods = Pods.owned(place, before);
    long had = before.number("spec.replicas", 1);
    long will = after.number("spec.replicas", 1);
    boolean replaced = !Objects.equals(before.value("spec.template"), after.value("spec.template"));
    if (replaced) {
      lines.add("replaces its " + counted(pods.size(), "pod") + ", " + strategy(before));
    }
    if (will < had) {
      lines.add("ends " + (had - will) + " of its " + counted(pods.size(), "pod"));
    }
    if (will == 0 && had > 0) {
      Endpoints.services(place, before)
          .forEach(one -> lines.add("Service " + one.name() + " is left without endpoints"));
    }
    if (will != had) {
      lines.addAll(autoscalers(place, before));
    }
    if ((replaced || will < had) && !pods.isEmpty()) {
      budgets(place, pods.getFirst())
          .forEach(
              budget ->
                  lines.add(
                      "PodDisruptionBudget "
                          + budget.name()
                          + " allows "
                          + budget.number("status.disruptionsAllowed", 0)
                          + " more pods to be missing; this does not wait for it"));
    }
    return lines;
  }

  private static String strategy(Json live) {
    var deployment = live.text("spec.strategy.type");
    var set = live.text("spec.updateStrategy.type");
    if (deployment.equals("Recreate")) {
      return "all at once: nothing serves in between (Recreate)";
    }
    if (set.equals("OnDelete")) {
      return "each only when somebody deletes it (OnDelete)";
    }
    var missing =
        live.text(
            "spec.strategy.rollingUpdate.maxUnavailable",
            live.text("spec.updateStrategy.rollingUpdate.maxUnavailable", "1"));
    return live.kind().equals("ReplicaSet")
        ? "only as they are made anew"
        : "step by step, at most " + missing + " missing";
  }

  private static List<String> autoscalers(Place place, Json live) {
    return place.cluster().items(Kind.AUTOSCALER, place.namespace(), "").stream()
        .filter(
            one ->
                one.text("spec.scaleTargetRef.kind").equals(live.kind())
                    && one.text("spec.scaleTargetRef.name").equals(live.name()))
        .map(
            one ->
                "HorizontalPodAutoscaler "
                    + one.name()
                    + " sets replicas itself, between "
                    + one.text("spec.minReplicas", "1")
                    + " and "
                    + one.text("spec.maxReplicas")
                    + ": it will change them again")
        .toList();
  }

  /** The disruption budgets that a pod counts for. */
  static List<Json> budgets(Place place, Json pod) {
    return place.in(pod.namespace()).cluster().items(Kind.BUDGET, pod.namespace(), "").stream()
        .filter(budget -> Containers.selects(budget.at("spec.selector"), pod.labels()))
        .toList();
  }

  /** Workloads whose pods use a ConfigMap, Secret, claim or service account. */
  static List<String> readers(Place place, Kind kind, String name, String words) {
    var pods =
        place.cluster().items(Kind.POD, place.namespace(), "").stream()
            .filter(pod -> Uses.of(pod).contains(kind.plural() + "/" + name))
            .toList();
    var owners =
        new Owners(place.cluster().items(Kind.REPLICA_SET, place.namespace(), ""), List.of());
    var lines = new ArrayList<String>();
    owners
        .grouped(pods)
        .forEach((owner, of) -> lines.add(words + owner + ", " + counted(of.size(), "pod")));
    return lines;
  }

  private static List<String> selector(Place place, Json before, Json after) {
    var old = before.map("spec.selector");
    var now = after.map("spec.selector");
    if (old.equals(now)) {
      return List.of();
    }
    return List.of(
        "its selector fitted " + fitting(place, old) + ", will fit " + fitting(place, now));
  }

  private static String fitting(Place place, Map<String, String> selector) {
    if (selector.isEmpty()) {
      return "no pod";
    }
    var query = "labelSelector=" + Kind.encode(Containers.labels(selector));
    return counted(place.cluster().items(Kind.POD, place.namespace(), query).size(), "pod");
  }

  private static List<String> node(Place place, Json before, Json after) {
    var lines = new ArrayList<String>();
    if (after.bool("spec.unschedulable") && !before.bool("spec.unschedulable")) {
      lines.add(
          "its " + counted(on(place, before.name()).size(), "pod") + " stay; no new one comes");
    }
    var taints = new ArrayList<>(after.list("spec.taints"));
    taints.removeAll(before.list("spec.taints"));
    for (var taint : taints) {
      if (taint.text("effect").equals("NoExecute")) {
        long gone =
            on(place, before.name()).stream().filter(pod -> !Drain.tolerates(pod, taint)).count();
        lines.add("evicts " + counted(gone, "pod") + " at once, whatever disruption budgets say");
      }
    }
    return lines;
  }

  /** The pods on a node, of all namespaces. */
  static List<Json> on(Place place, String node) {
    var query = "fieldSelector=" + Kind.encode("spec.nodeName=" + node);
    return place.cluster().items(Kind.POD, "", query);
  }

  public static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
