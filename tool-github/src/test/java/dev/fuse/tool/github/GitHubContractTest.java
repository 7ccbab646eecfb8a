package dev.fuse.tool.github;

import dev.fuse.spi.FusePlugin;
import dev.fuse.testkit.ToolContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class GitHubContractTest extends ToolContract {

  private static final String REPOSITORY = "acme/shop";

  private static final String RUN =
      "{\"id\": 7, \"name\": \"CI\", \"status\": \"completed\", \"conclusion\": \"failure\"}";
  private static final String WORKFLOWS =
      "{\"workflows\": [{\"id\": 1, \"name\": \"CI\", \"path\": \".github/workflows/ci.yml\", \"state\": \"active\"}]}";
  private static final String PENDING =
      "[{\"environment\": {\"id\": 1, \"name\": \"staging\"}, \"current_user_can_approve\": true}]";

  @TempDir Path root;
  private CannedGitHub github;

  @BeforeEach
  void start() throws IOException {
    github = new CannedGitHub();
    github
        .on("GET /repos/acme/shop", "{\"default_branch\": \"main\"}")
        .on("GET /repos/acme/shop/actions/runs/7", RUN)
        .on("GET /repos/acme/shop/actions/jobs/9", "{\"id\": 9, \"name\": \"test\"}")
        .on(
            "GET /repos/acme/shop/actions/jobs/9/logs",
            302,
            "",
            Map.of("Location", github.address() + "/blob"))
        .on("GET /blob", 200, "make: *** [all] Error 2\n", Map.of("Content-Type", "text/plain"))
        .on("GET /repos/acme/shop/actions/workflows", WORKFLOWS)
        .on(
            "GET /repos/acme/shop/contents/.github/workflows/ci.yml",
            200,
            "on: workflow_dispatch",
            Map.of("Content-Type", "text/plain"))
        .on(
            "GET /repos/acme/shop/actions/secrets/TOKEN",
            "{\"name\": \"TOKEN\", \"updated_at\": \"2026-01-01T00:00:00Z\"}")
        .on("GET /repos/acme/shop/actions/runs/7/pending_deployments", PENDING)
        .on("GET /repos/acme/shop/pulls/3", "{\"number\": 3, \"state\": \"open\"}");
  }

  @AfterEach
  void stop() {
    github.close();
  }

  @Override
  protected FusePlugin plugin() {
    return new GitHubPlugin();
  }

  @Override
  protected FusePlugin opened() {
    return github.plugin(root);
  }

  @Override
  protected Path world() {
    return root;
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        sample("gh_run_diagnose", "question", "why is CI red?"),
        sample("gh_secrets_diagnose"),
        sample("gh_runs_analyse", "days", 7L),
        sample("gh_runs_list", "branch", "main"),
        sample("gh_run_view", "run", 7L),
        sample("gh_run_log", "job", 9L),
        sample("gh_secrets_list"),
        sample("gh_list", "what", "workflows"),
        sample("gh_pull_view", "number", 3L),
        sample("gh_release_find", "pull", 3L),
        sample("gh_code_search", "words", "main"),
        Sample.of("gh_api", "path", "/repos/acme/shop"),
        sample("gh_secret_set", "name", "TOKEN", "value", "env:TOKEN"),
        sample("gh_secret_delete", "name", "TOKEN"),
        sample("gh_secret_move", "name", "TOKEN", "value", "env:TOKEN", "to", "staging"),
        sample("gh_variable_set", "name", "REGION", "value", "eu"),
        sample("gh_run_rerun", "run", 7L),
        sample("gh_workflow_dispatch", "workflow", "CI"),
        sample("gh_workflow_enable", "workflow", "CI"),
        sample("gh_deployment_review", "run", 7L, "environment", "staging"),
        sample("gh_pull_change", "action", "merge", "number", 3L),
        sample("gh_issue_change", "action", "close", "number", 3L),
        sample("gh_release_create", "tag", "v1"));
  }

  private static Sample sample(String tool, Object... pairs) {
    var all = new ArrayList<Object>(List.of("repository", REPOSITORY));
    all.addAll(List.of(pairs));
    return Sample.of(tool, all.toArray());
  }
}
