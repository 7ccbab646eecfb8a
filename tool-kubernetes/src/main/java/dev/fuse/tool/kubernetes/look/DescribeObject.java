package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows an object with what stands above, below and beside it. */
public final class DescribeObject {

  private DescribeObject() {}

  public static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    var kind = access.kind(place, arguments.string("kind"));
    var name = arguments.string("name");
    return Action.of(
        "describe " + kind.name() + " " + name + " in " + place.words(),
        place.reads(kind.name(), name),
        _ -> run(access, place, kind, name));
  }

  private static ToolResult run(Access access, Place place, Kind kind, String name) {
    var object = GetObject.object(place, kind, name);
    var lines = new ArrayList<String>();
    lines.add(object.ref() + managed(object));
    var above = owners(access, place, object);
    if (!above.isEmpty()) {
      lines.add("owned by: " + String.join(" ← ", above));
    }
    lines.add(GetObject.yaml(shown(object, kind)));
    lines.addAll(children(place, object));
    lines.addAll(events(place, object));
    var masks = new Masks();
    masks.object(object);
    return ToolResult.ok(String.join("\n", lines)).secrets(masks.found());
  }

  private static String managed(Json object) {
    return Source.of(object).map(source -> "  (" + source.sentence() + ")").orElse("");
  }

  private static Map<String, Object> shown(Json object, Kind kind) {
    var shown = new LinkedHashMap<>(object.fields());
    shown.remove("apiVersion");
    shown.remove("kind");
    var metadata = new LinkedHashMap<>(object.at("metadata").fields());
    List.of("uid", "resourceVersion", "generation", "selfLink", "name", "namespace")
        .forEach(metadata::remove);
    metadata.remove("ownerReferences");
    shown.put("metadata", metadata);
    if (kind.equals(Kind.SECRET)) {
      shown.put("data", List.copyOf(object.at("data").fields().keySet()));
    }
    return shown;
  }

  private static List<String> owners(Access access, Place place, Json object) {
    var chain = new ArrayList<String>();
    var next = object.controller();
    while (next.isPresent() && chain.size() < 5) {
      var owner = next.get();
      chain.add(owner.text("kind") + " " + owner.text("name"));
      try {
        var kind = access.kind(place, owner.text("kind"));
        next =
            place
                .cluster()
                .find(kind.path(place.namespace(), owner.text("name")))
                .flatMap(Json::controller);
      } catch (ToolFailure failure) {
        chain.add("(not read: " + failure.result().problem() + ")");
        return chain;
      }
    }
    return chain;
  }

  private static List<String> children(Place place, Json object) {
    var selects = object.has("spec.selector.matchLabels") || object.kind().equals("Service");
    if (!selects || !place.namespace().equals(object.namespace())) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    for (var pod : Pods.owned(place, object)) {
      lines.add("  " + PodState.of(pod).line());
    }
    lines.addFirst("pods: " + lines.size());
    return lines.size() > 31 ? lines.subList(0, 31) : lines;
  }

  private static List<String> events(Place place, Json object) {
    var selector = "involvedObject.uid=" + object.uid();
    var namespace = object.namespace().isEmpty() ? "" : object.namespace();
    var events =
        place.cluster().items(Kind.EVENT, namespace, "fieldSelector=" + Kind.encode(selector));
    var lines = new ArrayList<String>();
    lines.add(events.isEmpty() ? "events: none" : "events:");
    EventText.merged(events).stream()
        .map(event -> "  " + event.type().substring(0, 1) + " " + event.line())
        .forEach(lines::add);
    return lines;
  }
}
