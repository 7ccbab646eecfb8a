package dev.fuse.tool.kubernetes.look;

import dev.fuse.tool.kubernetes.api.Json;

/**
 * A pod's state in the words of kubectl's STATUS column.
 *
 * @param status such as {@code CrashLoopBackOff}
 */
public record PodState(
    String name, String status, int ready, int containers, long restarts, String node) {

  public static PodState of(Json pod) {
    var statuses = pod.list("status.containerStatuses");
    int ready = (int) statuses.stream().filter(status -> status.bool("ready")).count();
    return new PodState(
        pod.name(),
        status(pod),
        ready,
        pod.list("spec.containers").size(),
        Containers.restarts(pod),
        pod.text("spec.nodeName"));
  }

  public static String status(Json pod) {
    if (pod.has("metadata.deletionTimestamp")) {
      return "Terminating";
    }
    for (var status : pod.list("status.initContainerStatuses")) {
      var waiting = status.text("state.waiting.reason");
      if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
        return "Init:" + waiting;
      }
      if (status.number("state.terminated.exitCode", 0) != 0) {
        return "Init:" + status.text("state.terminated.reason", "Error");
      }
    }
    for (var status : pod.list("status.containerStatuses")) {
      var reason =
          status.find("state.waiting.reason").or(() -> status.find("state.terminated.reason"));
      if (reason.isPresent()) {
        return reason.get();
      }
    }
    return pod.text("status.reason", pod.text("status.phase", "Unknown"));
  }

  String line() {
    return name
        + " "
        + ready
        + "/"
        + containers
        + " "
        + status
        + (restarts > 0 ? " restarts " + restarts : "")
        + (node.isEmpty() ? " (no node)" : " on " + node);
  }
}
