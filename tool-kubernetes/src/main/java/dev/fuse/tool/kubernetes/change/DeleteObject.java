package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.GetObject;
import dev.fuse.tool.kubernetes.look.Source;
import dev.fuse.tool.kubernetes.look.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes one object that is named in full. */
public final class DeleteObject {

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private DeleteObject() {}

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var kind = access.kind(place, arguments.string("kind"));
    var name = arguments.string("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9.:_-]*") || name.equals("all")) {
      throw ToolFailure.invalid(
          "'" + name + "' does not name one object", "delete objects one by one, by their names");
    }
    var live = GetObject.object(place, kind, name);
    if (live.controller().isEmpty()) {
      Origin.check(place, live, arguments.bool("insist", false));
    }
    Permission.check(place, kind, "delete", name, "");
    boolean orphan = arguments.bool("orphan", false);
    send(place, kind, live, orphan, true);
    return Action.of(
            "delete " + kind.name() + " " + name + " in " + place.words(kind),
            Effect.remote(
                Verb.DELETE, place.target(kind, name), Danger.ofDelete(place, kind, live)),
            call -> run(place, kind, live, orphan, call))
        .at(Version.of(live, kind))
        .showing(() -> preview(access, place, kind, live, orphan));
  }

  private static Preview preview(Access access, Place place, Kind kind, Json live, boolean orphan) {
    var lines = new ArrayList<String>();
    Source.of(live).ifPresent(source -> lines.add("# " + source.sentence()));
    lines.add(live.ref() + ", made " + live.text("metadata.creationTimestamp"));
    lines.addAll(Loss.of(access, place, kind, live, orphan));
    var finalizers = live.texts("metadata.finalizers");
    if (!finalizers.isEmpty()) {
      lines.add("it stays until these have finished: " + String.join(", ", finalizers));
    }
    lines.add(
        undo(place, kind, live)
            .map(_ -> "undo makes it again, with a new uid")
            .orElse("cannot be undone"));
    return Preview.text(
        "delete " + live.ref() + " in " + place.words(kind), String.join("\n", lines));
  }

  private static ToolResult run(Place place, Kind kind, Json live, boolean orphan, Call call) {
    send(place, kind, Change.unchanged(place, kind, live), orphan, false);
    var end = Instant.now().plus(LONGEST);
    var left = place.cluster().find(kind.path(place.namespace(), live.name()));
    while (left.filter(now -> now.uid().equals(live.uid()) && waiting(now).isEmpty()).isPresent()
        && Instant.now().isBefore(end)
        && !Took.ended(call)) {
      left = place.cluster().find(kind.path(place.namespace(), live.name()));
    }
    var done = ToolResult.ok(live.ref() + outcome(live, left));
    return undo(place, kind, live).map(done::undo).orElse(done);
  }

  /** What has to finish first, which may take any time. */
  private static List<String> waiting(Json live) {
    var finalizers = live.texts("metadata.finalizers");
    finalizers.addAll(live.texts("spec.finalizers"));
    return finalizers;
  }

  private static String outcome(Json live, Optional<Json> left) {
    if (left.isEmpty()) {
      return ": deleted";
    }
    var now = left.get();
    if (!now.uid().equals(live.uid())) {
      return ": deleted, and somebody has made another one of that name";
    }
    var finalizers = waiting(now);
    return ": deletion has begun, it is still there"
        + (finalizers.isEmpty() ? "" : "; it waits for " + String.join(", ", finalizers));
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
    boolean lost = Danger.ofDelete(place, kind, live) == Risk.CRITICAL;
    if (lost || kind.equals(Kind.SECRET) || live.controller().isPresent()) {
      return Optional.empty();
    }
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("context", place.cluster().context());
    if (kind.namespaced()) {
      arguments.put("namespace", place.namespace());
    }
    arguments.put("manifest", GetObject.yaml(again(live, kind)));
    arguments.put("insist", true);
    return Optional.of(
        new Undo(
            "k8s_apply",
            Map.copyOf(arguments),
            "make " + live.ref() + " again",
            Optional.of(Version.NONE),
            List.of()));
  }

  /** Its content without what the server chose for the one that is gone. */
  private static Map<String, Object> again(Json live, Kind kind) {
    var content = new LinkedHashMap<>(Version.content(live, kind));
    var metadata = new LinkedHashMap<>(Json.of(content.get("metadata")).fields());
    List.of("ownerReferences", "finalizers", "selfLink", "deletionTimestamp")
        .forEach(metadata::remove);
    content.put("metadata", metadata);
    if (kind.equals(Kind.SERVICE)) {
      var spec = new LinkedHashMap<>(live.at("spec").fields());
      spec.remove("clusterIPs");
      if (!"None".equals(spec.get("clusterIP"))) {
        spec.remove("clusterIP");
      }
      content.put("spec", spec);
    }
    if (kind.equals(Kind.JOB)) {
      var spec = new LinkedHashMap<>(live.at("spec").fields());
      spec.remove("selector");
      spec.put("template", withoutJobLabels(live.at("spec.template")));
      content.put("spec", spec);
    }
    if (kind.equals(Kind.POD)) {
      var spec = new LinkedHashMap<>(live.at("spec").fields());
      spec.remove("nodeName");
      content.put("spec", spec);
    }
    return content;
  }

  private static Map<String, Object> withoutJobLabels(Json template) {
    var copy = new LinkedHashMap<>(template.fields());
    var metadata = new LinkedHashMap<>(template.at("metadata").fields());
    var labels = new LinkedHashMap<>(template.at("metadata.labels").fields());
    labels.keySet().removeIf(key -> key.endsWith("controller-uid") || key.endsWith("job-name"));
    metadata.put("labels", labels);
    copy.put("metadata", metadata);
    return copy;
  }
}
