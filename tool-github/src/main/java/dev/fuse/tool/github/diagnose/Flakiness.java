package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.look.JobRun;
import dev.fuse.tool.github.look.Run;
import dev.fuse.tool.github.look.Times;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Runs that failed and then passed on the same commit: flaky by construction. */
final class Flakiness {

  private static final int READ = 4;

  private final Actions actions;
  private final Told told;
  private final Clock clock;

  Flakiness(Actions actions, Told told, Clock clock) {
    this.actions = actions;
    this.told = told;
    this.clock = clock;
  }

  /** A failed first attempt, with what failed in it. */
  private record Proof(Run run, Story story) {}

  void tell(List<Run> runs) {
    var again =
        runs.stream()
            .filter(it -> it.succeeded() && it.attempt() > 1)
            .sorted(Comparator.comparing(Run::created).reversed())
            .toList();
    var read = again.subList(0, Math.min(READ, again.size()));
    var groups = new LinkedHashMap<String, List<Proof>>();
    if (!read.isEmpty()) {
      Parallel.map(read, this::proof).stream()
          .flatMap(Optional::stream)
          .forEach(
              it ->
                  groups.computeIfAbsent(it.story().fingerprint(), _ -> new ArrayList<>()).add(it));
    }
    groups.values().forEach(this::tellGroup);
    if (again.size() > read.size()) {
      told.notRead((again.size() - read.size()) + " more runs that passed on a later attempt");
    }
  }

  private Optional<Proof> proof(Run run) {
    try {
      var jobs = actions.jobs(run.id(), run.attempt() - 1);
      return jobs.stream()
          .filter(JobRun::failed)
          .findFirst()
          .map(job -> new Proof(run, Story.of(actions, job)));
    } catch (Refused refused) {
      told.notRead(run + ", attempt " + (run.attempt() - 1) + ": " + refused.problem());
      return Optional.empty();
    }
  }

  private void tellGroup(List<Proof> proofs) {
    var first = proofs.getFirst();
    var story = first.story();
    var runs =
        proofs.stream()
            .map(
                it ->
                    "#%d on %s (attempt %d failed, attempt %d passed)"
                        .formatted(
                            it.run().number(),
                            it.run().shortSha(),
                            it.run().attempt() - 1,
                            it.run().attempt()))
            .toList();
    var infrastructure = story.cause().infrastructure();
    told.add(
        Finding.warning(
            "%s, job %s (%s)"
                .formatted(
                    first.run().workflow(),
                    story.job().name(),
                    Times.ago(first.run().created(), clock.instant())),
            "it failed and then passed on the same commit, without a code change: "
                + String.join(", ", runs)
                + "\n    | "
                + String.join("\n    | ", story.proof(8))
                + "\n    "
                + story.job().url(),
            (infrastructure ? story.cause().words() : "flaky " + story.cause().words())
                + (story.log().tests().isEmpty()
                    ? ""
                    : ": " + String.join(", ", story.log().tests())),
            infrastructure
                ? story.cause().heals()
                : "fix what the test depends on (time, order, shared state, network); until then a rerun of the failed jobs passes"));
  }
}
