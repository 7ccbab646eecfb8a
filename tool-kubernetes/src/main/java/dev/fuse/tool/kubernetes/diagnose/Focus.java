package dev.fuse.tool.kubernetes.diagnose;

import dev.fuse.spi.Finding.Severity;
import dev.fuse.tool.kubernetes.diagnose.seen.Dependencies;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What of an examination was asked about.
 *
 * @param name a workload, pod or other object; empty for everything
 * @param missing whether nothing of that name was seen
 * @param reached what was named and all that stands behind it
 * @param faults all that were found
 */
record Focus(String name, boolean missing, Set<String> reached, Faults faults) {

  /** The given name, else a workload that the question names. */
  static Focus of(Examination examined, String name, String question) {
    var workloads = examined.workloads();
    if (!name.isEmpty()) {
      boolean seen =
          workloads.keySet().stream().anyMatch(key -> key.endsWith("/" + name))
              || workloads.values().stream()
                  .flatMap(List::stream)
                  .anyMatch(pod -> pod.name().equals(name))
              || examined.faults().all().stream().anyMatch(fault -> fault.concerns(name));
      return of(examined, name, !seen);
    }
    var asked = asked(examined, question);
    return of(examined, asked.orElse(""), false);
  }

  /** With all that stands behind what is named, where the cause may be. */
  private static Focus of(Examination examined, String name, boolean missing) {
    if (name.isEmpty()) {
      return new Focus(name, missing, Set.of(), examined.faults());
    }
    var dependencies = Dependencies.of(examined.snapshot());
    var named = dependencies.known().stream().filter(ref -> last(ref).equals(name)).toList();
    return new Focus(name, missing, dependencies.reach(named), examined.faults());
  }

  /** The longest name of a fault's subject or of a workload that stands in the question. */
  private static Optional<String> asked(Examination examined, String question) {
    return Stream.concat(
            examined.faults().all().stream().map(Fault::subject),
            examined.workloads().keySet().stream())
        .map(Focus::last)
        .filter(name -> name.length() > 2 && question.contains(name) && names(question, name))
        .max(Comparator.comparingInt(String::length));
  }

  private static boolean names(String question, String name) {
    return Pattern.compile("(^|[^a-z0-9-])" + Pattern.quote(name) + "($|[^a-z0-9-])")
        .matcher(question)
        .find();
  }

  private static String last(String subject) {
    return subject.replaceFirst(".*[/ ]", "");
  }

  boolean concerns(Fault fault) {
    return name.isEmpty()
        || fault.concerns(name)
        || fault.concerns(owner())
        || (fault.severity() != Severity.INFO && faults.concerns(fault, reached));
  }

  /** The name without what a ReplicaSet and a pod add to it. */
  private String owner() {
    return name.replaceFirst("-[a-z0-9]{8,10}-[a-z0-9]{5}$", "");
  }
}
