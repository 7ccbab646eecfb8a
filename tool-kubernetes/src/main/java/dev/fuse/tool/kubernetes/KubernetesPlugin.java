package dev.fuse.tool.kubernetes;

import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.ClusterTool;
import dev.fuse.tool.kubernetes.api.Clusters;
import dev.fuse.tool.kubernetes.api.Discovery;
import dev.fuse.tool.kubernetes.change.Apply;
import dev.fuse.tool.kubernetes.change.ChangeSpecs;
import dev.fuse.tool.kubernetes.change.CreateObject;
import dev.fuse.tool.kubernetes.change.CreateSecret;
import dev.fuse.tool.kubernetes.change.CreateSpecs;
import dev.fuse.tool.kubernetes.change.DeleteObject;
import dev.fuse.tool.kubernetes.change.Drain;
import dev.fuse.tool.kubernetes.change.NodeSpecs;
import dev.fuse.tool.kubernetes.change.Nodes;
import dev.fuse.tool.kubernetes.change.PatchObject;
import dev.fuse.tool.kubernetes.change.Restore;
import dev.fuse.tool.kubernetes.change.Rollout;
import dev.fuse.tool.kubernetes.change.WorkloadChanges;
import dev.fuse.tool.kubernetes.diagnose.Diagnosis;
import dev.fuse.tool.kubernetes.look.CanI;
import dev.fuse.tool.kubernetes.look.ClusterNames;
import dev.fuse.tool.kubernetes.look.Compare;
import dev.fuse.tool.kubernetes.look.Contexts;
import dev.fuse.tool.kubernetes.look.DescribeObject;
import dev.fuse.tool.kubernetes.look.Events;
import dev.fuse.tool.kubernetes.look.Explain;
import dev.fuse.tool.kubernetes.look.GetObject;
import dev.fuse.tool.kubernetes.look.ListObjects;
import dev.fuse.tool.kubernetes.look.Logs;
import dev.fuse.tool.kubernetes.look.ReadSpecs;
import dev.fuse.tool.kubernetes.look.Top;
import dev.fuse.tool.kubernetes.look.WaitFor;
import dev.fuse.tool.kubernetes.pod.Copy;
import dev.fuse.tool.kubernetes.pod.Debug;
import dev.fuse.tool.kubernetes.pod.Exec;
import dev.fuse.tool.kubernetes.pod.Forwards;
import dev.fuse.tool.kubernetes.pod.PodSpecs;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Kubernetes clusters: reading, judging and changing what runs in them. */
public final class KubernetesPlugin implements FusePlugin {

  static {
    // When it starts with the JVM, its libraries are on the class path, and those that Fuse has as
    // well are modules. The JVM's --add-reads says so too, and is forgotten where the modules come
    // from an AOT cache.
    var own = KubernetesPlugin.class.getModule();
    own.addReads(KubernetesPlugin.class.getClassLoader().getUnnamedModule());
    if (own.getLayer() == ModuleLayer.boot()) {
      for (var module : ModuleLayer.boot().modules()) {
        own.addReads(module);
      }
    }
  }

  private volatile @Nullable Access access;
  private volatile @Nullable Forwards forwards;

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public String description() {
    return "Kubernetes clusters: objects, logs, events, diagnosis, changes";
  }

  @Override
  public List<String> prefixes() {
    return List.of("k8s");
  }

  /** Connects in the background, so that the first call finds an open connection. */
  @Override
  public void open(PluginContext context) {
    var clusters = new Clusters(context);
    access = new Access(clusters, new Discovery());
    forwards = context.own(new Forwards());
    Thread.ofVirtual().name("kubernetes-warm").start(clusters::warm);
  }

  @Override
  public List<String> coordinates() {
    return List.of(
        "context",
        "namespace",
        "kind",
        "subresource",
        "container",
        "path",
        "program",
        "host",
        "port",
        "name");
  }

  @Override
  public List<Tool> tools() {
    return Stream.of(reading(), changing(), handling()).flatMap(List::stream).toList();
  }

