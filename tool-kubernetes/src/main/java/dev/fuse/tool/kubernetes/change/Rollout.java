package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.GetObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Rollouts of workloads: their state, their revisions, and going back. */
public final class Rollout {

  private static final String REVISION = "deployment.kubernetes.io/revision";

  private Rollout() {}

  public static Action prepare(Access access, Arguments arguments) {
    var on = WorkloadChanges.Target.seen(access, arguments);
    return switch (arguments.string("action")) {
      case "restart" -> WorkloadChanges.restart(on);
      case "undo" ->
          undo(WorkloadChanges.Target.of(access, arguments), arguments.integer("revision", 0));
      case "pause" -> pause(on, true);
      case "resume" -> pause(on, false);
      default ->
          throw ToolFailure.invalid(
              "'" + arguments.string("action") + "' is no action", "restart, undo, pause, resume");
    };
  }

  public static Action status(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var kind = access.kind(place, arguments.string("kind"));
    var name = arguments.string("name");
    return Action.of(
        "rollout of " + kind.name() + " " + name + " in " + place.words(),
        place.reads(kind.name(), name),
        _ -> status(new WorkloadChanges.Target(place, kind, GetObject.object(place, kind, name))));
  }

  private static ToolResult status(WorkloadChanges.Target on) {
    var live = on.live();
    var lines = new ArrayList<String>();
    long wanted = live.number("spec.replicas", live.number("status.desiredNumberScheduled", 0));
    lines.add(
        on.words()
            + ": "
            + live.number("status.updatedReplicas", live.number("status.updatedNumberScheduled", 0))
            + " of "
            + wanted
            + " updated, "
            + live.number("status.readyReplicas", live.number("status.numberReady", 0))
            + " ready"
            + (live.number("status.observedGeneration", 0) < live.number("metadata.generation", 0)
                ? " (the controller has not seen the last change yet)"
                : ""));
    live.condition("Progressing")
        .ifPresent(one -> lines.add(one.text("reason") + ": " + one.text("message")));
    for (var set : revisions(on)) {
      lines.add(
          "revision "
              + revision(set)
              + ": "
              + set.list("spec.template.spec.containers").stream()
                  .map(container -> container.text("image"))
                  .toList()
              + " "
              + set.number("status.readyReplicas", 0)
              + "/"
              + set.number("status.replicas", 0)
              + " ready, made "
              + set.text("metadata.creationTimestamp"));
    }
    return ToolResult.ok(String.join("\n", lines));
  }

  private static Action pause(WorkloadChanges.Target on, boolean paused) {
    if (!on.kind().equals(Kind.DEPLOYMENT)) {
      throw ToolFailure.invalid(
          on.words() + " cannot be paused", "only the rollout of a Deployment can");
    }
    return on.change(
            Change.MERGE,
            Map.of("spec", Map.of("paused", paused)),
            (paused ? "pause" : "resume") + " the rollout of " + on.words(),
            on.undo(
                "k8s_rollout",
                paused ? "resume it" : "pause it",
                "action",
                paused ? "resume" : "pause"))
        .action();
  }

  private static Action undo(WorkloadChanges.Target on, int wanted) {
    var all = revisions(on);
    var now = on.live().annotations().getOrDefault(REVISION, "0");
    var set =
        all.stream()
            .filter(one -> wanted == 0 ? !isNow(one, now) : revision(one) == wanted)
            .findFirst()
            .orElseThrow(
                () ->
                    ToolFailure.notFound(
                        on.words()
                            + " has no "
                            + (wanted == 0 ? "earlier revision" : "revision " + wanted),
                        "revisions: " + all.stream().map(Rollout::revision).toList()));
    var template = new java.util.LinkedHashMap<>(set.at("spec.template").fields());
    var metadata = new java.util.LinkedHashMap<>(set.at("spec.template.metadata").fields());
    var labels = new java.util.LinkedHashMap<>(Json.of(metadata.get("labels")).fields());
    labels.remove("pod-template-hash");
    metadata.put("labels", labels);
    template.put("metadata", metadata);
    var patch = List.of(Map.of("op", "replace", "path", "/spec/template", "value", template));
    return on.change(
            Change.JSON_PATCH,
            patch,
            "roll " + on.words() + " back from revision " + now + " to " + revision(set),
            on.undo(
                "k8s_rollout",
                "back to revision " + now,
                "action",
                "undo",
                "revision",
                Long.valueOf(now)))
        .action();
  }

  private static boolean isNow(Json set, String now) {
    return String.valueOf(revision(set)).equals(now);
  }

  /** The ReplicaSets of a Deployment, the newest first. */
  private static List<Json> revisions(WorkloadChanges.Target on) {
    return on.kind().equals(Kind.DEPLOYMENT) ? revisions(on.place(), on.live()) : List.of();
  }

  static List<Json> revisions(Place place, Json deployment) {
    return place.cluster().items(Kind.REPLICA_SET, place.namespace(), "").stream()
        .filter(
            set -> set.controller().filter(o -> o.text("uid").equals(deployment.uid())).isPresent())
        .sorted(Comparator.comparingLong(Rollout::revision).reversed())
        .toList();
  }

  private static long revision(Json set) {
    return Long.parseLong(set.annotations().getOrDefault(REVISION, "0"));
  }
}
