package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.github.log.Cause;
import dev.fuse.tool.github.log.Window;
import dev.fuse.tool.github.look.JobRun;
import dev.fuse.tool.github.look.Run;
import dev.fuse.tool.github.look.Times;
import dev.fuse.tool.github.workflow.Job;
import dev.fuse.tool.github.workflow.WorkflowFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Words for a failed job: class, proof, what heals it. */
final class Telling {

  private static final int QUOTED = 10;
  private static final int LINE = 140;

  private final Run run;
  private final Optional<WorkflowFile> file;
  private final Instant now;

  Telling(Run run, Optional<WorkflowFile> file, Instant now) {
    this.run = run;
    this.file = file;
    this.now = now;
  }

  /**
   * What happened in a job.
   *
   * @param since what its history says; may be empty
   * @param others names of jobs that failed in the same way
   */
  Finding of(Story story, String since, List<String> others) {
    var cause = story.cause();
    var parts = new ArrayList<String>();
    parts.add(headline(story, cause));
    if (!since.isEmpty()) {
      parts.add(since);
    }
    if (!others.isEmpty()) {
      parts.add("the same in " + String.join(", ", others));
    }
    var finding =
        new Finding(
            severity(cause),
            subject(story.job()),
            seen(story),
            String.join("; ", parts),
            next(story, cause),
            List.of());
    return story.unread().isEmpty() ? finding : finding.notChecked(story.unread());
  }

  private static Finding.Severity severity(Cause cause) {
    return cause == Cause.CANCELLED ? Finding.Severity.WARNING : Finding.Severity.ERROR;
  }

  private String subject(JobRun job) {
    var step = job.failing().map(it -> ", step \"" + it.name() + "\"").orElse("");
    return "%s, job %s%s (%s, %s)"
        .formatted(run, job.name(), step, run.shortSha(), Times.ago(run.created(), now));
  }

  private static String seen(Story story) {
    var proof = story.proof(QUOTED);
    var ended =
        "it ended as " + story.job().outcome() + " after " + Times.words(story.job().took());
    var exit = story.exit() > 0 ? " with exit code " + story.exit() : "";
    var quoted = proof.isEmpty() ? "" : "\n    | " + String.join("\n    | ", proof);
    var folder = story.unread().isEmpty() ? "" : "; " + story.unread();
    return ended + exit + folder + quoted + "\n    " + story.job().url();
  }

  private String headline(Story story, Cause cause) {
    var tests = story.log().tests();
    var job = job(story);
    return switch (cause) {
      case TEST ->
          tests.isEmpty()
              ? cause.words()
              : cause.words()
                  + ": "
                  + String.join(", ", tests.stream().limit(5).toList())
                  + (tests.size() > 5 ? " and " + (tests.size() - 5) + " more" : "");
      case TIMEOUT -> timeout(job);
      case RUNNER ->
          "%s: %s %s went away while the job ran"
              .formatted(cause.words(), "the runner", runner(story));
      case CANCELLED -> cancelled(story);
      case PERMISSION -> permission(story, job);
      case COMMAND -> command(story);
      default -> told(story, cause);
    };
  }

  /** The class and the line that says it. */
  private static String told(Story story, Cause cause) {
    var line = story.log().best().filter(Window::strong).map(it -> it.line().strip()).orElse("");
    var shown = line.replaceFirst("^(?:##\\[error]|[│|]\\s*)", "");
    if (shown.isEmpty()) {
      return cause.words() + (story.step().isEmpty() ? "" : ": \"" + story.step() + "\"");
    }
    return cause.words() + ": " + (shown.length() > LINE ? shown.substring(0, LINE) + "…" : shown);
  }

  private static String command(Story story) {
    if (!story.unread().isEmpty()) {
      return "the cause cannot be told: "
          + (story.expired() ? "its log has expired" : "its log could not be read");
    }
    return told(story, Cause.COMMAND);
  }

  private static String timeout(Optional<Job> job) {
    long minutes = job.map(Job::timeoutMinutes).orElse(0L);
    return "timeout: the job exceeded its maximum execution time"
        + (minutes > 0
            ? " (timeout-minutes: " + minutes + ")"
            : " (360 minutes unless timeout-minutes says otherwise)")
        + "; the last lines show what it was waiting for";
  }

  private String cancelled(Story story) {
    var group = file.flatMap(WorkflowFile::concurrency);
    var ending = story.ending();
    if (!ending.isEmpty() && group.isPresent()) {
      return "a newer run replaced it: concurrency group '%s' has cancel-in-progress: %s"
          .formatted(
              group.get().group(),
              group.get().cancels().isEmpty() ? "false" : group.get().cancels());
    }
    return ending.isEmpty() ? "it was cancelled" : "a newer run replaced it (concurrency)";
  }

  private String permission(Story story, Optional<Job> job) {
    var given = story.log().head().permissions();
    var wanted = Permissions.wanted(story, run.path());
    var block =
        job.map(it -> it.node().at("permissions").present()).orElse(false)
                || file.map(it -> it.node().at("permissions").present()).orElse(false)
            ? "its permissions block does not grant it"
            : "there is no permissions block, so the default of the repository holds";
    return "GITHUB_TOKEN lacks %s: the job had %s; %s"
        .formatted(
            wanted, given.isEmpty() ? "the default permissions" : String.join(", ", given), block);
  }

  private static String runner(Story story) {
    return story.job().runner().isEmpty() ? story.log().head().runner() : story.job().runner();
  }

  private Optional<Job> job(Story story) {
    return file.flatMap(it -> it.shownAs(story.job().name()));
  }

  private String next(Story story, Cause cause) {
    return switch (cause) {
      case PERMISSION ->
          "add `permissions: %s` to the job (or the workflow)"
              .formatted(Permissions.wanted(story, run.path()));
      case CANCELLED ->
          story.ending().isEmpty()
              ? "rerun it if its result is needed"
              : "set cancel-in-progress: false if each run must end; the newest run counts";
      case COMMAND ->
          story.unread().isEmpty() ? cause.heals() : "rerun it for a fresh log: gh_run_rerun";
      default -> cause.heals();
    };
  }
}
