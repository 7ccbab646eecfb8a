package dev.fuse.tool.kubernetes;

import dev.fuse.spi.ToolResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Values in specs that look like secrets, collected so that the host masks them. */
final class Masks {

  private static final Pattern NAME =
      Pattern.compile(
          "pass(word|wd)?$|secret|token|api_?key|private_?key|credential",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern IN_URL = Pattern.compile("://[^/@\\s:]*:([^/@\\s]{3,})@");
  private static final int SHORTEST = 4;

  private final Map<String, ToolResult.Secret> found = new LinkedHashMap<>();

  /** Collects from the environment of all containers of a pod or of a pod template. */
  void environment(Json object) {
    for (var spec : java.util.List.of("spec", "spec.template.spec")) {
      for (var container : Containers.of(object.at(spec))) {
        container.list("env").forEach(entry -> value(entry.text("name"), entry.text("value")));
      }
    }
  }

  void value(String name, String value) {
    if (value.length() >= SHORTEST && NAME.matcher(name).find()) {
      add(name, value);
    }
    var url = IN_URL.matcher(value);
    if (url.find()) {
      add(name, url.group(1));
    }
  }

  ToolResult.Secret[] found() {
    return found.values().toArray(new ToolResult.Secret[0]);
  }

  private void add(String name, String value) {
    found.putIfAbsent(value, new ToolResult.Secret(name.toLowerCase(java.util.Locale.ROOT), value));
  }
}
