package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.Undo;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.GetObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of nodes that decide what runs there. */
public final class Nodes {

  private Nodes() {}

  public static Action cordon(Access access, Arguments arguments) {
    boolean cordon = arguments.bool("on", true);
    var on = node(access, arguments);
    var words = (cordon ? "cordon " : "uncordon ") + on.live().name();
    return on.change(
            Change.MERGE,
            Map.of("spec", Map.of("unschedulable", cordon)),
            words,
            Optional.of(cordon(on.place(), on.live().name(), !cordon)))
        .action();
  }

  public static Undo cordon(Place place, String node, boolean on) {
    return new Undo(
        "k8s_cordon",
        Map.of("context", place.cluster().context(), "name", node, "on", on),
        (on ? "cordon " : "uncordon ") + node,
        Optional.empty(),
        List.of());
  }

  public static Action taint(Access access, Arguments arguments) {
    var on = node(access, arguments);
    var key = arguments.string("key");
    var effect = arguments.string("effect");
    boolean remove = arguments.bool("remove", false);
    var taints = new ArrayList<Map<String, Object>>();
    on.live().list("spec.taints").forEach(one -> taints.add(one.fields()));
    boolean had =
        taints.removeIf(one -> key.equals(one.get("key")) && effect.equals(one.get("effect")));
    if (remove && !had) {
      throw ToolFailure.notFound(
          "node '" + on.live().name() + "' has no taint '" + key + "' with effect " + effect,
          "its taints: " + taints);
    }
    if (!remove) {
      var taint = new LinkedHashMap<String, Object>();
      taint.put("key", key);
      arguments.findString("value").ifPresent(value -> taint.put("value", value));
      taint.put("effect", effect);
      taints.add(taint);
    }
    var patch = Map.<String, Object>of("spec", Map.of("taints", taints));
    return on.change(
            Change.MERGE,
            patch,
            (remove ? "remove taint " : "taint ")
                + on.live().name()
                + " "
                + key
                + arguments.findString("value").map(value -> "=" + value).orElse("")
                + ":"
                + effect,
            Optional.of(Undos.fields(on.place(), Kind.NODE, on.live(), patch)))
        .action();
  }

  static WorkloadChanges.Target node(Access access, Arguments arguments) {
    var place = access.place(arguments).in("");
    return new WorkloadChanges.Target(
        place, Kind.NODE, GetObject.object(place, Kind.NODE, arguments.string("name")));
  }
}
