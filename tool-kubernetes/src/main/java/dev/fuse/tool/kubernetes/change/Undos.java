package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Undo;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.GetObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls that take changes back. */
final class Undos {

  private Undos() {}

  /** A call of that tool on the object, with further arguments as pairs. */
  static Undo on(Place place, Kind kind, String name, String tool, String words, Object... pairs) {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("context", place.cluster().context());
    if (kind.namespaced()) {
      arguments.put("namespace", place.namespace());
    }
    arguments.put("kind", kind.resource());
    arguments.put("name", name);
    arguments.put("insist", true);
    arguments.putAll(Arguments.of(pairs).values());
    return new Undo(tool, arguments, words, Optional.empty(), List.of());
  }

  /** The same, which holds only while the target is as the change left it. */
  static Undo at(Undo undo, String version) {
    return new Undo(
        undo.tool(), undo.arguments(), undo.summary(), Optional.of(version), undo.kept());
  }

  /** A patch back to what these fields were. */
  static Undo fields(Place place, Kind kind, Json before, Map<String, Object> patch) {
    return on(
        place,
        kind,
        before.name(),
        "k8s_patch",
        "the changed fields of " + before.ref() + " as before",
        "patch",
        GetObject.yaml(reverse(patch, before)));
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
