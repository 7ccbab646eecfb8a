package dev.fuse.tool.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with pods; alike pods of a workload are one fault. */
final class PodFaults {

  private static final List<String> PULL =
      List.of("ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull");
  private static final List<String> CONFIG =
      List.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  private final Snapshot snapshot;
  private final Faults faults;
  private final ConfigFaults config;
  private final CrashFaults crashes;
  private final PendingFaults pending;
  private final ProbeFaults probes;

  PodFaults(Snapshot snapshot, Faults faults) {
    this.snapshot = snapshot;
    this.faults = faults;
    this.config = new ConfigFaults(snapshot);
    this.crashes = new CrashFaults(snapshot);
    this.pending = new PendingFaults(snapshot, faults);
    this.probes = new ProbeFaults(snapshot);
  }

  /** Looks at the pods of each workload. */
  void examine(Map<String, List<Json>> workloads) {
    beginLogs(workloads);
    workloads.forEach(
        (workload, pods) -> {
          var bySign = new LinkedHashMap<String, List<Json>>();
          for (var pod : pods) {
            if (!lost(pod)) {
              sign(pod).ifPresent(s -> bySign.computeIfAbsent(s, _ -> new ArrayList<>()).add(pod));
            }
          }
          bySign.forEach((sign, alike) -> one(workload, sign, alike, pods.size()));
        });
  }

  /** The worst state that a pod is in, or empty where it is well. */
  static Optional<String> sign(Json pod) {
    if (pod.text("status.phase").equals("Succeeded")) {
      return Optional.empty();
    }
    if (pod.text("status.reason").equals("Evicted")) {
      return Optional.of("Evicted");
    }
    if (pod.text("status.phase").equals("Failed")) {
      return Optional.of("Failed");
    }
    if (pod.condition("PodScheduled").filter(c -> c.text("status").equals("False")).isPresent()) {
      return Optional.of("Unscheduled");
    }
    for (var status : Containers.statuses(pod)) {
      var found = sign(status.text("state.waiting.reason"), status);
      if (found.isPresent()) {
        return found;
      }
    }
    var running = pod.text("status.phase").equals("Running");
    return running && !Containers.ready(pod) && !pod.has("metadata.deletionTimestamp")
        ? Optional.of("NotReady")
        : Optional.empty();
  }

  private static Optional<String> sign(String waiting, Json status) {
    if (PULL.contains(waiting)) {
      return Optional.of("Pull");
    }
    if (CONFIG.contains(waiting)) {
      return Optional.of("Config");
    }
    if (waiting.equals("ContainerCreating")) {
      return Optional.of("Creating");
    }
    if (waiting.equals("CrashLoopBackOff") || failed(status) || lastOom(status)) {
      return Optional.of("Crash");
    }
    return Optional.empty();
  }

  private static boolean failed(Json status) {
    return status.number("state.terminated.exitCode", 0) != 0;
  }

  private static boolean lastOom(Json status) {
    return status.text("lastState.terminated.reason").equals("OOMKilled");
  }

  private void beginLogs(Map<String, List<Json>> workloads) {
    int begun = 0;
    for (var pods : workloads.values()) {
      var crashed =
          pods.stream().filter(p -> sign(p).filter("Crash"::equals).isPresent()).findFirst();
      if (crashed.isPresent() && begun++ < 30) {
        crashes.begin(crashed.get());
      }
    }
  }

  private boolean lost(Json pod) {
    return faults.has("Node " + pod.text("spec.nodeName"));
  }

  private void one(String workload, String sign, List<Json> alike, int all) {
    var pod = alike.getFirst();
    var count = alike.size() + " of " + all + (all == 1 ? " pod" : " pods");
    var fault =
        switch (sign) {
          case "Pull" -> Optional.of(new ImageFaults(snapshot).fault(workload, pod, count));
          case "Config", "Creating" -> config.fault(workload, pod, count);
          case "Crash" -> Optional.of(crashes.fault(workload, pod, count));
          case "Unscheduled" -> pending.fault(workload, pod, count);
          case "NotReady" -> probes.fault(workload, pod, count);
          case "Evicted" -> Optional.of(evicted(workload, pod, count));
          case "Failed" -> failed(workload, pod, count);
          default -> Optional.<Fault>empty();
        };
    fault.ifPresent(found -> faults.add(workload, found));
  }

  private static Fault evicted(String workload, Json pod, String count) {
    return Fault.warning(
        workload,
        count + " evicted: \"" + pod.text("status.message") + "\"",
        "the node ran short of what the message names",
        "set requests near what it uses; delete the evicted pods once they are looked at");
  }

  /** Pods of jobs are told with their job. */
  private Optional<Fault> failed(String workload, Json pod, String count) {
    var owner = pod.controller().map(by -> by.text("kind")).orElse("");
    return owner.equals("Job")
        ? Optional.empty()
        : Optional.of(crashes.fault(workload, pod, count));
  }
}
