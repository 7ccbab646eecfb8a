package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes one object that is named in full. */
final class DeleteObject {

  /** What takes data or many other objects with it. */
  private static final List<Kind> LOST =
      List.of(Kind.NAMESPACE, Kind.VOLUME, Kind.CLAIM, Kind.DEFINITION, Kind.NODE);

  private DeleteObject() {}

  static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var kind = access.kind(place, arguments.string("kind"));
    var name = arguments.string("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9.:_-]*")) {
      throw ToolFailure.invalid(
          "'" + name + "' does not name one object", "delete objects one by one, by their names");
    }
    var live = GetObject.object(place, kind, name);
    Change.allowed(place, kind, "delete", name, "");
    boolean orphan = arguments.bool("orphan", false);
    return Action.of(
            "delete " + kind.name() + " " + name + " in " + place.words(kind),
            Effect.remote(Verb.DELETE, place.target(kind, name), risk(place, kind)),
            _ -> run(place, kind, live, orphan))
        .at(Change.version(live, kind))
        .showing(() -> preview(place, kind, live, orphan));
  }

  static Risk risk(Place place, Kind kind) {
    boolean lost =
        LOST.stream()
            .anyMatch(
                one -> one.group().equals(kind.group()) && one.plural().equals(kind.plural()));
    return lost ? Risk.CRITICAL : Change.risk(place);
  }

  private static Preview preview(Place place, Kind kind, Json live, boolean orphan) {
    send(place, kind, live, orphan, true);
    var lines = new ArrayList<String>();
    Source.of(live).ifPresent(source -> lines.add("# " + source.sentence()));
    lines.add(live.ref() + ", made " + live.text("metadata.creationTimestamp"));
    if (live.has("spec.selector.matchLabels")) {
      var pods = Pods.owned(place, live);
      lines.add((orphan ? "its pods stay: " : "its pods go with it: ") + pods.size());
      pods.stream().limit(10).forEach(pod -> lines.add("  " + PodState.of(pod).line()));
    }
    if (kind.equals(Kind.NAMESPACE)) {
      lines.add("everything in it goes with it: " + contents(place, live.name()));
    }
    var finalizers = live.texts("metadata.finalizers");
    if (!finalizers.isEmpty()) {
      lines.add("it stays until these have finished: " + String.join(", ", finalizers));
    }
    return Preview.text(
        "delete " + live.ref() + " in " + place.words(kind), String.join("\n", lines));
  }

  private static String contents(Place place, String namespace) {
    var counts = new ArrayList<String>();
    for (var kind : List.of(Kind.POD, Kind.SERVICE, Kind.CLAIM, Kind.CONFIG_MAP, Kind.SECRET)) {
      counts.add(place.cluster().names(kind, namespace).size() + " " + kind.plural());
    }
    return String.join(", ", counts);
  }

  private static ToolResult run(Place place, Kind kind, Json live, boolean orphan) {
    send(place, kind, Change.unchanged(place, kind, live), orphan, false);
    var still = place.cluster().find(kind.path(place.namespace(), live.name())).isPresent();
    var done =
        ToolResult.ok(
            live.ref() + (still ? ": deletion has begun, it is still there" : ": deleted"));
    return undo(place, kind, live).map(done::undo).orElse(done);
  }

  private static void send(Place place, Kind kind, Json live, boolean orphan, boolean dry) {
    var options = new LinkedHashMap<String, Object>();
    options.put("apiVersion", "v1");
    options.put("kind", "DeleteOptions");
    options.put("preconditions", Map.of("uid", live.uid()));
    options.put("propagationPolicy", orphan ? "Orphan" : "Background");
    var path = kind.path(place.namespace(), live.name());
    if (dry) {
      options.put("dryRun", List.of("All")); // beside a body the query is not looked at
      place.cluster().ask("DELETE", path, Cluster.JSON, options);
      return;
    }
    place.cluster().change("DELETE", path, Cluster.JSON, options);
  }

  /** What can be made again from its manifest; a Secret's content is never kept. */
  private static Optional<Undo> undo(Place place, Kind kind, Json live) {
    if (risk(place, kind) == Risk.CRITICAL || kind.equals(Kind.SECRET) || kind.equals(Kind.POD)) {
      return Optional.empty();
    }
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("context", place.cluster().context());
    arguments.put("namespace", place.namespace());
    arguments.put("manifest", GetObject.yaml(Change.shown(live, kind)));
    return Optional.of(
        new Undo(
            "k8s_apply", arguments, "make " + live.ref() + " again", Optional.empty(), List.of()));
  }
}
