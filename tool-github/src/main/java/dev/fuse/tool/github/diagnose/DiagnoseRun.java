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

/** Finds out why runs of GitHub Actions fail. */
public final class DiagnoseRun implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_run_diagnose",
              "Find out why GitHub Actions runs fail: class, quoted log lines, first bad commit, flaky or not, empty secrets, what heals it.",
              Reads.repository(
                  Schema.object()
                      .optional("question", Schema.string("The person's question"))
                      .optional("run", Schema.string("A run's id or URL"))
                      .optional("workflow", Schema.string("Its name or file"))),
              Reads.CEILING)
          .keywords("ci", "pipeline", "build", "flaky", "failed", "red", "job");

  private final Site site;
  private final Clock clock;

  public DiagnoseRun(Site site, Clock clock) {
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
    var run = arguments.string("run", "");
    var repository = site.repository(arguments.string("repository", ""), text + " " + run);
    long id = number(run);
    return Reads.of(
        site,
        repository,
        "why runs of " + repository + " fail",
        (github, _) -> {
          var question = new Question(text);
          if (question.window().isPresent() && id == 0) {
            var analysis =
                new WindowAnalysis(github, repository, clock)
                    .of(arguments.string("workflow", ""), question);
            return ToolResult.ok(analysis.text()).findings(analysis.findings());
          }
          var findings =
              new RunDiagnosis(github, repository, question, clock)
                  .findings(arguments.string("workflow", ""), id);
          return ToolResult.ok("Runs of " + repository + " on " + github.host() + ":")
              .findings(findings);
        });
  }

  private static long number(String run) {
    var digits = run.replaceAll("^.*runs/(\\d+).*$", "$1").strip();
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
  }
}
