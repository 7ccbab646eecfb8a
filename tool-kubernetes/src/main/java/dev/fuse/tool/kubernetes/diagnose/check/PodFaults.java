package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with pods; alike pods of a workload are one fault. */
public final class PodFaults {

  private static final int MOST_LOGS = 30;

  private final Snapshot snapshot;
  private final Faults faults;
  private final ConfigFaults config;
  private final CrashFaults crashes;
  private final PendingFaults pending;
  private final ProbeFaults probes;
  private final StuckPods stuck;

  public PodFaults(Snapshot snapshot, Faults faults) {
    this.snapshot = snapshot;
    this.faults = faults;
    this.config = new ConfigFaults(snapshot);
    this.crashes = new CrashFaults(snapshot, faults);
    this.pending = new PendingFaults(snapshot, faults);
    this.probes = new ProbeFaults(snapshot, faults);
    this.stuck = new StuckPods(snapshot);
  }

  /** Looks at the pods of each workload. */
  public void examine(Map<String, List<Json>> workloads) {
    workloads.forEach(
        (workload, pods) -> {
          var bySign = new EnumMap<Sign, List<Json>>(Sign.class);
          for (var pod : pods) {
            if (!lost(pod)) {
              Sign.of(pod, snapshot.now())
                  .ifPresent(s -> bySign.computeIfAbsent(s, _ -> new ArrayList<>()).add(pod));
            }
          }
          bySign.forEach((sign, alike) -> one(workload, sign, alike, pods.size()));
        });
  }

  /** Begins to read the logs that will surely be wanted. */
  public void begin(Map<String, List<Json>> workloads) {
    int begun = 0;
    for (var pods : workloads.values()) {
      for (var sign : List.of(Sign.CRASH, Sign.NOT_READY, Sign.FAILED)) {
        var pod =
            pods.stream()
                .filter(one -> !lost(one))
                .filter(one -> Sign.of(one, snapshot.now()).filter(s -> s == sign).isPresent())
                .findFirst();
        if (pod.isPresent() && begun++ < MOST_LOGS) {
          begin(sign, pod.get());
        }
      }
    }
  }

  private void begin(Sign sign, Json pod) {
    if (sign != Sign.NOT_READY) {
      crashes.begin(pod);
      return;
    }
    pod.list("status.containerStatuses").stream()
        .filter(status -> !status.bool("ready"))
        .findFirst()
        .ifPresent(status -> snapshot.beginLog(pod, status.text("name"), false));
  }

  private boolean lost(Json pod) {
    return faults.has("Node " + pod.text("spec.nodeName"));
  }

  private void one(String workload, Sign sign, List<Json> alike, int all) {
    var pod = alike.getFirst();
    var count = alike.size() + " of " + all + (all == 1 ? " pod" : " pods");
    var fault =
        switch (sign) {
          case PULL -> Optional.of(new ImageFaults(snapshot).fault(workload, pod, count));
          case CONFIG, CREATING -> config.fault(workload, pod, count);
          case CRASH -> Optional.of(crashes.fault(workload, pod, count));
          case RESTARTED -> Optional.of(crashes.restarted(workload, pod, count));
          case UNSCHEDULED -> pending.fault(workload, pod, count);
          case NOT_READY -> probes.fault(workload, pod, count);
          case INITIALISING -> Optional.of(stuck.initialising(workload, pod, count));
          case UNSEEN -> Optional.of(stuck.unseen(workload, pod, count));
          case UNSTARTED -> Optional.of(stuck.unstarted(workload, pod, count));
          case TERMINATING -> Optional.of(stuck.terminating(workload, pod, count));
          case REFUSED -> Optional.of(stuck.refused(workload, pod, count));
          case EVICTED -> Optional.of(stuck.evicted(workload, pod, count));
          case FAILED -> failed(workload, pod, count);
        };
    fault
        .map(found -> outdated(pod, found).orElse(found))
        .ifPresent(found -> faults.add(workload, found.pods(alike.size())));
  }

  /**
   * A pod of a StatefulSet whose template was changed since: it is not replaced as long as it is
   * not ready, so correcting the template once more does not help.
   */
  private Optional<Fault> outdated(Json pod, Fault found) {
    var set =
        pod.controller()
            .filter(owner -> owner.text("kind").equals("StatefulSet"))
            .flatMap(owner -> snapshot.find(Kind.STATEFUL_SET, pod.namespace(), owner.text("name")))
            .filter(one -> !one.text("spec.podManagementPolicy").equals("Parallel"))
            .orElse(Json.EMPTY);
    var own = pod.labels().getOrDefault("controller-revision-hash", "");
    var newest = set.text("status.updateRevision");
    if (own.isEmpty() || newest.isEmpty() || own.equals(newest)) {
      return Optional.empty();
    }
    return Optional.of(
        Fault.error(
            found.subject(),
            found.finding().seen()
                + "; "
                + pod.name()
                + " is of revision "
                + own
                + " ("
                + images(pod.at("spec"))
                + "), the StatefulSet asks for "
                + newest
                + " ("
                + images(set.at("spec.template.spec"))
                + ")",
            "the pod is of an earlier revision: with podManagementPolicy OrderedReady the"
                + " controller waits for it to become ready before it replaces it, which does not"
                + " happen",
            "delete pod " + pod.name() + " by hand; the template needs nothing more for that"));
  }

  private static String images(Json spec) {
    return String.join(", ", Containers.of(spec).stream().map(one -> one.text("image")).toList());
  }

  /** Pods of jobs are told with their job. */
  private Optional<Fault> failed(String workload, Json pod, String count) {
    var owner = pod.controller().map(by -> by.text("kind")).orElse("");
    return owner.equals("Job")
        ? Optional.empty()
        : Optional.of(crashes.fault(workload, pod, count));
  }
}
