package dev.fuse.tool.kubernetes.diagnose;

import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What of an examination was asked about.
 *
 * @param name a workload, pod or other object; empty for everything
 * @param missing whether nothing of that name was seen
 */
record Focus(String name, boolean missing) {

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
      return new Focus(name, !seen);
    }
    var asked = asked(examined, question);
    return new Focus(asked.orElse(""), false);
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
    return name.isEmpty() || fault.concerns(name) || fault.concerns(owner());
  }

  /** The name without what a ReplicaSet and a pod add to it. */
  private String owner() {
    return name.replaceFirst("-[a-z0-9]{8,10}-[a-z0-9]{5}$", "");
  }
}