  /** The bodies are named by lambdas, so that describing the tools loads none of their classes. */
  private List<Tool> reading() {
    return List.of(
        tool(ReadSpecs.diagnose(), (at, arguments, _) -> Diagnosis.prepare(at, arguments)),
        tool(ReadSpecs.list(), (at, arguments, _) -> ListObjects.prepare(at, arguments)),
        tool(ReadSpecs.get(), (at, arguments, _) -> GetObject.prepare(at, arguments)),
        tool(ReadSpecs.describe(), (at, arguments, _) -> DescribeObject.prepare(at, arguments)),
        tool(ReadSpecs.logs(), (at, arguments, _) -> Logs.prepare(at, arguments)),
        tool(ReadSpecs.events(), (at, arguments, _) -> Events.prepare(at, arguments)),
        tool(ReadSpecs.top(), (at, arguments, _) -> Top.prepare(at, arguments)),
        tool(ReadSpecs.explain(), (at, arguments, _) -> Explain.prepare(at, arguments)),
        tool(ReadSpecs.diff(), (at, arguments, _) -> Compare.prepare(at, arguments)),
        tool(ReadSpecs.waitFor(), (at, arguments, _) -> WaitFor.prepare(at, arguments)),
        tool(ReadSpecs.contexts(), (at, _, _) -> Contexts.prepare(at)),
        tool(ReadSpecs.canI(), (at, arguments, _) -> CanI.prepare(at, arguments)),
        tool(ReadSpecs.rolloutStatus(), (at, arguments, _) -> Rollout.status(at, arguments)));
  }

  private List<Tool> changing() {
    return List.of(
        tool(ChangeSpecs.scale(), (at, arguments, _) -> WorkloadChanges.scale(at, arguments)),
        tool(ChangeSpecs.rollout(), (at, arguments, _) -> Rollout.prepare(at, arguments)),
        tool(ChangeSpecs.setImage(), (at, arguments, _) -> WorkloadChanges.setImage(at, arguments)),
        tool(
            ChangeSpecs.setResources(),
            (at, arguments, _) -> WorkloadChanges.setResources(at, arguments)),
        tool(ChangeSpecs.setEnv(), (at, arguments, _) -> WorkloadChanges.setEnv(at, arguments)),
        tool(ChangeSpecs.label(), (at, arguments, _) -> WorkloadChanges.label(at, arguments)),
        tool(ChangeSpecs.patch(), (at, arguments, _) -> PatchObject.prepare(at, arguments)),
        tool(ChangeSpecs.apply(), (at, arguments, _) -> Apply.prepare(at, arguments)),
        tool(ChangeSpecs.delete(), (at, arguments, _) -> DeleteObject.prepare(at, arguments)));
  }

  /** What is done to nodes and in pods. */
  private List<Tool> handling() {
    return List.of(
        tool(ChangeSpecs.cordon(), (at, arguments, _) -> Nodes.cordon(at, arguments)),
        tool(CreateSpecs.create(), (at, arguments, _) -> CreateObject.prepare(at, arguments)),
        tool(CreateSpecs.createSecret(), (at, arguments, _) -> CreateSecret.prepare(at, arguments)),
        tool(NodeSpecs.drain(), (at, arguments, _) -> Drain.prepare(at, arguments)),
        tool(NodeSpecs.taint(), (at, arguments, _) -> Nodes.taint(at, arguments)),
        tool(PodSpecs.exec(), (at, arguments, _) -> Exec.prepare(at, arguments)),
        tool(PodSpecs.copy(), (at, arguments, _) -> Copy.prepare(at, arguments)),
        tool(PodSpecs.portForward(), (at, arguments, _) -> forwards().prepare(at, arguments)),
        tool(PodSpecs.debug(), (at, arguments, _) -> Debug.prepare(at, arguments)),
        tool(NodeSpecs.restore(), (at, arguments, _) -> Restore.prepare(at, arguments)));
  }

  @Override
  public List<InventorySource> inventory() {
    return List.of(new ClusterNames(this::access));
  }

  private Tool tool(ToolSpec spec, ClusterTool.Preparation preparation) {
    return new ClusterTool(spec, this::access, preparation);
  }

  private Access access() {
    return opened(access);
  }

  private Forwards forwards() {
    return opened(forwards);
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("plugin 'kubernetes' is called before it is opened");
    }
    return part;
  }
}
