package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values in objects that look like secrets, collected so that the host masks them. */
public final class Masks {

  /** Of an environment variable or a ConfigMap's key. */
  private static final Pattern NAME =
      Pattern.compile(
          "pass(word|wd)?$|secret|token|api_?key|private_?key|credential",
          Pattern.CASE_INSENSITIVE);

  /** Of any other field, where {@code secretName} and {@code tokenPath} only name things. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(password|passwd|passphrase|api[-_]?key|private[-_]?key|client[-_]?secret"
              + "|access[-_]?token|auth[-_]?token)$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern IN_URL = Pattern.compile("://[^/@\\s:]*:([^/@\\s]{3,})@");
  private static final int SHORTEST = 4;

  private final Map<String, ToolResult.Secret> found = new LinkedHashMap<>();

  /** Collects from the environment of all containers of a pod or of a pod template. */
  public void environment(Json object) {
    for (var spec : List.of("spec", "spec.template.spec", "spec.jobTemplate.spec.template.spec")) {
      for (var container : Containers.of(object.at(spec))) {
        container.list("env").forEach(entry -> value(entry.text("name"), entry.text("value")));
      }
    }
  }

  /** Collects from every field of an object, wherever its kind keeps an environment. */
  void object(Json object) {
    object
        .fields()
        .forEach(
            (key, value) -> {
              if (key.equals("data") && object.kind().equals("ConfigMap")) {
                object.map(key).forEach(this::value);
                return;
              }
              inside(key, value);
            });
  }

  private void inside(String key, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        var json = Json.of(map);
        value(json.text("name"), json.text("value"));
        json.fields().forEach(this::inside);
      }
      case List<?> list -> list.forEach(item -> inside(key, item));
      case String text when FIELD.matcher(key).find() -> value(key, text);
      case String text -> url(key, text);
      case null, default -> {}
    }
  }

  public void value(String name, String value) {
    if (value.length() >= SHORTEST && NAME.matcher(name).find()) {
      add(name, value);
    }
    url(name, value);
  }

  private void url(String name, String value) {
    var url = IN_URL.matcher(value);
    while (url.find()) {
      add(name, url.group(1));
    }
  }

  public ToolResult.Secret[] found() {
    return found.values().toArray(new ToolResult.Secret[0]);
  }

  private void add(String name, String value) {
    found.putIfAbsent(value, new ToolResult.Secret(name.toLowerCase(Locale.ROOT), value));
  }
}
