package dev.fuse.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a call touches: a system and named coordinates in it, such as {@code kubernetes} with
 * context, namespace, kind and name, or {@code files} with path.
 *
 * @param system the system's name, lower case
 * @param coordinates from the widest to the narrowest, in the order in which they are shown, with
 *     names that the plugin declares; then those that decide
 * @param deciding names of the coordinates that decide what the call does beside what it touches,
 *     such as standard input: a rule allows the call only where it names each of them
 * @param aliases other names of the same place, such as a cluster's server; they count where a
 *     protected name is looked for
 */
public record Target(
    String system, Map<String, String> coordinates, Set<String> deciding, List<String> aliases) {

  /** Deciding: what will run code later because of this change, such as {@code git hook}. */
  public static final String RUNS_LATER = "runs-later";

  public Target {
    coordinates = Collections.unmodifiableMap(new LinkedHashMap<>(coordinates));
    deciding = Collections.unmodifiableSet(new LinkedHashSet<>(deciding));
    aliases = List.copyOf(aliases);
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
    return new Target(system, coordinates, Set.of(), List.of());
  }

  /** The same, decided by this as well; an empty value decides nothing. */
  public Target decidedBy(String key, String value) {
    if (value.isEmpty()) {
      return this;
    }
    var all = new LinkedHashMap<>(coordinates);
    all.put(key, value);
    var decide = new LinkedHashSet<>(deciding);
    decide.add(key);
    return new Target(system, all, decide, aliases);
  }

  /** The same place, which has these names as well. */
  public Target alsoKnownAs(String... names) {
    return new Target(
        system, coordinates, deciding, Stream.of(names).filter(it -> !it.isEmpty()).toList());
  }

  /** The thing itself, whatever is done to it. */
  public Target undecided() {
    var what = new LinkedHashMap<>(coordinates);
    what.keySet().removeAll(deciding);
    return new Target(system, what, Set.of(), aliases);
  }

  /** The coordinate of that name, if this target has one. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(coordinates.get(key));
  }

  /** The narrowest coordinate, which names the thing itself; the system's name where none is. */
  public String name() {
    return undecided().coordinates().values().stream().reduce(system, (wider, it) -> it);
  }

  /** For people: {@code kubernetes context=prod namespace=shop name=checkout}. */
  @Override
  public String toString() {
    return coordinates.entrySet().stream()
        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("", system, ""));
  }
}
