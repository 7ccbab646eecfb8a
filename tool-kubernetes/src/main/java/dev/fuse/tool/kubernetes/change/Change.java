package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.FieldDiff;
import dev.fuse.tool.kubernetes.look.GetObject;
import dev.fuse.tool.kubernetes.look.Source;
import dev.fuse.tool.kubernetes.look.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A patch of one object: tried on the server before it is proposed, bound to the content that was
 * seen, looked at afterwards, and taken back by another call.
 *
 * @param live the object as it is
 * @param type the content type of the patch
 * @param patch what is sent
 * @param summary what, on what
 */
public record Change(
    Place place,
    Kind kind,
    Json live,
    String type,
    Object patch,
    String summary,
    Optional<Undo> undo) {

  static final String MERGE = "application/merge-patch+json";
  public static final String STRATEGIC = "application/strategic-merge-patch+json";
  static final String JSON_PATCH = "application/json-patch+json";

  private static final String MANAGER = "?fieldManager=fuse";
  private static final int TRIES = 4;

  Action action() {
    Permission.check(place, kind, "patch", live.name(), "");
    var rehearsal = Rehearsal.of(place, "PATCH", path() + MANAGER, type, patch);
    var risk =
        rehearsal
            .after()
            .map(after -> Danger.ofChange(place, kind, live, after))
            .orElse(Risk.CRITICAL);
    return Action.of(
            summary + " in " + place.words(kind),
            Effect.remote(Verb.UPDATE, place.target(kind, live.name()), risk),
            this::run)
        .at(Version.of(live, kind))
        .showing(() -> preview(rehearsal));
  }

  private Preview preview(Rehearsal rehearsal) {
    var title = kind.name() + " " + live.name() + " in " + place.words(kind);
    var after = rehearsal.after();
    var lines = new ArrayList<>(rehearsal.notes());
    Source.of(live).ifPresent(source -> lines.add(source.sentence()));
    after.ifPresent(will -> lines.addAll(Danger.reasons(place, kind, live, will)));
    after.ifPresent(will -> lines.addAll(Blast.ofChange(place, kind, live, will)));
    return Preview.diff(
        title,
        comments(lines)
            + after
                .map(will -> FieldDiff.between(shown(live, kind), shown(will, kind)))
                .orElse(GetObject.yaml(patch)));
  }

  /** Lines beside a diff. */
  public static String comments(List<String> lines) {
    var text = new StringBuilder();
    lines.forEach(line -> text.append("# ").append(line.replace("\n", "\n#   ")).append('\n'));
    return text.toString();
  }

  /** An object without what the server keeps for itself. */
  static Map<String, Object> shown(Json object, Kind kind) {
    return Version.content(object, kind);
  }

  private ToolResult run(Call call) {
    var after = send();
    boolean changed = !Version.of(after, kind).equals(Version.of(live, kind));
    if (!changed) {
      return ToolResult.ok(summary + ": nothing changed");
    }
    var seen = Took.look(place, kind, Cluster.cleaned(after, kind), call);
    var done = ToolResult.ok(summary + ": done" + (seen.isEmpty() ? "" : "\n" + seen));
    return undo.map(one -> done.undo(Undos.at(one, Version.of(after, kind)))).orElse(done);
  }

  /** Only the status may have moved since; where it moves while this is sent, it is sent again. */
  private Json send() {
    for (int tries = 1; ; tries++) {
      var now = unchanged(place, kind, live);
      try {
        return place.cluster().change("PATCH", path() + MANAGER, type, body(now));
      } catch (ToolFailure failure) {
        boolean moved =
            failure.result().kind() == ToolResult.Kind.CONFLICT
                || failure.result().problem().contains("test operation");
        if (!moved || tries == TRIES) {
          throw failure;
        }
      }
    }
  }

  /** The object as it is now, if only its status has moved since it was seen. */
  public static Json unchanged(Place place, Kind kind, Json seen) {
    var found = place.cluster().find(kind.path(place.namespace(), seen.name()));
    if (found.isEmpty()) {
      throw new ToolFailure(
          ToolResult.Kind.CONFLICT,
          seen.ref() + " is gone since it was looked at",
          "nothing was done");
    }
    var now = Cluster.cleaned(found.get(), kind);
    if (Version.of(now, kind).equals(Version.of(seen, kind))) {
      return now;
    }
    var what =
        now.uid().equals(seen.uid())
            ? " has changed since it was looked at:\n"
            : " is another one since it was looked at, made at "
                + now.text("metadata.creationTimestamp")
                + ":\n";
    throw new ToolFailure(
        ToolResult.Kind.CONFLICT,
        seen.ref() + what + FieldDiff.between(shown(seen, kind), shown(now, kind)).stripTrailing(),
        "nothing was done; propose it again for what is there now");
  }

  /** The patch with the version that it is meant for, so that a newer object refuses it. */
  private Object body(Json now) {
    var version = now.text("metadata.resourceVersion");
    if (patch instanceof List<?> operations) {
      var guarded = new ArrayList<Object>();
      guarded.add(Map.of("op", "test", "path", "/metadata/resourceVersion", "value", version));
      guarded.addAll(operations);
      return guarded;
    }
    var copy = new LinkedHashMap<>(Json.of(patch).fields());
    var metadata = new LinkedHashMap<>(Json.of(copy.get("metadata")).fields());
    metadata.put("resourceVersion", version);
    copy.put("metadata", metadata);
    return copy;
  }

  private String path() {
    return kind.path(place.namespace(), live.name());
  }
}
