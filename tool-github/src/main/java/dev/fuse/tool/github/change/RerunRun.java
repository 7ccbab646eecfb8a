package dev.fuse.tool.github.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.look.Actions;
import dev.fuse.tool.github.look.Run;
import java.util.Map;

/** Runs a run, its failed jobs or one job again, or cancels it. */
public final class RerunRun implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_run_rerun",
              "Rerun a whole run, its failed jobs or one job (with debug logs if wanted), cancel it, or approve one of a fork.",
              Reads.repository(
                  Schema.object()
                      .required("run", Schema.integer("Its id"))
                      .optional(
                          "what",
                          Schema.choice(
                                  "What is meant", "failed", "all", "job", "cancel", "approve")
                              .byDefault("failed"))
                      .optional("job", Schema.integer("The job's id, for what=job"))
                      .optional("debug", Schema.bool("With debug logs"))),
              Changes.ceiling(Risk.CRITICAL, Verb.EXECUTE))
          .keywords("rerun", "retry", "restart", "again", "cancel", "approve");

  private final Site site;

  public RerunRun(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    var what = arguments.string("what", "failed");
    var run = run(repository, arguments.longInteger("run", 0));
    check(run, what, arguments);
    var path = repository.path(path(run, what, arguments));
    boolean debug =
        arguments.bool("debug", false) && !what.equals("cancel") && !what.equals("approve");
    Map<String, Object> body = debug ? Map.of("enable_debug_logging", true) : Map.of();
    var summary =
        switch (what) {
          case "cancel" -> "cancel ";
          case "approve" -> "approve ";
          case "all" -> "rerun all jobs of ";
          case "job" -> "rerun job " + arguments.longInteger("job", 0) + " of ";
          default -> "rerun the failed jobs of ";
        };
    var target =
        Target.of(
            Reads.SYSTEM,
            "host",
            site.host(),
            "repository",
            repository.toString(),
            "workflow",
            run.path(),
            "branch",
            run.branch(),
            "name",
            String.valueOf(run.id()));
    return Changes.of(
            site,
            Changes.effect(Verb.EXECUTE, target, Dispatch.risk(run.workflow() + " " + run.path())),
            summary + run + " on " + run.branch() + " of " + repository,
            new Changes.Request("POST", path, body),
            (github, _) -> {
              github.send("POST", path, body.isEmpty() ? null : body);
              return ToolResult.ok(
                  "done: %s%s; gh_run_view with wait shows how it ends: %s"
                      .formatted(summary, run, run.url()));
            })
        .at(run.attempt() + run.outcome());
  }

  private Run run(RepoName repository, long id) {
    try {
      return new Actions(site.github(), repository).run(id);
    } catch (Refused refused) {
      throw refused.failure();
    }
  }

  private static void check(Run run, String what, Arguments arguments) {
    if (what.equals("cancel") == run.done() && !what.equals("approve")) {
      throw ToolFailure.invalid(
          run + " is " + run.outcome(),
          run.done() ? "there is nothing to cancel" : "wait for its end or cancel it first");
    }
    if (what.equals("job") && !arguments.has("job")) {
      throw ToolFailure.invalid("no job is named", "gh_run_view lists the jobs with their ids");
    }
    if (what.equals("approve") && !run.outcome().equals("action_required")) {
      throw ToolFailure.invalid(run + " is " + run.outcome() + " and waits for no approval", "");
    }
  }

  private static String path(Run run, String what, Arguments arguments) {
    var base = "/actions/runs/" + run.id();
    return switch (what) {
      case "cancel" -> base + "/cancel";
      case "approve" -> base + "/approve";
      case "all" -> base + "/rerun";
      case "job" -> "/actions/jobs/" + arguments.longInteger("job", 0) + "/rerun";
      default -> base + "/rerun-failed-jobs";
    };
  }
}
