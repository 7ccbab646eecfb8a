package dev.fuse.cli.init;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What is known of one workload from its repository to what it uses; a part that is not known is
 * empty.
 *
 * @param workload {@code namespace/name}; a manifest without a namespace has the name alone
 * @param parts by the key under which the profile shows them
 */
record Connection(String workload, Map<String, List<String>> parts) {

  private static final List<String> ORDER =
      List.of(
          "kind",
          "cluster",
          "repository",
          "manifest",
          "application",
          "image",
          "registry",
          "service-account",
          "google-account",
          "uses",
          "managed-by");

  static Connection of(String workload) {
    return new Connection(workload, new LinkedHashMap<>());
  }

  /** The same with one more part; an empty one adds nothing. */
  Connection with(String key, String value) {
    if (value.isBlank()) {
      return this;
    }
    var all = new LinkedHashMap<>(parts);
    var values = new LinkedHashSet<>(all.getOrDefault(key, List.of()));
    values.add(value);
    all.put(key, List.copyOf(values));
    return new Connection(workload, all);
  }

  /** What both know. */
  Connection and(Connection other) {
    var joined = this;
    for (var part : other.parts().entrySet()) {
      for (var value : part.getValue()) {
        joined = joined.with(part.getKey(), value);
      }
    }
    return joined;
  }

  String name() {
    return workload.substring(workload.indexOf('/') + 1);
  }

  boolean placed() {
    return workload.contains("/");
  }

  /** The parts in the order from the repository to what is used. */
  List<Map.Entry<String, List<String>>> ordered() {
    var entries = new ArrayList<Map.Entry<String, List<String>>>();
    ORDER.forEach(
        key -> {
          if (parts.containsKey(key)) {
            entries.add(Map.entry(key, parts.getOrDefault(key, List.of())));
          }
        });
    return entries;
  }
}
