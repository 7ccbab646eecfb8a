package dev.fuse.tool.github.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Shows one run with its jobs and steps, and waits for its end if asked. */
public final class ViewRun implements Tool {

  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_run_view",
              "Show a run: jobs, steps, times, annotations, artifacts, an earlier attempt. With wait, until it has ended or the call's time is up.",
              Reads.repository(
                  Schema.object()
                      .required("run", Schema.integer("Its id"))
                      .optional("attempt", Schema.integer("Which attempt").range(1, 1000))
                      .optional("wait", Schema.bool("Wait for its end"))),
              Reads.CEILING)
          .keywords("run", "job", "step", "wait", "artifact", "watch");

  private final Site site;
  private final Clock clock;

  public ViewRun(Site site, Clock clock) {
    this.site = site;
    this.clock = clock;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    long id = arguments.longInteger("run", 0);
    var action =
        Reads.of(
            site,
            repository,
            "run " + id + " of " + repository,
            (github, running) -> {
              if (arguments.bool("wait", false)) {
                await(github, repository, id, running);
              }
              return view(github, repository, id, arguments.integer("attempt", 0));
            });
    return arguments.bool("wait", false) ? action.within(Duration.ofMinutes(30)) : action;
  }

  private static void await(GitHub github, RepoName repository, long id, Call call) {
    var actions = new Actions(github, repository);
    var seen = "";
    while (!call.cancelled()
        && Instant.now().plus(BETWEEN.multipliedBy(2)).isBefore(call.deadline())) {
      var run = actions.run(id);
      if (run.done()) {
        return;
      }
      var jobs = actions.jobs(id);
      long done = jobs.stream().filter(it -> it.node().text("status").equals("completed")).count();
      var now = "%s is %s, %d of %d jobs done".formatted(run, run.outcome(), done, jobs.size());
      if (!now.equals(seen)) {
        call.progress(now);
        seen = now;
      }
      try {
        Thread.sleep(BETWEEN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private ToolResult view(GitHub github, RepoName repository, long id, int attempt) {
    var actions = new Actions(github, repository);
    var jobs = Parallel.begin(() -> attempt > 0 ? actions.jobs(id, attempt) : actions.jobs(id));
    var artifacts = Parallel.begin(() -> artifacts(actions, id));
    var run = actions.run(id);
    var text =
        new StringBuilder(
            "%s (%s): %s, attempt %d, %s on %s at %s by %s, %s, %s\n%s\n"
                .formatted(
                    run,
                    run.path(),
                    run.outcome(),
                    run.attempt(),
                    run.event(),
                    run.branch(),
                    run.shortSha(),
                    run.actor(),
                    Times.words(run.took()),
                    Times.ago(run.created(), clock.instant()),
                    run.url()));
    for (var job : jobs.get()) {
      text.append("job ")
          .append(job.id())
          .append(' ')
          .append(job.name())
          .append(": ")
          .append(job.outcome())
          .append(", ")
          .append(Times.words(job.took()));
      text.append(job.runner().isEmpty() ? "" : ", on " + job.runner()).append('\n');
      for (var step : job.steps()) {
        if (!step.outcome().equals("success")) {
          text.append("  step ")
              .append(step.number())
              .append(" \"")
              .append(step.name())
              .append("\": ")
              .append(step.outcome())
              .append('\n');
        }
      }
      if (job.failed()) {
        for (var note : actions.annotations(job)) {
          text.append("  ")
              .append(note.text("annotation_level"))
              .append(": ")
              .append(note.text("message").lines().findFirst().orElse(""))
              .append('\n');
        }
      }
    }
    for (var artifact : artifacts.get()) {
      text.append("artifact ")
          .append(artifact.text("name"))
          .append(", ")
          .append(artifact.number("size_in_bytes"))
          .append(" bytes")
          .append(artifact.flag("expired") ? ", expired" : "")
          .append('\n');
    }
    return ToolResult.ok(text.toString());
  }

  private static List<Node> artifacts(Actions actions, long id) {
    try {
      return actions.list("/actions/runs/" + id + "/artifacts", "artifacts", 50).items();
    } catch (Refused refused) {
      if (refused.kind() == Kind.CREDENTIALS) {
        throw refused;
      }
      return List.of();
    }
  }
}
