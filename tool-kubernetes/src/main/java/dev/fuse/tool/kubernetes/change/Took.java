package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.Endpoints;
import dev.fuse.tool.kubernetes.look.GetObject;
import dev.fuse.tool.kubernetes.look.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks for a bounded time whether a change took: the rollout is through, endpoints are there. */
public final class Took {

  /** How long is looked; what takes longer is said to be on its way. */
  static final Duration LONGEST = Duration.ofSeconds(20);

  private static final long EVERY_MS = 400;
  private static final Set<String> ROLLED =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");
  private static final Set<String> STUCK =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "CrashLoopBackOff",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  private Took() {}

  /** What was seen, in one or a few lines; empty for a kind that has nothing to wait for. */
  static String look(Place place, Kind kind, Json changed, Call call) {
    if (!ROLLED.contains(kind.name()) || changed.bool("spec.paused")) {
      return changed.bool("spec.paused") ? "its rollout is paused: no pod is replaced" : "";
    }
    var start = Instant.now();
    var end = start.plus(LONGEST);
    try {
      while (true) {
        var now = GetObject.object(place, kind, changed.name());
        var state = state(now);
        if (settled(now)) {
          return state + Endpoints.of(place, now);
        }
        call.progress(state);
        var stuck = stuck(place, now);
        if (stuck.isPresent() || Instant.now().isAfter(end)) {
          return state
              + stuck.map(why -> "\nit does not take: " + why).orElse(still(start))
              + Endpoints.of(place, now);
        }
        if (ended(call)) {
          return state + "; looking was ended before it was through";
        }
      }
    } catch (ToolFailure failure) {
      return "whether it took was not seen: " + failure.result().problem();
    }
  }

  /** Waits for that long or until the call is cancelled. */
  public static boolean ended(Call call) {
    var over = new CountDownLatch(1);
    call.onCancel(over::countDown);
    try {
      return over.await(EVERY_MS, TimeUnit.MILLISECONDS)
          || Instant.now().plusSeconds(2).isAfter(call.deadline());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static String still(Instant start) {
    var seconds = Duration.between(start, Instant.now()).toSeconds();
    return "\nnot through after " + seconds + " s: k8s_rollout_status tells how it goes on";
  }

  private static String state(Json live) {
    long all = all(live);
    return updated(live)
        + " of "
        + wanted(live)
        + " pods updated, "
        + ready(live)
        + " ready"
        + (all == wanted(live) ? "" : ", " + all + " there with the old ones");
  }

  /**
   * The controller has seen the change, every pod is of the new kind and ready, no other is left.
   */
  static boolean settled(Json live) {
    boolean seen =
        live.number("status.observedGeneration", 0) >= live.number("metadata.generation", 0);
    return seen
        && updated(live) == wanted(live)
        && ready(live) == wanted(live)
        && all(live) == wanted(live);
  }

  private static long all(Json live) {
    return live.number("status.replicas", live.number("status.currentNumberScheduled", 0));
  }

  private static long wanted(Json live) {
    return live.kind().equals("DaemonSet")
        ? live.number("status.desiredNumberScheduled", 0)
        : live.number("spec.replicas", 1);
  }

  private static long updated(Json live) {
    return switch (live.kind()) {
      case "DaemonSet" -> live.number("status.updatedNumberScheduled", 0);
      case "ReplicaSet" -> live.number("status.replicas", 0);
      default -> live.number("status.updatedReplicas", 0);
    };
  }

  private static long ready(Json live) {
    return live.number("status.readyReplicas", live.number("status.numberReady", 0));
  }

  /**
   * A new pod that cannot start, or none that can be made; waiting longer would show nothing else.
   */
  private static Optional<String> stuck(Place place, Json live) {
    var failure = live.condition("ReplicaFailure").filter(c -> c.text("status").equals("True"));
    if (failure.isPresent()) {
      return failure.map(condition -> condition.text("message"));
    }
    var reasons = new ArrayList<String>();
    for (var pod : newest(place, live)) {
      for (var status : Containers.statuses(pod)) {
        var reason = status.text("state.waiting.reason");
        if (STUCK.contains(reason)) {
          reasons.add(
              "pod "
                  + pod.name()
                  + ", container "
                  + status.text("name")
                  + ": "
                  + reason
                  + status.find("state.waiting.message").map(text -> ": " + text).orElse(""));
        }
      }
    }
    return reasons.stream().findFirst();
  }

  /** Pods of the newest template; those that are on their way out say nothing of the change. */
  private static List<Json> newest(Place place, Json live) {
    var newest =
        live.kind().equals("Deployment")
            ? Rollout.revisions(place, live).stream().findFirst().map(Took::hash)
            : live.find("status.updateRevision").map(name -> name.replaceFirst(".*-", ""));
    return Pods.owned(place, live).stream()
        .filter(pod -> newest.isEmpty() || hash(pod).endsWith(newest.get()))
        .toList();
  }

  private static String hash(Json pod) {
    var labels = pod.labels();
    return labels.getOrDefault(
        "pod-template-hash", labels.getOrDefault("controller-revision-hash", ""));
  }
}
