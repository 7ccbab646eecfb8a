package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.log.Cause;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.look.JobRun;
import dev.fuse.tool.github.look.Run;
import dev.fuse.tool.github.look.Times;
import dev.fuse.tool.github.workflow.Validation;
import dev.fuse.tool.github.workflow.WorkflowFile;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out why runs failed, since when, and what heals them. */
public final class RunDiagnosis {

  private static final int RUNS = 100;
  private static final int JOBS = 4;

  private final Actions actions;
  private final Question question;
  private final Clock clock;
  private final Told told = new Told();

  public RunDiagnosis(GitHub github, RepoName repository, Question question, Clock clock) {
    this.actions = new Actions(github, repository);
    this.question = question;
    this.clock = clock;
  }

  /**
   * What is wrong, the decisive first.
   *
   * @param workflow a name or file; may be empty
   * @param run a run's id; 0 where the question says which
   */
  public List<Finding> findings(String workflow, long run) {
    var repository = Parallel.begin(() -> actions.github().get(actions.repository().path("")));
    var files = Parallel.begin(() -> actions.workflowFiles(""));
    var known = Parallel.begin(actions::workflows);
    long wanted = run > 0 ? run : question.run();
    if (wanted > 0) {
      var one = actions.run(wanted);
      examine(one, actions.runs(one.workflowId(), "", RUNS).runs());
    } else {
      var latest = Parallel.begin(() -> actions.runs(0, "", RUNS));
      var scope = new Scope(actions, question, repository.get(), told);
      var chosen = Choice.of(workflow, words(), known.get(), files.get().files());
      search(scope.runs(latest.get().runs(), chosen, known.get()), repository.get(), chosen);
    }
    if (told.silent()) {
      told.add(new Standstill(known.get(), files.get().files(), clock.instant()).words(actions));
    }
    rate();
    return told.findings();
  }

  private Set<String> words() {
    var words = new LinkedHashSet<>(question.words());
    words.removeAll(Question.words(actions.repository().toString()));
    return words;
  }

  private void search(List<Run> runs, Node repository, List<String> chosen) {
    var selection = new Selection(question, repository.text("default_branch"));
    var red = selection.of(runs);
    var flaky = new Flakiness(actions, told, clock);
    if (question.flaky()) {
      flaky.tell(runs);
      if (!told.silent()) {
        return;
      }
    }
    if (red.isEmpty()
        && !chosen.isEmpty()
        && !question.says("\\bhealthy\\b|anything wrong|all (well|green|ok)")) {
      selection.past(runs).forEach(run -> past(run, runs));
    }
    var replaced = Cancellations.of(runs, red);
    for (var run : red) {
      if (!replaced.contains(run)) {
        examine(run, runs);
      }
    }
    if (told.silent() && !runs.isEmpty()) {
      flaky.tell(runs);
    }
    if (told.silent() && !runs.isEmpty()) {
      told.add(well(runs));
    }
  }

  /** A failure that is over. */
  private void past(Run run, List<Run> runs) {
    examine(run, runs);
    History.around(run, runs)
        .greenAfter(run)
        .ifPresent(
            green ->
                told.add(
                    Finding.info(
                        run.workflow(),
                        "it has passed again since run #%d on %s"
                            .formatted(green.number(), green.shortSha()))));
  }

  private void examine(Run run, List<Run> runs) {
    if (!run.done()) {
      told.add(Finding.info(run.toString(), "it is still " + run.outcome() + ": " + run.url()));
      return;
    }
    var file = Parallel.begin(() -> actions.workflowFile(run.path(), run.sha()));
    var jobs = actions.jobs(run.id());
    if (run.outcome().equals("startup_failure") || jobs.isEmpty()) {
      invalid(run, file.get(), History.around(run, runs));
      return;
    }
    var bad = jobs.stream().filter(JobRun::failed).toList();
    if (bad.isEmpty()) {
      bad = jobs.stream().filter(JobRun::cancelled).toList();
    }
    if (bad.isEmpty()) {
      told.add(
          Finding.info(
              run.toString(),
              "its %d jobs ended well (%s): %s".formatted(jobs.size(), run.outcome(), run.url())));
      return;
    }
    tell(run, file.get(), bad, History.around(run, runs), runs);
  }

  private void tell(
      Run run, Optional<WorkflowFile> file, List<JobRun> bad, History history, List<Run> runs) {
    var read = bad.stream().sorted(Comparator.comparing(JobRun::id)).limit(JOBS).toList();
    var stories = Parallel.map(read, job -> Story.of(actions, job));
    if (bad.size() > read.size()) {
      told.notRead((bad.size() - read.size()) + " more failed jobs of " + run);
    }
    stories.stream()
        .filter(it -> it.log().size().cut())
        .forEach(
            it ->
                told.notRead(
                    "the end of the log of job " + it.job().name() + ": the download broke off"));
    var telling = new Telling(run, file, clock.instant());
    var done = new ArrayList<String>();
    for (var story : stories) {
      if (done.contains(story.fingerprint() + story.cause())) {
        continue;
      }
      done.add(story.fingerprint() + story.cause());
      var others =
          stories.stream()
              .filter(
                  it ->
                      it.job().id() != story.job().id()
                          && it.fingerprint().equals(story.fingerprint()))
              .map(it -> it.job().name())
              .toList();
      var since =
          story.cause() == Cause.CANCELLED
              ? Cancellations.words(run, runs)
              : new Origin(actions, told).of(run, story, history);
      var secrets = new EmptySecrets(actions, told, clock).of(run, story);
      secrets.forEach(told::add);
      told.add(telling.of(story, since, others));
      if (story.cause() == Cause.RUNNER) {
        new RunnerState(actions, told).tell(story);
      }
    }
  }

  private void invalid(Run run, Optional<WorkflowFile> file, History history) {
    var problems = file.map(Validation::problems).orElse(List.of());
    var first = history.streak(run).stream().reduce((newer, older) -> older).orElse(run);
    var green = history.greenBefore(run);
    var since =
        "since commit %s by %s (\"%s\"), run #%d%s"
            .formatted(
                first.shortSha(),
                first.author(),
                first.message(),
                first.number(),
                green
                    .map(it -> "; last green run #" + it.number() + " on " + it.shortSha())
                    .orElse(""));
    told.add(
        Finding.error(
            "%s (%s)".formatted(run.path(), run.shortSha()),
            "%s ended as %s with no jobs: the workflow file is invalid%s\n    %s"
                .formatted(
                    run,
                    run.outcome(),
                    problems.isEmpty() ? "" : ": " + String.join("; ", problems),
                    run.url()),
            "workflow file: GitHub refuses it before any job begins, " + since,
            "correct " + run.path() + " and push"));
  }

  private Finding well(List<Run> runs) {
    long success = runs.stream().filter(Run::succeeded).count();
    long others = runs.stream().filter(Run::done).count() - success;
    var latest = runs.stream().max(Comparator.comparing(Run::created)).orElseThrow();
    return Finding.info(
        actions.repository().toString(),
        "no failure among the latest %d runs: %d succeeded%s; the latest, %s on %s, %s"
            .formatted(
                runs.size(),
                success,
                others > 0 ? ", " + others + " were skipped or cancelled" : "",
                latest,
                latest.branch(),
                Times.ago(latest.created(), clock.instant())));
  }

  private void rate() {
    actions.github().rate().scarce().ifPresent(it -> told.notRead("rate limit: " + it));
  }
}
