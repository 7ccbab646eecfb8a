package dev.fuse.tool.kubernetes.diagnose.seen;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.look.Containers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** The worst state that a pod is in. */
public enum Sign {
  EVICTED,
  /** The kubelet did not take it: it did not fit, or its security settings are not allowed. */
  REFUSED,
  FAILED,
  /** It is deleted, and longer so than its grace period. */
  TERMINATING,
  /** The scheduler says why it finds no node. */
  UNSCHEDULED,
  /** No scheduler has looked at it. */
  UNSEEN,
  /** It has a node whose kubelet has not begun with it. */
  UNSTARTED,
  PULL,
  CONFIG,
  CREATING,
  CRASH,
  /** It runs, and its last run ended badly a short time ago. */
  RESTARTED,
  /** An init container runs for long, and the others wait for it. */
  INITIALISING,
  NOT_READY;

  /** As long as a start may take before it counts as stuck. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LONG_INIT = Duration.ofMinutes(2);
  private static final Duration RECENT = Duration.ofHours(1);
  private static final List<String> PULLS =
      List.of(
          "ImagePullBackOff",
          "ErrImagePull",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");
  private static final List<String> CONFIGS =
      List.of("CreateContainerConfigError", "CreateContainerError", "PreCreateHookError");

  /** The worst one, or empty where the pod is well or has done its work. */
  public static Optional<Sign> of(Json pod, Instant now) {
    var phase = pod.text("status.phase");
    if (phase.equals("Succeeded")) {
      return Optional.empty();
    }
    if (phase.equals("Failed")) {
      return Optional.of(ended(pod));
    }
    if (pod.has("metadata.deletionTimestamp")) {
      return overdue(pod, now) ? Optional.of(TERMINATING) : Optional.empty();
    }
    if (pod.condition("PodScheduled").filter(c -> c.text("status").equals("False")).isPresent()) {
      return Optional.of(UNSCHEDULED);
    }
    if (pod.text("spec.nodeName").isEmpty()) {
      return old(pod.text("metadata.creationTimestamp"), PATIENCE.dividedBy(2), now)
          ? Optional.of(UNSEEN)
          : Optional.empty();
    }
    return onNode(pod, now);
  }

  private static Sign ended(Json pod) {
    if (pod.text("status.reason").equals("Evicted")) {
      return EVICTED;
    }
    boolean ran =
        Containers.statuses(pod).stream()
            .anyMatch(one -> one.has("state.terminated") || one.has("lastState.terminated"));
    return !ran && pod.has("status.reason") ? REFUSED : FAILED;
  }

  private static boolean overdue(Json pod, Instant now) {
    return old(pod.text("metadata.deletionTimestamp"), PATIENCE, now);
  }

  private static Optional<Sign> onNode(Json pod, Instant now) {
    var statuses = Containers.statuses(pod);
    if (statuses.isEmpty()) {
      return pod.text("status.phase").equals("Pending")
              && old(pod.text("metadata.creationTimestamp"), PATIENCE, now)
          ? Optional.of(UNSTARTED)
          : Optional.empty();
    }
    for (var status : statuses) {
      var found = of(status);
      if (found.isPresent()) {
        return found;
      }
    }
    if (initialising(pod, now)) {
      return Optional.of(INITIALISING);
    }
    if (statuses.stream().anyMatch(status -> restarted(status, now))) {
      return Optional.of(RESTARTED);
    }
    return pod.text("status.phase").equals("Running") && !Containers.ready(pod)
        ? Optional.of(NOT_READY)
        : Optional.empty();
  }

  private static Optional<Sign> of(Json status) {
    var waiting = status.text("state.waiting.reason");
    if (PULLS.contains(waiting)) {
      return Optional.of(PULL);
    }
    if (CONFIGS.contains(waiting)) {
      return Optional.of(CONFIG);
    }
    if (waiting.equals("ContainerCreating")) {
      return Optional.of(CREATING);
    }
    boolean crashed =
        waiting.equals("CrashLoopBackOff")
            || waiting.equals("RunContainerError")
            || status.number("state.terminated.exitCode", 0) != 0
            || status.text("lastState.terminated.reason").equals("OOMKilled");
    return crashed ? Optional.of(CRASH) : Optional.empty();
  }

  private static boolean restarted(Json status, Instant now) {
    return status.number("restartCount", 0) >= 2
        && status.number("lastState.terminated.exitCode", 0) != 0
        && !old(status.text("lastState.terminated.finishedAt"), RECENT, now);
  }

  private static boolean initialising(Json pod, Instant now) {
    return pod.text("status.phase").equals("Pending")
        && pod.list("status.initContainerStatuses").stream()
            .filter(status -> !Containers.sidecar(pod, status.text("name")))
            .anyMatch(status -> old(status.text("state.running.startedAt"), LONG_INIT, now));
  }

  /** Whether that time is longer ago; not where it is unknown. */
  public static boolean old(String time, Duration age, Instant now) {
    if (time.isEmpty()) {
      return false;
    }
    try {
      return Instant.parse(time).isBefore(now.minus(age));
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
