package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells the contexts of the kubeconfig. */
public final class Contexts {

  private Contexts() {}

  public static Action prepare(Access access) {
    return Action.of(
        "contexts of the kubeconfig",
        Effect.read(Target.of(Place.SYSTEM, "kind", "Context")),
        _ -> run(access));
  }

  private static ToolResult run(Access access) {
    var config = access.clusters().config();
    var place = access.place(Arguments.of());
    var lines = new ArrayList<String>();
    var rows = new ArrayList<Map<String, String>>();
    for (var name : config.contexts()) {
      boolean here = name.equals(place.cluster().context());
      var namespace = here ? place.namespace() : config.context(name).text("namespace", "default");
      var row = new LinkedHashMap<String, String>();
      row.put("name", name);
      row.put("server", config.server(name));
      row.put("namespace", namespace);
      rows.add(row);
      lines.add((here ? "* " : "  ") + String.join("  ", row.values()));
    }
    if (lines.isEmpty()) {
      lines.add("* " + place.cluster().context() + "  " + place.cluster().server());
    }
    return ToolResult.ok(String.join("\n", lines)).structured(rows);
  }
}
