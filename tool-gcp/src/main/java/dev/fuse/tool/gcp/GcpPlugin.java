package dev.fuse.tool.gcp;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Finding;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Setting;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.text.Printable;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Refusal;
import dev.fuse.tool.gcp.change.AccountChange;
import dev.fuse.tool.gcp.change.ClusterLabels;
import dev.fuse.tool.gcp.change.IamGrant;
import dev.fuse.tool.gcp.change.IamRevoke;
import dev.fuse.tool.gcp.change.KubeCredentials;
import dev.fuse.tool.gcp.change.PoolChange;
import dev.fuse.tool.gcp.change.ServiceEnable;
import dev.fuse.tool.gcp.diagnose.GkeDiagnose;
import dev.fuse.tool.gcp.diagnose.IdentityChain;
import dev.fuse.tool.gcp.look.Accounts;
import dev.fuse.tool.gcp.look.CloudNames;
import dev.fuse.tool.gcp.look.ClusterList;
import dev.fuse.tool.gcp.look.EnabledServices;
import dev.fuse.tool.gcp.look.IamExplain;
import dev.fuse.tool.gcp.look.IamPolicy;
import dev.fuse.tool.gcp.look.LogQuery;
import dev.fuse.tool.gcp.look.Operations;
import dev.fuse.tool.gcp.look.Projects;
import dev.fuse.tool.gcp.look.Quotas;
import dev.fuse.tool.gcp.look.ResourceList;
import dev.fuse.tool.gcp.look.Restrictions;
import dev.fuse.tool.gcp.look.RoleShow;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Google Cloud: GKE, IAM and what workloads use, read, diagnosed and changed. */
public final class GcpPlugin implements FusePlugin {

  private volatile @Nullable Access access;

  @Override
  public String name() {
    return "gcp";
  }

  @Override
  public String description() {
    return "Google Cloud: GKE clusters, IAM, what workloads may use and why not, changes";
  }

  @Override
  public List<String> prefixes() {
    return List.of("gcp", "gke");
  }

  @Override
  public List<String> coordinates() {
    return List.of(
        "organization",
        "project",
        "location",
        "cluster",
        "service",
        "role",
        "member",
        "resource",
        "path",
        "name");
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("project", Schema.string("the project, where none is pinned")),
        new Setting("location", Schema.string("the region or zone, where none is named")),
        new Setting("impersonate", Schema.string("the service account to act as")));
  }

  @Override
  public void open(PluginContext context) {
    var opened = new Access(context);
    access = opened;
    Thread.ofVirtual().name("google-warm").start(opened::warm);
  }

  @Override
  public List<Tool> tools() {
    return List.<GcpTool>of(
            new GkeDiagnose(),
            new IdentityChain(),
            new IamExplain(),
            new IamPolicy(),
            new RoleShow(),
            new Accounts(),
            new Restrictions(),
            new ClusterList(),
            new Operations(),
            new Projects(),
            new EnabledServices(),
            new ResourceList(),
            new LogQuery(),
            new Quotas(),
            new IamGrant(),
            new IamRevoke(),
            new AccountChange(),
            new ServiceEnable(),
            new PoolChange(),
            new ClusterLabels(),
            new KubeCredentials())
        .stream()
        .<Tool>map(tool -> new Opened(tool, this::access))
        .toList();
  }

  @Override
  public List<InventorySource> inventory() {
    return List.of(new CloudNames(this::access));
  }

  private Access access() {
    var opened = access;
    if (opened == null) {
      throw new IllegalStateException("plugin 'gcp' is called before it is opened");
    }
    return opened;
  }

  /** A tool whose refusals by Google become failures. */
  private record Opened(GcpTool tool, Supplier<Access> access) implements Tool {

    @Override
    public ToolSpec spec() {
      return tool.spec();
    }

    @Override
    public Action prepare(Arguments arguments, Call call) {
      try {
        var action = tool.prepare(access.get(), arguments, call);
        return new Action(
            action.effects(),
            Printable.line(action.summary()),
            action.version(),
            action.preview(),
            action.limit(),
            running -> run(action, running));
      } catch (Refusal refusal) {
        throw refusal.failure();
      }
    }

    private static ToolResult run(Action action, Call call) throws Exception {
      try {
        return printed(action.body().run(call));
      } catch (Refusal refusal) {
        return refusal.failure().result();
      }
    }

    /** Names in Google Cloud are other people's text. */
    private static ToolResult printed(ToolResult result) {
      return switch (result) {
        case ToolResult.Failed failed -> failed;
        case ToolResult.Ok ok ->
            new ToolResult.Ok(
                Printable.of(ok.text()),
                ok.structured(),
                ok.findings().stream().map(Opened::printed).toList(),
                ok.secrets(),
                ok.undo());
      };
    }

    private static Finding printed(Finding finding) {
      return new Finding(
          finding.severity(),
          Printable.of(finding.subject()),
          Printable.of(finding.seen()),
          Printable.of(finding.cause()),
          Printable.of(finding.next()),
          finding.notChecked().stream().map(Printable::of).toList());
    }
  }
}
