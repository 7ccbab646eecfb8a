package dev.fuse.tool.gcp;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Setting;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Refusal;
import dev.fuse.tool.gcp.diagnose.GkeDiagnose;
import dev.fuse.tool.gcp.diagnose.IdentityChain;
import dev.fuse.tool.gcp.look.CloudNames;
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
    return List.<GcpTool>of(new GkeDiagnose(), new IdentityChain()).stream()
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
            action.summary(),
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
        return action.body().run(call);
      } catch (Refusal refusal) {
        return refusal.failure().result();
      }
    }
  }
}
