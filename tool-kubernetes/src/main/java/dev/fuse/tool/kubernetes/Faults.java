package dev.fuse.tool.kubernetes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults found so far, by what they are about, so that consequences find their cause. */
final class Faults {

  private final Map<String, Fault> byKey = new LinkedHashMap<>();

  /** Adds a fault about a subject; a second one about the same becomes a consequence. */
  void add(String key, Fault fault) {
    var known = byKey.putIfAbsent(key, fault);
    if (known != null) {
      known.hence(fault.finding().seen());
    }
  }

  /** Adds a fault about its own subject. */
  void add(Fault fault) {
    add(fault.subject(), fault);
  }

  Optional<Fault> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  boolean has(String key) {
    return byKey.containsKey(key);
  }

  /** Those found, the worst first. */
  List<Fault> all() {
    var all = new ArrayList<>(byKey.values());
    all.sort(Comparator.comparing(Fault::severity));
    return all;
  }
}
