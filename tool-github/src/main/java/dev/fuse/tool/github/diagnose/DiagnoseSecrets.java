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

/** Compares the secrets that workflows read with those that are defined. */
public final class DiagnoseSecrets implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_secrets_diagnose",
              "Compare the secrets and variables that workflows read with those defined, per scope and job: missing, misspelt, not passed, shadowed, unused, stale, keys that OIDC replaces.",
              Reads.repository(
                  Schema.object()
                      .optional("question", Schema.string("The person's question"))
                      .optional("ref", Schema.string("Branch or commit of the workflow files"))),
              Reads.CEILING)
          .keywords("secret", "token", "credential", "audit", "variable", "environment");

  private final Site site;
  private final Clock clock;

  public DiagnoseSecrets(Site site, Clock clock) {
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
    return Reads.of(
        site,
        repository,
        "secrets of " + repository,
        (github, _) -> {
          var diagnosis = new SecretsDiagnosis(github, repository, new Question(text), clock);
          var findings = diagnosis.findings(arguments.string("ref", ""));
          return ToolResult.ok("Secrets of " + repository + " on " + github.host() + ":")
              .findings(findings);
        });
  }
}
