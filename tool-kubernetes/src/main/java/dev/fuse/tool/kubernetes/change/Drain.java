package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Empties a node: cordons it and evicts its pods, which the server refuses where a disruption
 * budget would be broken.
 */
public final class Drain {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Drain() {}

  /** What a drain is asked for. */
  private record Wanted(Place place, Json node, DrainPlan plan, Duration time) {}

  public static Action prepare(Access access, Arguments arguments) {
    var on = Nodes.node(access, arguments);
    var place = on.place();
    Permission.check(place, Kind.NODE, "patch", on.live().name(), "");
    var plan =
        DrainPlan.of(
            place,
            on.live(),
            arguments.bool("delete_local_data", false),
            arguments.bool("unmanaged", false));
    if (!plan.refused().isEmpty()) {
      throw ToolFailure.invalid(
          "node '" + on.live().name() + "' is not drained:\n" + String.join("\n", plan.refused()),
          "nothing was done; with the person's word: delete_local_data=true gives up emptyDir data,"
              + " unmanaged=true deletes pods that nothing makes again");
    }
    for (var namespace : plan.namespaces()) {
      Permission.check(place.in(namespace), Kind.POD, "create", "", "eviction");
    }
    var time = Duration.ofSeconds(arguments.integer("seconds", 60));
    var wanted = new Wanted(place, on.live(), plan, time.compareTo(LONGEST) > 0 ? LONGEST : time);
    return Action.of(
            "drain node "
                + on.live().name()
                + ", evicting "
                + Blast.counted(plan.evicted().size(), "pod")
                + " in "
                + place.words(Kind.NODE),
            effects(wanted),
            call -> run(wanted, call))
        .at(Version.of(on.live(), Kind.NODE))
        .within(wanted.time().plusSeconds(30))
        .showing(() -> preview(wanted));
  }

  private static List<Effect> effects(Wanted wanted) {
    var place = wanted.place();
    var effects = new ArrayList<Effect>();
    var risk = wanted.plan().losesData() ? Risk.CRITICAL : Risk.HIGH;
    effects.add(Effect.remote(Verb.UPDATE, place.target(Kind.NODE, wanted.node().name()), risk));
    for (var namespace : wanted.plan().namespaces()) {
      effects.add(
          Effect.remote(
              Verb.DELETE, place.in(namespace).target("Pod", "on " + wanted.node().name()), risk));
    }
    return effects;
  }

  private static Preview preview(Wanted wanted) {
    return Preview.text(
        "drain node " + wanted.node().name() + " in " + wanted.place().words(Kind.NODE),
        String.join("\n", wanted.plan().lines()));
  }

  private static ToolResult run(Wanted wanted, Call call) {
    var place = wanted.place();
    Change.unchanged(place, Kind.NODE, wanted.node());
    var undo = Nodes.cordon(place, wanted.node().name(), false);
    boolean already = wanted.node().bool("spec.unschedulable");
    var after =
        already
            ? wanted.node()
            : place
                .cluster()
                .change(
                    "PATCH",
                    Kind.NODE.path("", wanted.node().name()) + "?fieldManager=fuse",
                    Change.MERGE,
                    Map.of("spec", Map.of("unschedulable", true)));
    var evictions = new Evictions(place, wanted.plan().evicted());
    var end = Instant.now().plus(wanted.time());
    boolean ended = false;
    while (!evictions.through() && !ended && Instant.now().isBefore(end)) {
      evictions.round();
      call.progress(evictions.words());
      ended = !evictions.through() && Took.ended(call);
    }
    var text =
        "node "
            + wanted.node().name()
            + (already ? " was cordoned already" : " is cordoned")
            + "; "
            + evictions.told();
    if (evictions.through()) {
      var done = ToolResult.ok(text);
      return already ? done : done.undo(Undos.at(undo, Version.of(after, Kind.NODE)));
    }
    var failed =
        ToolResult.failed(
            ToolResult.Kind.LIMIT,
            (ended
                    ? "ended before it was through: "
                    : "not through after " + wanted.time().toSeconds() + " s: ")
                + text,
            "the node stays cordoned. Make room for what blocks (more replicas, or another budget),"
                + " then drain again; or k8s_cordon on=false to give up");
    return already ? failed : failed.undo(Undos.at(undo, Version.of(after, Kind.NODE)));
  }

  /** Whether a pod stays where a taint with effect NoExecute is set. */
  static boolean tolerates(Json pod, Json taint) {
    return pod.list("spec.tolerations").stream()
        .anyMatch(
            one ->
                (one.text("effect").isEmpty() || one.text("effect").equals(taint.text("effect")))
                    && (one.text("operator").equals("Exists")
                        ? one.text("key").isEmpty() || one.text("key").equals(taint.text("key"))
                        : one.text("key").equals(taint.text("key"))
                            && one.text("value").equals(taint.text("value"))));
  }

  /** The body that asks for an eviction. */
  static Map<String, Object> eviction(Json pod) {
    var body = new LinkedHashMap<String, Object>();
    body.put("apiVersion", "policy/v1");
    body.put("kind", "Eviction");
    body.put("metadata", Map.of("name", pod.name(), "namespace", pod.namespace()));
    body.put("deleteOptions", Map.of("preconditions", Map.of("uid", pod.uid())));
    return body;
  }
}
