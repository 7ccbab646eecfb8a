package dev.fuse.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a call touches: a system and named coordinates in it, such as {@code kubernetes} with
 * context, namespace, kind and name, or {@code files} with path.
 *
 * @param system the system's name, lower case
 * @param coordinates from the widest to the narrowest, in the order in which they are shown; the
 *     last one is the name that a person types to confirm a CRITICAL call
 */
public record Target(String system, Map<String, String> coordinates) {

  /** The keys that coordinates may have, so that a rule with a misspelt one is an error. */
  public static final List<String> KEYS =
      List.of(
          "context",
          "namespace",
          "kind",
          "subresource",
          "container",
          "organization",
          "project",
          "location",
          "cluster",
          "repository",
          "environment",
          "workflow",
          "branch",
          "ref",
          "remote",
          "resource",
          "member",
          "role",
          "service",
          "host",
          "port",
          "pid",
          "program",
          "env",
          "path",
          "to",
          "url",
          "name");

  public Target {
    for (var key : coordinates.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "coordinate '" + key + "' of '" + system + "' is none of " + KEYS);
      }
    }
    coordinates = Collections.unmodifiableMap(new LinkedHashMap<>(coordinates));
  }

  /**
   * A target of a system.
   *
   * @param pairs key, value, key, value …; a pair with an empty value is left out
   */
  public static Target of(String system, String... pairs) {
    if (pairs.length % 2 != 0) {
      throw new IllegalArgumentException("a coordinate of '" + system + "' has no value");
    }
    var coordinates = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i + 1].isEmpty()) {
        coordinates.put(pairs[i], pairs[i + 1]);
      }
    }
    return new Target(system, coordinates);
  }

  /** The coordinate of that name, if this target has one. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(coordinates.get(key));
  }

  /** The narrowest coordinate, which names the thing itself; the system's name where none is. */
  public String name() {
    return coordinates.values().stream().reduce(system, (wider, narrower) -> narrower);
  }

  /** For people: {@code kubernetes context=prod namespace=shop name=checkout}. */
  @Override
  public String toString() {
    return coordinates.entrySet().stream()
        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("", system, ""));
  }
}
