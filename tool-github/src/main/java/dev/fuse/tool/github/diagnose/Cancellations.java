package dev.fuse.tool.github.diagnose;

import dev.fuse.tool.github.look.Run;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs that were cancelled, of which often one stands for many. */
final class Cancellations {

  private Cancellations() {}

  /** Cancelled runs of one workflow beside the first, which need no telling of their own. */
  static Set<Run> of(List<Run> runs, List<Run> red) {
    var seen = new HashSet<Long>();
    var others = new HashSet<Run>();
    for (var run : red) {
      boolean failed =
          runs.stream().anyMatch(it -> it.failed() && it.workflowId() == run.workflowId());
      if (run.cancelled() && (!seen.add(run.workflowId()) || (failed && red.size() > 1))) {
        others.add(run);
      }
    }
    return others;
  }

  /** How many of a workflow's runs were cancelled, and by which newer run each. */
  static String words(Run run, List<Run> runs) {
    var cancelled =
        runs.stream()
            .filter(it -> it.workflowId() == run.workflowId() && it.cancelled())
            .sorted(Comparator.comparing(Run::created))
            .toList();
    if (cancelled.size() < 2) {
      return "";
    }
    var numbers = cancelled.stream().map(it -> "#" + it.number()).limit(6).toList();
    return "%d runs of %s were cancelled: %s"
        .formatted(cancelled.size(), run.workflow(), String.join(", ", numbers));
  }
}
