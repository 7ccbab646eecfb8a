package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.look.JobRun;
import dev.fuse.tool.github.look.Run;
import dev.fuse.tool.github.look.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The failures of a window, clustered by what their logs say. */
final class Failures {

  /** Each log costs three requests: jobs, log, download. */
  private static final int LOGS = 17;

  private static final Duration RETENTION = Duration.ofDays(90);

  private final Actions actions;
  private final Told told;
  private final Clock clock;

  Failures(Actions actions, Told told, Clock clock) {
    this.actions = actions;
    this.told = told;
    this.clock = clock;
  }

  /** A run with the story of its failed job, if that could be read. */
  private record Read(Run run, Optional<Story> story, boolean expired, boolean retried) {}

  void tell(List<Run> runs) {
    var old = clock.instant().minus(RETENTION);
    var bad = runs.stream().filter(it -> it.failed() || it.cancelled()).toList();
    var flaky = runs.stream().filter(it -> it.succeeded() && it.attempt() > 1).toList();
    var young = new ArrayList<Run>();
    var aged = new ArrayList<Run>();
    for (var run : bad) {
      (run.created().isBefore(old) ? aged : young).add(run);
    }
    var chosen = new ArrayList<>(spread(young.stream().filter(Run::failed).toList(), LOGS - 5));
    spread(young.stream().filter(Run::cancelled).toList(), 1).forEach(chosen::add);
    aged.stream().max(Comparator.comparing(Run::created)).ifPresent(chosen::add);
    spread(flaky.stream().filter(it -> !it.created().isBefore(old)).toList(), 3)
        .forEach(chosen::add);
    var read = chosen.isEmpty() ? List.<Read>of() : Parallel.map(chosen, this::read);
    clusters(read, runs);
    expired(read, runs, old);
    long unread =
        bad.size() + flaky.size() - read.stream().filter(it -> it.story().isPresent()).count();
    if (unread > 0) {
      told.notRead(
          "the logs of %d of %d failed, cancelled or retried runs; they are counted by their neighbours"
              .formatted(unread, bad.size() + flaky.size()));
    }
  }

  /** At most so many of these, the first and the last among them. */
  private static List<Run> spread(List<Run> runs, int most) {
    if (runs.size() <= most) {
      return runs;
    }
    var some = new ArrayList<Run>();
    for (int i = 0; i < most; i++) {
      some.add(runs.get(most == 1 ? runs.size() - 1 : i * (runs.size() - 1) / (most - 1)));
    }
    return some;
  }

  private Read read(Run run) {
    boolean retried = run.succeeded();
    try {
      var jobs = retried ? actions.jobs(run.id(), run.attempt() - 1) : actions.jobs(run.id());
      var job =
          jobs.stream()
              .filter(it -> it.failed() || it.cancelled())
              .min(Comparator.comparing((JobRun it) -> !it.failed()));
      if (job.isEmpty()) {
        return new Read(run, Optional.empty(), false, retried);
      }
      var story =
          run.cancelled()
              ? Story.of(actions, job.get())
              : new Story(job.get(), actions.log(job.get()), List.of(), "");
      return story.unread().isEmpty()
          ? new Read(run, Optional.of(story), false, retried)
          : new Read(run, Optional.empty(), true, retried);
    } catch (Refused refused) {
      return new Read(run, Optional.empty(), refused.absent(), retried);
    }
  }

  private void clusters(List<Read> read, List<Run> runs) {
    var clusters = new LinkedHashMap<String, List<Read>>();
    for (var each : read) {
      each.story()
          .ifPresent(
              story ->
                  clusters.computeIfAbsent(story.fingerprint(), _ -> new ArrayList<>()).add(each));
    }
    clusters.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<String, List<Read>> it) -> -it.getValue().size()))
        .limit(10)
        .forEach(it -> tell(it.getKey(), it.getValue(), runs));
  }

  private void tell(String print, List<Read> cluster, List<Run> runs) {
    var sample = cluster.getFirst();
    var story = sample.story().orElseThrow();
    boolean flaky = cluster.stream().allMatch(Read::retried);
    var numbers = cluster.stream().map(it -> "#" + it.run().number()).toList();
    var best =
        story
            .log()
            .best()
            .map(it -> it.lines().subList(it.lines().indexOf(it.line()), it.lines().size()));
    var quoted = best.orElseGet(() -> story.proof(2)).stream().filter(it -> !it.isBlank()).toList();
    told.add(
        Finding.warning(
            "%s: %s".formatted(story.cause().words(), shortened(print)),
            "%d of the runs read (%s), job %s%s\n    | %s\n    %s"
                .formatted(
                    cluster.size(),
                    String.join(", ", numbers),
                    story.job().name(),
                    story.step().isEmpty() ? "" : ", step \"" + story.step() + "\"",
                    String.join(
                        "\n    | ",
                        quoted.stream().limit(2).map(it -> shortened(it.strip())).toList()),
                    story.job().url()),
            flaky
                ? "flaky: it failed and then passed on the same commit on a later attempt"
                : story.cause().byChance() ? passing(cluster, runs) : stretches(cluster, runs),
            story.cause().heals()));
  }

  /** Where runs in a row failed: when it broke, by what, until when. */
  private static String stretches(List<Read> cluster, List<Run> runs) {
    var parts = new ArrayList<String>();
    var told = new ArrayList<Run>();
    for (var each : cluster) {
      var history = History.around(each.run(), runs);
      var streak = history.streak(each.run());
      var first = streak.isEmpty() ? each.run() : streak.getLast();
      if (told.contains(first) || parts.size() == 4) {
        continue;
      }
      told.add(first);
      var green = history.greenBefore(each.run());
      parts.add(
          "first bad %s by %s (#%d, %s)%s%s"
              .formatted(
                  first.shortSha(),
                  first.author().isEmpty() ? first.actor() : first.author(),
                  first.number(),
                  Times.day(first.created()),
                  green.map(it -> " after green " + it.shortSha()).orElse(""),
                  history
                      .greenAfter(each.run())
                      .map(it -> ", until #" + it.number())
                      .orElse(", still red")));
    }
    return String.join("; ", parts);
  }

  private void expired(List<Read> read, List<Run> runs, Instant old) {
    boolean gone = read.stream().anyMatch(Read::expired);
    long count = runs.stream().filter(it -> it.created().isBefore(old)).count();
    if (gone && count > 0) {
      told.notRead(
          "the logs of the oldest %d runs, before %s: they have expired (410)"
              .formatted(count, Times.day(old)));
      told.add(
          Finding.info(
              "logs",
              "the logs of the oldest %d runs, before %s, are no longer available (410): their failures could not be read"
                  .formatted(count, Times.day(old))));
    }
  }

  /** Trouble that comes and goes without a commit's doing. */
  private static String passing(List<Read> cluster, List<Run> runs) {
    boolean over =
        cluster.stream()
            .allMatch(it -> History.around(it.run(), runs).greenAfter(it.run()).isPresent());
    return over
        ? "no commit's doing: later runs passed again"
        : "the latest of them has not passed again yet";
  }

  private static String shortened(String text) {
    return text.length() > 110 ? text.substring(0, 110) + "…" : text;
  }
}
