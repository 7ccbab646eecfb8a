package dev.fuse.tool.github.diagnose;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Site;
import java.time.Clock;

/** Summarises a window of runs. */
public final class AnalyseRuns implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_runs_analyse",
              "Summarise runs of a workflow over days or weeks: success rate, p50 and p95, failures clustered with first bad commits, flaky tests, trend.",
              Reads.repository(
                  Schema.object()
                      .optional(
                          "workflow", Schema.string("Name or file; else that of the question"))
                      .optional(
                          "days", Schema.integer("How many days back").range(1, 400).byDefault(28))
                      .optional("question", Schema.string("The person's question"))),
              Reads.CEILING)
          .keywords("trend", "rate", "flaky", "statistics", "weeks", "duration");

  private final Site site;
  private final Clock clock;

  public AnalyseRuns(Site site, Clock clock) {
    this.site = site;
    this.clock = clock;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var text = arguments.string("question", "");
    var repository = site.repository(arguments.string("repository", ""), text);
    var asked = new Question(text);
    var question =
        asked.window().isPresent()
            ? asked
            : new Question(text + " last " + arguments.integer("days", 28) + " days");
    return Reads.of(
        site,
        repository,
        "runs of " + repository + " over a window",
        (github, _) -> {
          var analysis =
              new WindowAnalysis(github, repository, clock)
                  .of(arguments.string("workflow", ""), question);
          return ToolResult.ok(analysis.text()).findings(analysis.findings());
        });
  }
}
