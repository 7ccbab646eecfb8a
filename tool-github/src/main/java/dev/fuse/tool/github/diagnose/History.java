package dev.fuse.tool.github.diagnose;

import dev.fuse.tool.github.look.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The runs of one workflow on one branch, the newest first.
 *
 * @param runs those that ended with success or failure
 */
record History(List<Run> runs) {

  /** Of all runs those of the same workflow, branch and kind of event as this one. */
  static History around(Run run, List<Run> all) {
    return new History(
        all.stream()
            .filter(it -> it.workflowId() == run.workflowId())
            .filter(it -> it.branch().equals(run.branch()) && it.fork().equals(run.fork()))
            .filter(
                it ->
                    it.event().startsWith("pull_request") == run.event().startsWith("pull_request"))
            .filter(it -> it.failed() || it.succeeded())
            .sorted(Comparator.comparing(Run::created).reversed())
            .toList());
  }

  /** The failed runs in a row that end with this one, the newest first. */
  List<Run> streak(Run run) {
    var streak = new ArrayList<Run>();
    for (var each : runs) {
      if (each.created().isAfter(run.created())) {
        continue;
      }
      if (!each.failed()) {
        break;
      }
      streak.add(each);
    }
    return streak;
  }

  /** The last success before this run. */
  Optional<Run> greenBefore(Run run) {
    return runs.stream()
        .filter(it -> it.created().isBefore(run.created()) && it.succeeded())
        .findFirst();
  }

  /** The first success after this run. */
  Optional<Run> greenAfter(Run run) {
    return runs.stream()
        .filter(it -> it.created().isAfter(run.created()) && it.succeeded())
        .reduce((newer, older) -> older);
  }

  /** Another run of the same commit that ended otherwise: proof of flakiness. */
  Optional<Run> contradiction(Run run) {
    return runs.stream()
        .filter(it -> it.sha().equals(run.sha()) && it.succeeded() && it.id() != run.id())
        .findFirst();
  }
}
