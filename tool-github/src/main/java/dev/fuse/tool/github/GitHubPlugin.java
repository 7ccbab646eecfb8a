package dev.fuse.tool.github;

import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Setting;
import dev.fuse.spi.Tool;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.change.ChangeIssue;
import dev.fuse.tool.github.change.ChangePull;
import dev.fuse.tool.github.change.CreateRelease;
import dev.fuse.tool.github.change.DeleteSecret;
import dev.fuse.tool.github.change.Dispatch;
import dev.fuse.tool.github.change.EnableWorkflow;
import dev.fuse.tool.github.change.MoveSecret;
import dev.fuse.tool.github.change.RerunRun;
import dev.fuse.tool.github.change.ReviewDeployment;
import dev.fuse.tool.github.change.SetSecret;
import dev.fuse.tool.github.change.SetVariable;
import dev.fuse.tool.github.diagnose.AnalyseRuns;
import dev.fuse.tool.github.diagnose.DiagnoseRun;
import dev.fuse.tool.github.diagnose.DiagnoseSecrets;
import dev.fuse.tool.github.look.ApiGet;
import dev.fuse.tool.github.look.FindRelease;
import dev.fuse.tool.github.look.ListRuns;
import dev.fuse.tool.github.look.ListThings;
import dev.fuse.tool.github.look.Names;
import dev.fuse.tool.github.look.RunLog;
import dev.fuse.tool.github.look.SearchCode;
import dev.fuse.tool.github.look.ViewPull;
import dev.fuse.tool.github.look.ViewRun;
import dev.fuse.tool.github.secret.ListSecrets;
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
  public List<Setting> settings() {
    return List.of(
        new Setting("api-url", Schema.string("The API's address, such as https://HOST/api/v3")),
        new Setting("key-command", Schema.string("A command that prints the token")));
  }

  @Override
  public List<String> coordinates() {
    return List.of(
        "host",
        "organization",
        "repository",
        "environment",
        "workflow",
        "branch",
        "kind",
        "path",
        "source",
        "name");
  }

  @Override
  public void open(PluginContext context) {
    site.open(context);
  }

  @Override
  public List<Tool> tools() {
    return List.of(
        new DiagnoseRun(site, clock),
        new DiagnoseSecrets(site, clock),
        new AnalyseRuns(site, clock),
        new ListRuns(site, clock),
        new ViewRun(site, clock),
        new RunLog(site),
        new ListSecrets(site, clock),
        new ListThings(site),
        new ViewPull(site),
        new FindRelease(site),
        new SearchCode(site),
        new ApiGet(site),
        new SetSecret(site),
        new DeleteSecret(site),
        new MoveSecret(site),
        new SetVariable(site),
        new RerunRun(site),
        new Dispatch(site),
        new EnableWorkflow(site),
        new ReviewDeployment(site),
        new ChangePull(site),
        new ChangeIssue(site),
        new CreateRelease(site));
  }

  @Override
  public List<InventorySource> inventory() {
    return List.of(new Names(site));
  }
}
