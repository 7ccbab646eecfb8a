package dev.fuse.tool.kubernetes.diagnose.seen;

import dev.fuse.spi.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults found so far, by what they are about, so that consequences find their cause. */
public final class Faults {

  /** From how many on alike faults are told once. */
  private static final int MANY = 4;

  private final Map<String, Fault> byKey = new LinkedHashMap<>();
  private final Map<String, Fault> explained = new HashMap<>();

  /** Adds a fault about a subject; a second one about the same becomes a consequence. */
  public void add(String key, Fault fault) {
    var known = byKey.putIfAbsent(key, fault);
    if (known != null) {
      known.hence(fault.finding().seen());
    }
  }

  /** Adds a fault about its own subject. */
  public void add(Fault fault) {
    add(fault.subject(), fault);
  }

  public Optional<Fault> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Whether something is told about it, or it is told as a consequence. */
  public boolean has(String key) {
    return byKey.containsKey(key) || explained.containsKey(key);
  }

  /** The fault about a subject, or the one that the subject is told of as a consequence. */
  public Optional<Fault> behind(String subject) {
    return find(subject).or(() -> Optional.ofNullable(explained.get(subject)));
  }

  /** Adds to a fault what follows from it for a subject, which so needs no fault of its own. */
  public void hence(Fault fault, String subject, String consequence) {
    fault.hence(consequence);
    explained.putIfAbsent(subject, fault);
  }

  /** Tells a fault about another object instead, which then tells of the first one's subject. */
  public void replace(Fault first, Fault by) {
    byKey.values().remove(first);
    byKey.put(by.subject(), by);
    explained.put(first.subject(), by);
    by.hence(first.subject() + " suffers from it");
  }

  /** Notes that a fault tells of a subject already. */
  public Fault telling(Fault fault, String subject) {
    explained.putIfAbsent(subject, fault);
    return fault;
  }

  /** Whether a fault is about one of these objects, or tells of one as a consequence. */
  public boolean concerns(Fault fault, Set<String> objects) {
    return objects.contains(fault.subject())
        || explained.entrySet().stream()
            .anyMatch(entry -> entry.getValue() == fault && objects.contains(entry.getKey()));
  }

  /** Those found, the worst first. */
  public List<Fault> all() {
    var all = new ArrayList<>(byKey.values());
    all.sort(Comparator.comparing(Fault::severity));
    return all;
  }

  /** What is told of these: what is alike in many workloads is one finding with counts. */
  public static List<Finding> told(List<Fault> faults) {
    var alike = new LinkedHashMap<String, List<Fault>>();
    faults.forEach(
        fault -> alike.computeIfAbsent(fault.likeness(), _ -> new ArrayList<>()).add(fault));
    var told = new ArrayList<Finding>();
    for (var group : alike.values()) {
      if (group.size() < MANY) {
        group.forEach(fault -> told.add(fault.finding()));
      } else {
        told.add(folded(group));
      }
    }
    return told;
  }

  private static Finding folded(List<Fault> group) {
    var first = group.getFirst().finding();
    int pods = group.stream().mapToInt(Fault::pods).sum();
    var names = group.stream().limit(MANY).map(Fault::subject).collect(Collectors.joining(", "));
    return new Finding(
        first.severity(),
        names + (group.size() > MANY ? " and " + (group.size() - MANY) + " more" : ""),
        (pods > 0 ? pods + " pods of " : "the same of ")
            + group.size()
            + "; the first: "
            + first.seen(),
        first.cause(),
        first.next(),
        first.notChecked());
  }
}
