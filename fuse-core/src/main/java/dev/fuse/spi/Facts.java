package dev.fuse.spi;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Named facts about where we are: compared and shown, and those of a public kind told to the model.
 *
 * @param values by name: {@code directory}, {@code git-remote}, {@code git-branch}, {@code
 *     kube-context}, {@code kube-namespace}, {@code google-project}, and those of plugins
 */
public record Facts(Map<String, String> values) {

  public Facts {
    values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  public static Facts none() {
    return new Facts(Map.of());
  }

  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** These and those; those win. */
  public Facts and(Map<String, String> others) {
    var all = new TreeMap<>(values);
    all.putAll(others);
    return new Facts(all);
  }
}
