package dev.fuse.tool.kubernetes.look;

import dev.fuse.tool.kubernetes.api.Json;

/** How far the rollout of a workload is, judged as {@code kubectl rollout status} does. */
final class RolloutState {

  private RolloutState() {}

  static Goal.State of(Json workload) {
    boolean daemon = workload.kind().equals("DaemonSet");
    long wanted =
        daemon
            ? workload.number("status.desiredNumberScheduled", 0)
            : workload.number("spec.replicas", 1);
    long updated =
        workload.number(daemon ? "status.updatedNumberScheduled" : "status.updatedReplicas", 0);
    long available =
        workload.number(daemon ? "status.numberAvailable" : "status.availableReplicas", 0);
    long all = daemon ? updated : workload.number("status.replicas", 0);
    boolean seen =
        workload.number("status.observedGeneration", 0)
            >= workload.number("metadata.generation", 0);
    var failed =
        workload
            .condition("Progressing")
            .filter(one -> one.text("reason").equals("ProgressDeadlineExceeded"));
    var text =
        workload.ref()
            + ": "
            + updated
            + " of "
            + wanted
            + " updated, "
            + available
            + " available"
            + (all > updated ? ", " + (all - updated) + " old ones left" : "")
            + (workload.bool("spec.paused") ? ", paused" : "")
            + failed.map(one -> "; " + one.text("message")).orElse("");
    boolean met = seen && updated >= wanted && all <= updated && available >= updated;
    return new Goal.State(met, seen && failed.isPresent() && !met, text);
  }
}
