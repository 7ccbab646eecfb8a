package dev.fuse.tool.github;

import dev.fuse.spi.FusePlugin;
import dev.fuse.testkit.ToolContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class GitHubContractTest extends ToolContract {

  private static final String REPOSITORY = "acme/shop";

  @TempDir Path root;
  private CannedGitHub github;

  @BeforeEach
  void start() throws IOException {
    github = new CannedGitHub();
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
        Sample.of("gh_run_diagnose", "repository", REPOSITORY, "question", "why is CI red?"),
        Sample.of("gh_secrets_diagnose", "repository", REPOSITORY));
  }
}
