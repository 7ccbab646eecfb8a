package dev.fuse.tool.kubernetes.diagnose.seen;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins problems to faults: what follows from another object's problem is told with that one. Of
 * two problems of one object both stay in one fault, the first as what is wrong and the second as
 * what follows.
 */
public final class Causes {

  private final Faults faults;
  private final Map<String, Problem> byObject = new LinkedHashMap<>();

  private Causes(Faults faults, List<Problem> problems) {
    this.faults = faults;
    problems.forEach(problem -> byObject.putIfAbsent(problem.about(), problem));
  }

  /** Adds these problems to the faults that are known; any order gives the same. */
  public static void join(List<Problem> problems, Faults faults) {
    var causes = new Causes(faults, problems);
    problems.forEach(
        problem -> {
          if (causes.root(problem, new HashSet<>()).isEmpty() && !problem.symptom()) {
            faults.add(fault(problem));
          }
        });
    problems.forEach(causes::follow);
  }

  private static Fault fault(Problem problem) {
    return new Fault(
        problem.severity(), problem.about(), problem.seen(), problem.cause(), problem.next());
  }

  private void follow(Problem problem) {
    var root = root(problem, new HashSet<>());
    if (root.isEmpty()) {
      return; // a symptom alone explains nothing
    }
    faults
        .find(root.get())
        .ifPresent(
            fault -> faults.hence(fault, problem.about(), problem.about() + " " + problem.seen()));
  }

  /** The object at the end of the chain behind a problem; empty where nothing is wrong there. */
  private Optional<String> root(Problem problem, Set<String> passed) {
    passed.add(problem.about());
    for (var object : problem.behind()) {
      if (passed.contains(object)) {
        continue;
      }
      var next = byObject.get(object);
      if (next != null) {
        var further = root(next, passed);
        if (further.isPresent() || !next.symptom()) {
          return Optional.of(further.orElse(object));
        }
      }
      var known = faults.behind(object);
      if (known.isPresent()) {
        return Optional.of(known.get().subject());
      }
    }
    return Optional.empty();
  }
}
