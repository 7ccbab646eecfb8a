package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.NodeChoice;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stateful and daemon sets that do not come to their newest revision, and selectors that clash. */
record RolloutFaults(Snapshot snapshot, Faults faults) {

  void examine() {
    snapshot.list(Kind.STATEFUL_SET).forEach(this::stateful);
    snapshot.list(Kind.DAEMON_SET).forEach(this::daemon);
    clashes();
  }

  private void stateful(Json set) {
    headless(set);
    ordinal(set);
    var partition = set.number("spec.updateStrategy.rollingUpdate.partition", 0);
    var replicas = set.number("spec.replicas", 1);
    var now = set.text("status.currentRevision");
    var wanted = set.text("status.updateRevision");
    if (!now.isEmpty() && !now.equals(wanted) && !faults.has(set.ref())) {
      var held =
          set.text("spec.updateStrategy.type").equals("OnDelete")
              ? "updateStrategy OnDelete"
              : "partition " + partition;
      if (partition > 0 || held.endsWith("OnDelete")) {
        faults.add(
            Fault.info(
                set.ref(),
                held
                    + " of "
                    + replicas
                    + " replicas: "
                    + set.number("status.updatedReplicas", 0)
                    + " pods have the newest revision; the others keep the one before on purpose"));
      }
    }
  }

  /** With the policy OrderedReady a pod that is not ready holds up those after it. */
  private void ordinal(Json set) {
    long wanted = set.number("spec.replicas", 1);
    long there = set.number("status.replicas", 0);
    boolean ordered = !set.text("spec.podManagementPolicy").equals("Parallel");
    var fault = faults.find(set.ref());
    if (!ordered || fault.isEmpty()) {
      return;
    }
    if (there < wanted) {
      fault
          .get()
          .hence(
              "podManagementPolicy OrderedReady: "
                  + (wanted - there)
                  + " later pods are not made before this one is ready");
    }
    var broken =
        snapshot.list(Kind.POD, set.namespace()).stream()
            .filter(
                pod -> pod.controller().filter(o -> o.text("uid").equals(set.uid())).isPresent())
            .filter(pod -> Sign.of(pod, snapshot.now()).isPresent())
            .filter(
                pod ->
                    !set.text("status.updateRevision")
                        .equals(pod.labels().getOrDefault("controller-revision-hash", "")))
            .map(Json::name)
            .toList();
    if (!broken.isEmpty()) {
      fault
          .get()
          .hence(
              "newer revision "
                  + set.text("status.updateRevision")
                  + " does not reach broken pods "
                  + broken
                  + " by itself: delete them");
    }
  }

  private void headless(Json set) {
    var name = set.text("spec.serviceName");
    var services = snapshot.list(Kind.SERVICE, set.namespace());
    var there = services.stream().map(Json::name).toList();
    if (name.isEmpty() || there.contains(name)) {
      return;
    }
    var fault =
        Fault.warning(
            set.ref(),
            "serviceName '" + name + "' names no Service; there: " + Words.joined(there),
            "without its headless Service the pods have no DNS names of their own"
                + Words.nearest(name, there).map(o -> "; '" + o + "' is there").orElse(""),
            "create a Service '" + name + "' with clusterIP None");
    faults.add(set.ref() + " serviceName", fault);
  }

  private void daemon(Json set) {
    var selector = set.map("spec.template.spec.nodeSelector");
    var nodes = snapshot.list(Kind.NODE);
    if (set.number("status.desiredNumberScheduled", 0) == 0 && !nodes.isEmpty()) {
      var template = Json.of(Map.of("spec", set.at("spec.template.spec").fields()));
      var meant = nodes.stream().filter(node -> NodeChoice.allows(template, node)).toList();
      var taint =
          meant.stream().flatMap(n -> NodeChoice.untolerated(template, n).stream()).findFirst();
      if (taint.isPresent()) {
        faults.add(
            Fault.warning(
                set.ref(),
                "wants no pod on "
                    + Words.joined(meant.stream().map(Json::name).toList())
                    + ", the only nodes that it selects: taint "
                    + NodeChoice.words(taint.get())
                    + " is not tolerated",
                "it does not tolerate the taint of the nodes it is for",
                "add the toleration to the DaemonSet"));
        return;
      }
      var labels =
          selector.keySet().stream()
              .map(
                  key ->
                      key
                          + ": "
                          + nodes.stream()
                              .map(node -> node.labels().getOrDefault(key, "(not set)"))
                              .distinct()
                              .limit(8)
                              .collect(Collectors.joining(", ")))
              .collect(Collectors.joining("; "));
      faults.add(
          Fault.warning(
              set.ref(),
              "wants no pod on any of "
                  + nodes.size()
                  + " nodes; nodeSelector "
                  + (selector.isEmpty() ? "none" : Containers.labels(selector))
                  + (labels.isEmpty() ? "" : "; nodes have " + labels),
              selector.isEmpty()
                  ? "its affinity or the nodes' taints allow no node"
                  : "no node has the labels that it asks for",
              "correct the nodeSelector, or label the nodes"));
      return;
    }
    long ready = set.number("status.numberReady", 0);
    long desired = set.number("status.desiredNumberScheduled", 0);
    boolean settled =
        Sign.old(
            set.text("metadata.creationTimestamp"),
            java.time.Duration.ofMinutes(2),
            snapshot.now());
    if (ready < desired && settled && !faults.has(set.ref())) {
      faults.add(
          Fault.warning(
              set.ref(), ready + " of " + desired + " pods ready", "", "k8s_describe it"));
    }
  }

  /**
   * Two controllers whose selectors both meet a pod template count and delete each other's pods.
   */
  private void clashes() {
    Map<String, List<Json>> byNamespace =
        List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET).stream()
            .flatMap(kind -> snapshot.list(kind).stream())
            .collect(Collectors.groupingBy(Json::namespace));
    byNamespace.values().forEach(this::clash);
  }

  private void clash(List<Json> controllers) {
    for (int i = 0; i < controllers.size(); i++) {
      var one = controllers.get(i);
      other(one, controllers.subList(i + 1, controllers.size()))
          .ifPresent(
              other ->
                  faults.add(
                      one.ref() + " selector",
                      Fault.warning(
                          one.ref(),
                          "selector "
                              + Containers.query(one.at("spec.selector"))
                              + ", and "
                              + other.ref()
                              + " has pods labelled "
                              + Containers.labels(other.map("spec.template.metadata.labels"))
                              + ", selector "
                              + Containers.query(other.at("spec.selector")),
                          "both select the same pods, so Services and budgets of one meet pods of"
                              + " the other",
                          "give each selectors and labels of its own (a selector cannot be changed:"
                              + " make it anew)")));
    }
  }

  private static Optional<Json> other(Json one, List<Json> others) {
    return others.stream()
        .filter(
            other ->
                Containers.selects(
                        one.at("spec.selector"), other.map("spec.template.metadata.labels"))
                    && Containers.selects(
                        other.at("spec.selector"), one.map("spec.template.metadata.labels")))
        .findFirst();
  }
}
