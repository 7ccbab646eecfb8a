package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Action;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A patch of one object: tried on the server before it is asked about, bound to the version that
 * was seen, and taken back by another call.
 *
 * @param live the object as it is
 * @param subresource such as {@code scale}; empty for the object itself
 * @param type the content type of the patch
 * @param patch what is sent
 * @param summary what, on what
 */
record Change(
    Place place,
    Kind kind,
    Json live,
    String subresource,
    String type,
    Object patch,
    String summary,
    Optional<Undo> undo) {

  static final String MERGE = "application/merge-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";
  static final String JSON_PATCH = "application/json-patch+json";

  private static final String MANAGER = "fieldManager=fuse";

  Action action() {
    var target =
        Target.of(
            Place.SYSTEM,
            "context",
            place.cluster().context(),
            "namespace",
            kind.namespaced() ? place.namespace() : "",
            "kind",
            kind.name(),
            "subresource",
            subresource,
            "name",
            live.name());
    allowed(place, kind, "patch", live.name(), subresource);
    return Action.of(
            summary + " in " + place.words(kind),
            Effect.remote(Verb.UPDATE, target, risk(place)),
            _ -> run())
        .at(version(live, kind))
        .showing(this::preview);
  }

  /** What runs the cluster itself is not brought back by an undo. */
  static Risk risk(Place place) {
    return place.namespace().equals("kube-system") ? Risk.CRITICAL : Risk.HIGH;
  }

  /** Fails if the person may not do that. */
  static void allowed(Place place, Kind kind, String verb, String name, String subresource) {
    var attributes = new LinkedHashMap<String, Object>();
    attributes.put("namespace", kind.namespaced() ? place.namespace() : "");
    attributes.put("verb", verb);
    attributes.put("group", kind.group());
    attributes.put("resource", kind.plural());
    attributes.put("subresource", subresource);
    attributes.put("name", name);
    var review =
        Map.of(
            "apiVersion",
            "authorization.k8s.io/v1",
            "kind",
            "SelfSubjectAccessReview",
            "spec",
            Map.of("resourceAttributes", attributes));
    var answer =
        place
            .cluster()
            .ask(
                "POST",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                Cluster.JSON,
                review);
    if (!answer.bool("status.allowed")) {
      throw new ToolFailure(
          ToolResult.Kind.FORBIDDEN,
          "you may not "
              + verb
              + " "
              + kind.resource()
              + " '"
              + name
              + "' in "
              + place.words()
              + answer.find("status.reason").map(reason -> ": " + reason).orElse(""),
          "ask for a role that allows it");
    }
  }

  /** What the server says the object would become, as a diff. */
  private Preview preview() {
    var path = path() + "?dryRun=All&" + MANAGER;
    var before = subresource.isEmpty() ? live : place.cluster().get(path());
    var after = place.cluster().ask("PATCH", path, type, body(unchanged(place, kind, live)));
    var managed = Source.of(live).map(source -> "# " + source.sentence() + "\n").orElse("");
    return Preview.diff(
        kind.name() + " " + live.name() + " in " + place.words(kind),
        managed + FieldDiff.between(shown(before, kind), shown(after, kind)));
  }

  /** An object without what the server keeps for itself. */
  static Map<String, Object> shown(Json object, Kind kind) {
    var copy = new LinkedHashMap<>(Cluster.cleaned(object, kind).fields());
    copy.remove("status");
    var metadata = new LinkedHashMap<>(Json.of(copy.get("metadata")).fields());
    List.of("resourceVersion", "generation", "uid", "creationTimestamp").forEach(metadata::remove);
    var notes = new LinkedHashMap<>(Json.of(metadata.get("annotations")).fields());
    if (notes.remove("deployment.kubernetes.io/revision") != null) {
      metadata.put("annotations", notes);
    }
    copy.put("metadata", metadata);
    if (kind.equals(Kind.SECRET)) {
      copy.put("data", List.copyOf(object.at("data").fields().keySet()));
    }
    return copy;
  }

  private ToolResult run() {
    var now = unchanged(place, kind, live);
    var after = place.cluster().change("PATCH", path() + "?" + MANAGER, type, body(now));
    boolean changed = !version(after, kind).equals(version(live, kind));
    var done =
        ToolResult.ok(changed ? summary + ": done" + after() : summary + ": nothing changed");
    return changed && undo.isPresent() ? done.undo(undo.get()) : done;
  }

  /** What an object is, apart from its status, which moves by itself. */
  static String version(Json object, Kind kind) {
    return object.text("metadata.generation", "-")
        + "/"
        + Integer.toHexString(shown(object, kind).hashCode());
  }

  /** The object as it is now, if only its status has moved since it was seen. */
  static Json unchanged(Place place, Kind kind, Json seen) {
    var now = GetObject.object(place, kind, seen.name());
    if (now.uid().equals(seen.uid()) && version(now, kind).equals(version(seen, kind))) {
      return now;
    }
    throw new ToolFailure(
        ToolResult.Kind.CONFLICT,
        seen.ref()
            + " has changed since it was looked at:\n"
            + FieldDiff.between(shown(seen, kind), shown(now, kind)),
        "nothing was done; propose it again for what is there now");
  }

  private String after() {
    var workload = List.of("Deployment", "StatefulSet", "DaemonSet").contains(kind.name());
    return workload ? "; see k8s_rollout_status for whether it takes" : "";
  }

  /** A merge patch names the version that it is meant for, so that a newer object refuses it. */
  private Object body(Json now) {
    if (patch instanceof Map<?, ?> map && !type.equals(JSON_PATCH)) {
      var copy = new LinkedHashMap<Object, Object>(map);
      var metadata = new LinkedHashMap<>(Json.of(map.get("metadata")).fields());
      metadata.put("resourceVersion", now.text("metadata.resourceVersion"));
      copy.put("metadata", metadata);
      return copy;
    }
    return patch;
  }

  private String path() {
    return kind.path(place.namespace(), live.name())
        + (subresource.isEmpty() ? "" : "/" + subresource);
  }

  /** The merge patch that puts back what another one changes. */
  static Map<String, Object> reverse(Map<String, Object> patch, Json before) {
    var reverse = new LinkedHashMap<String, Object>();
    patch.forEach(
        (key, value) -> {
          var old = before.fields().get(key);
          if (value instanceof Map && old instanceof Map) {
            reverse.put(key, reverse(Json.of(value).fields(), Json.of(old)));
            return;
          }
          reverse.put(key, old);
        });
    return reverse;
  }
}
