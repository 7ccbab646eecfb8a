package dev.fuse.tool.github;

import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Setting;
import dev.fuse.spi.Tool;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.diagnose.DiagnoseRun;
import dev.fuse.tool.github.diagnose.DiagnoseSecrets;
import java.time.Clock;
import java.util.List;

/** GitHub: repositories, runs of Actions, secrets. */
public final class GitHubPlugin implements FusePlugin {

  private final Site site = new Site();
  private final Clock clock = Clock.systemUTC();

  @Override
  public String name() {
    return "github";
  }

  @Override
  public String description() {
    return "GitHub: runs of Actions and why they fail, secrets and variables, pull requests, releases";
  }

  @Override
  public List<String> prefixes() {
    return List.of("gh");
  }

  @Override
  public List<String> coordinates() {
    return List.of("host", "repository", "environment", "workflow", "branch", "name");
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("api-url", Schema.string("The API's address, such as https://HOST/api/v3")),
        new Setting("key-command", Schema.string("A command that prints the token")));
  }

  @Override
  public void open(PluginContext context) {
    site.open(context);
  }

  @Override
  public List<Tool> tools() {
    return List.of(new DiagnoseRun(site, clock), new DiagnoseSecrets(site, clock));
  }
}
