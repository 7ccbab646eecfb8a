package dev.fuse.tool.github.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.log.Excerpt;
import dev.fuse.tool.github.log.Span;
import java.util.List;

/** Shows what is worth reading of a job's log. */
public final class RunLog implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_run_log",
              "Show what matters of a job's log: the failing step, windows around its errors, last lines, repeats folded; whatever the log's size.",
              Reads.repository(
                  Schema.object()
                      .optional("run", Schema.integer("A run's id: its first failed job"))
                      .optional("job", Schema.integer("A job's id"))
                      .optional("attempt", Schema.integer("Which attempt").range(1, 1000))
                      .optional(
                          "step", Schema.string("A part of a step's name; else the failing one"))
                      .optional(
                          "lines", Schema.integer("How many lines").range(5, 200).byDefault(30))),
              Reads.CEILING)
          .keywords("log", "output", "error", "step");

  private final Site site;

  public RunLog(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    if (!arguments.has("run") && !arguments.has("job")) {
      throw ToolFailure.invalid("neither a run nor a job is named", "gh_runs_list lists the runs");
    }
    return Reads.of(
        site,
        repository,
        "the log of a job in " + repository,
        (github, _) -> show(github, repository, arguments));
  }

  private static ToolResult show(GitHub github, RepoName repository, Arguments arguments) {
    var actions = new Actions(github, repository);
    var job = job(actions, arguments);
    var step =
        arguments
            .findString("step")
            .flatMap(
                part -> job.steps().stream().filter(it -> it.name().contains(part)).findFirst());
    var span = step.or(job::failing).map(JobRun.Step::span).orElse(Span.ALL);
    int most = arguments.integer("lines", 30);
    return ToolResult.ok(words(job, actions.log(job.id(), span), most));
  }

  private static JobRun job(Actions actions, Arguments arguments) {
    if (arguments.has("job")) {
      return new JobRun(
          actions
              .github()
              .get(actions.repository().path("/actions/jobs/" + arguments.longInteger("job", 0))));
    }
    long run = arguments.longInteger("run", 0);
    var jobs =
        arguments.has("attempt")
            ? actions.jobs(run, arguments.integer("attempt"))
            : actions.jobs(run);
    return jobs.stream()
        .filter(JobRun::failed)
        .findFirst()
        .or(() -> jobs.stream().findFirst())
        .orElseThrow(
            () ->
                ToolFailure.notFound(
                    "run '" + run + "' has no jobs",
                    "its workflow file may be invalid: gh_run_diagnose"));
  }

  private static String words(JobRun job, Excerpt log, int most) {
    var text =
        new StringBuilder(
            "job %s: %s%s; %d lines, %d bytes%s\n"
                .formatted(
                    job.name(),
                    job.outcome(),
                    job.failing().map(it -> " in step \"" + it.name() + "\"").orElse(""),
                    log.size().lines(),
                    log.size().bytes(),
                    log.size().cut() ? ", cut off while downloading" : ""));
    section(text, "around errors", log.quoted(most));
    section(text, "last lines", log.lastLines(Math.max(5, most / 3)));
    return text.append(job.url()).toString();
  }

  private static void section(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append(title).append(":\n");
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }
}
