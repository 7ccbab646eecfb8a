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
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists runs of workflows. */
public final class ListRuns implements Tool {

  private static final List<String> FILTERS =
      List.of("branch", "event", "status", "actor", "created");

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_runs_list",
              "List runs of GitHub Actions, the newest first, by workflow, branch, event, status, actor, commit or date.",
              Reads.repository(
                  Schema.object()
                      .optional("workflow", Schema.string("Name or file"))
                      .optional("branch", Schema.string("A branch"))
                      .optional("event", Schema.string("Such as push"))
                      .optional("status", Schema.string("failure, success, in_progress, queued, …"))
                      .optional("actor", Schema.string("Who started it"))
                      .optional("sha", Schema.string("A full commit name"))
                      .optional(
                          "created",
                          Schema.string("Such as >=2026-07-01 or 2026-07-01..2026-08-01"))
                      .optional(
                          "limit",
                          Schema.integer("How many at most").range(1, 1000).byDefault(20))),
              Reads.CEILING)
          .keywords("run", "workflow", "ci", "build", "queued", "deployment");

  private final Site site;
  private final Clock clock;

  public ListRuns(Site site, Clock clock) {
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
    return Reads.of(
        site,
        repository,
        "runs of " + repository,
        (github, _) -> list(github, repository, arguments));
  }

  private ToolResult list(GitHub github, RepoName repository, Arguments arguments) {
    var actions = new Actions(github, repository);
    var query = new ArrayList<String>();
    for (var filter : FILTERS) {
      arguments
          .findString(filter)
          .ifPresent(value -> query.add(filter + "=" + Actions.encoded(value)));
    }
    arguments.findString("sha").ifPresent(value -> query.add("head_sha=" + Actions.encoded(value)));
    long workflow =
        arguments.findString("workflow").map(name -> workflow(actions, name)).orElse(0L);
    var runs = actions.runs(workflow, String.join("&", query), arguments.integer("limit", 20));
    var text =
        new StringBuilder(
            "id | workflow | outcome | branch | event | commit | actor | took | when\n");
    var rows = new ArrayList<Map<String, Object>>();
    for (var run : runs.runs()) {
      text.append(line(run)).append('\n');
      rows.add(row(run));
    }
    text.append(runs.runs().size()).append(" of ").append(runs.total()).append(" runs");
    return ToolResult.ok(text.toString()).structured(rows);
  }

  /** The id of a workflow by its name or file. */
  static long workflow(Actions actions, String name) {
    var known = actions.workflows();
    return known.stream()
        .filter(
            it ->
                it.text("name").equalsIgnoreCase(name)
                    || it.text("path").endsWith("/" + name)
                    || it.text("path").replaceAll("^.*/|\\.ya?ml$", "").equalsIgnoreCase(name))
        .findFirst()
        .map(it -> it.number("id"))
        .orElseThrow(
            () ->
                ToolFailure.notFound(
                    "there is no workflow '" + name + "' in " + actions.repository(),
                    "existing: "
                        + String.join(", ", known.stream().map(it -> it.text("name")).toList())));
  }

  private String line(Run run) {
    return String.join(
        " | ",
        String.valueOf(run.id()),
        run + (run.attempt() > 1 ? " attempt " + run.attempt() : ""),
        run.outcome(),
        run.branch() + (run.fork().isEmpty() ? "" : " of " + run.fork()),
        run.event(),
        run.shortSha(),
        run.actor(),
        Times.words(run.took()),
        Times.ago(run.created(), clock.instant()));
  }

  private static Map<String, Object> row(Run run) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", run.id());
    row.put("workflow", run.workflow());
    row.put("number", run.number());
    row.put("attempt", run.attempt());
    row.put("outcome", run.outcome());
    row.put("branch", run.branch());
    row.put("event", run.event());
    row.put("sha", run.sha());
    row.put("actor", run.actor());
    row.put("seconds", run.took().toSeconds());
    row.put("created", run.created().toString());
    row.put("url", run.url());
    return row;
  }
}
