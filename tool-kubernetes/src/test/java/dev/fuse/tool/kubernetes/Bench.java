package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Facts;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.testkit.RecordedCall;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plugin opened against the cluster of an environment. */
final class Bench {

  final KubernetesPlugin plugin = new KubernetesPlugin();
  final PluginContext context;
  private final Map<String, Tool> tools = new HashMap<>();

  Bench(Path directory, Map<String, String> environment) {
    context = new Context(directory, environment);
    plugin.open(context);
    plugin.tools().forEach(tool -> tools.put(tool.spec().name(), tool));
  }

  /** Against {@link TestCluster}. */
  static Bench real(Path directory) {
    return new Bench(directory, Map.of("KUBECONFIG", TestCluster.kubeconfig().toString()));
  }

  ToolSpec spec(String tool) {
    return java.util.Objects.requireNonNull(tools.get(tool), tool).spec();
  }

  Action prepare(String tool, Object... pairs) {
    var arguments = Arguments.of(pairs);
    return java.util.Objects.requireNonNull(tools.get(tool), tool)
        .prepare(arguments, RecordedCall.with(arguments));
  }

  ToolResult.Ok run(String tool, Object... pairs) throws Exception {
    return (ToolResult.Ok) prepare(tool, pairs).body().run(RecordedCall.with(Arguments.of(pairs)));
  }

  /** The names that it lists. */
  InventorySource.Listing names() {
    var query = new InventorySource.Query(10_000, Instant.now().plusSeconds(10));
    return plugin.inventory().getFirst().list(context, query);
  }

  /** Applies one document. */
  void apply(String manifest, Object... more) throws Exception {
    var pairs = new ArrayList<Object>(List.of("manifest", manifest));
    pairs.addAll(List.of(more));
    run("k8s_apply", pairs.toArray());
  }

  private record Context(Path directory, Map<String, String> environment) implements PluginContext {

    @Override
    public Optional<String> setting(String key) {
      return Optional.empty();
    }

    @Override
    public Facts facts() {
      return Facts.none();
    }

    @Override
    public Optional<String> pinned(String coordinate) {
      return Optional.empty();
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      return resource;
    }
  }
}
