package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.look.Masks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Environment variables of a container as a strategic merge patch has them. */
final class Variables {

  private Variables() {}

  /** What the arguments set, take from Secrets and remove. */
  static List<Map<String, Object>> wanted(Arguments arguments) {
    var env = new ArrayList<Map<String, Object>>();
    arguments
        .map("env")
        .forEach(
            (name, value) -> {
              refuseSecret(name, value);
              env.add(entry(name, value, null));
            });
    arguments
        .map("from_secret")
        .forEach((name, from) -> env.add(entry(name, null, key(name, from))));
    arguments.strings("remove").forEach(name -> env.add(Map.of("name", name, "$patch", "delete")));
    return env;
  }

  /** The entries that put these variables back as they are in the container. */
  static List<Map<String, Object>> before(Json container, List<String> names) {
    return names.stream().map(name -> before(container, name)).toList();
  }

  private static Map<String, Object> before(Json container, String name) {
    return container.list("env").stream()
        .filter(one -> one.text("name").equals(name))
        .findFirst()
        .map(
            one ->
                entry(
                    name, one.has("valueFrom") ? null : one.text("value"), one.value("valueFrom")))
        .orElse(Map.of("name", name, "$patch", "delete"));
  }

  /** Both ways of giving a value, so that the one that was there goes. */
  private static Map<String, Object> entry(
      String name,
      @org.jspecify.annotations.Nullable Object value,
      @org.jspecify.annotations.Nullable Object from) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("name", name);
    entry.put("value", value);
    entry.put("valueFrom", from);
    return entry;
  }

  private static Map<String, Object> key(String name, String from) {
    int slash = from.indexOf('/');
    if (slash < 1 || slash == from.length() - 1) {
      throw ToolFailure.invalid(
          "'" + from + "' for '" + name + "' names no key of a Secret", "write SECRET/KEY");
    }
    return Map.of(
        "secretKeyRef", Map.of("name", from.substring(0, slash), "key", from.substring(slash + 1)));
  }

  private static void refuseSecret(String name, String value) {
    var masks = new Masks();
    masks.value(name, value);
    if (masks.found().length > 0) {
      throw ToolFailure.invalid(
          "'" + name + "' looks like a secret, and a plain variable shows it to everybody",
          "keep it in a Secret (k8s_create_secret) and give 'from_secret': {"
              + name
              + ": SECRET/KEY}");
    }
  }
}
