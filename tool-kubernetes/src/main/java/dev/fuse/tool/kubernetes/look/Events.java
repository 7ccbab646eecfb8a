package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.ArrayList;
import java.util.List;

/** Reads events, merged. */
public final class Events {

  private static final int MOST = 60;

  private Events() {}

  public static Action prepare(Access access, Arguments arguments) {
    var given = access.place(arguments);
    var place = arguments.bool("all_namespaces", false) ? given.in("") : given;
    var kind = arguments.findString("kind").filter(k -> !k.isBlank());
    var kindName = kind.map(k -> access.kind(place, k).name()).orElse("");
    var name = arguments.string("name", "");
    return Action.of(
        "events" + (name.isEmpty() ? "" : " of " + name) + " in " + place.words(),
        place.reads("Event", ""),
        _ -> run(place, kindName, name, arguments.bool("normal", false)));
  }

  private static ToolResult run(Place place, String kind, String name, boolean normal) {
    var query = normal ? "" : "fieldSelector=" + Kind.encode("type!=Normal");
    var events = new ArrayList<Json>();
    for (var event : place.cluster().items(Kind.EVENT, place.namespace(), query)) {
      if (about(event.at("involvedObject"), kind, name)) {
        events.add(event);
      }
    }
    var merged = EventText.merged(events);
    if (merged.isEmpty()) {
      return ToolResult.ok(
          "No "
              + (normal ? "" : "Warning ")
              + "events in "
              + place.words()
              + "; a cluster keeps them for an hour.");
    }
    var lines = lines(merged);
    return ToolResult.ok(String.join("\n", lines));
  }

  private static List<String> lines(List<EventText> merged) {
    var lines = new ArrayList<String>();
    int left = Math.max(0, merged.size() - MOST);
    if (left > 0) {
      lines.add("… " + left + " older ones left out");
    }
    merged.stream().skip(left).forEach(event -> lines.add(event.line()));
    return lines;
  }

  /** A child's name begins with its owner's. */
  private static boolean about(Json object, String kind, String name) {
    var own = object.text("name");
    boolean named = name.isEmpty() || own.equals(name) || own.startsWith(name + "-");
    boolean child = !name.isEmpty() && own.startsWith(name + "-");
    return named && (kind.isEmpty() || object.text("kind").equals(kind) || child);
  }
}
