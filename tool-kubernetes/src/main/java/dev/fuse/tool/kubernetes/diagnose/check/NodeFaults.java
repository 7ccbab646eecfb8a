package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.Owners;
import java.util.List;
import java.util.stream.Collectors;

/** Nodes that do not report or are short of something, and the pods that stand on them. */
public record NodeFaults(Snapshot snapshot, Faults faults) {

  private static final List<String> PRESSURES =
      List.of("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");

  public void examine(Owners owners) {
    var pods =
        snapshot.list(Kind.POD).stream()
            .filter(pod -> !Containers.ended(pod))
            .collect(Collectors.groupingBy(pod -> pod.text("spec.nodeName")));
    for (var node : snapshot.list(Kind.NODE)) {
      var on = pods.getOrDefault(node.name(), List.of());
      if (!on.isEmpty() || snapshot.wholeCluster()) {
        one(node, on, owners);
      }
    }
  }

  private void one(Json node, List<Json> on, Owners owners) {
    var ready = node.condition("Ready").orElse(Json.EMPTY);
    if (!ready.text("status").equals("True")) {
      var fault =
          Fault.error(
              "Node " + node.name(),
              "NotReady since "
                  + ready.text("lastTransitionTime")
                  + ": "
                  + ready.text("reason")
                  + " \""
                  + ready.text("message")
                  + "\"",
              "the node's kubelet does not report: the machine, its network or the kubelet is down",
              "look at the machine; its pods move only once they are evicted or deleted");
      on.forEach(pod -> fault.hence(owners.of(pod) + ": pod " + pod.name() + " stands on it"));
      faults.add(fault);
      return;
    }
    if (node.bool("spec.unschedulable") && snapshot.wholeCluster()) {
      faults.add(
          node.ref() + " cordon",
          Fault.info(
              "Node " + node.name(),
              "cordoned (spec.unschedulable), with " + on.size() + " pods: takes no new ones"));
    }
    for (var pressure : PRESSURES) {
      node.condition(pressure)
          .filter(condition -> condition.text("status").equals("True"))
          .ifPresent(
              condition ->
                  faults.add(
                      Fault.warning(
                          "Node " + node.name(),
                          pressure + ": \"" + condition.text("message") + "\"",
                          "the node runs short and may evict pods",
                          "free it, or move pods away")));
    }
  }
}
