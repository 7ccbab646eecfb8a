package dev.fuse.plugin;

import dev.fuse.plugin.Plugin.Broken;
import dev.fuse.plugin.Plugin.Described;
import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Ruling;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * The installed plugins: known by their descriptors, loaded and opened one by one when something of
 * theirs is first called. Safe for use by several threads.
 */
public final class Catalog implements AutoCloseable {

  private final List<Plugin> plugins;
  private final Contexts contexts;
  private final Map<String, LazyTool> tools = new LinkedHashMap<>();
  private final Map<String, FutureTask<OpenPlugin>> opened = new LinkedHashMap<>();

  /** Gives a plugin that is being opened its context. */
  @FunctionalInterface
  public interface Contexts {

    /**
     * The context of one plugin.
     *
     * @param owned takes what the plugin gives to {@link PluginContext#own}
     */
    PluginContext of(Descriptor plugin, Owned owned);
  }

  private Catalog(List<Plugin> plugins, Contexts contexts) {
    this.plugins = List.copyOf(plugins);
    this.contexts = contexts;
    for (var plugin : described()) {
      for (var spec : plugin.descriptor().tools()) {
        tools.put(spec.name(), new LazyTool(this, plugin, spec));
      }
    }
  }

  /**
   * Reads the descriptors in these folders; where two plugins clash, the later one is broken.
   *
   * @param folders the built-in one first
   */
  public static Catalog read(
      List<PluginFolder> folders, DescriptorFormat format, Contexts contexts) {
    var claimed = new HashMap<String, Described>();
    var plugins = new ArrayList<Plugin>();
    for (var folder : folders) {
      for (var plugin : folder.read(format)) {
        plugins.add(plugin instanceof Described described ? admit(described, claimed) : plugin);
      }
    }
    return new Catalog(plugins, contexts);
  }

  private static Plugin admit(Described plugin, Map<String, Described> claimed) {
    var claims = new ArrayList<String>();
    claims.add("name '" + plugin.name() + "'");
    plugin.descriptor().prefixes().forEach(prefix -> claims.add("prefix '" + prefix + "'"));
    plugin.descriptor().tools().forEach(tool -> claims.add("tool '" + tool.name() + "'"));
    for (var claim : claims) {
      var owner = claimed.get(claim);
      if (owner != null) {
        var problem = "its " + claim + " is that of the plugin in '" + owner.directory() + "'";
        return new Broken(plugin.name(), plugin.directory(), problem, "remove one of the two");
      }
    }
    claims.forEach(claim -> claimed.put(claim, plugin));
    return plugin;
  }

  /** All of them, broken ones too, in the order of the folders and by name. */
  public List<Plugin> plugins() {
    return plugins;
  }

  /** Those that can be used. */
  public List<Described> described() {
    return plugins.stream().filter(Described.class::isInstance).map(Described.class::cast).toList();
  }

  /** All tools; each loads and opens its plugin when it is first prepared. */
  public List<Tool> tools() {
    return List.copyOf(tools.values());
  }

  /** What the tools are, known without loading one. */
  public List<ToolSpec> specs() {
    return tools.values().stream().map(Tool::spec).toList();
  }

  /** Names of all coordinates that tools' targets may have. */
  public List<String> coordinates() {
    return described().stream()
        .flatMap(plugin -> plugin.descriptor().coordinates().stream())
        .distinct()
        .toList();
  }

  public Optional<Tool> find(String tool) {
    return Optional.ofNullable(tools.get(tool));
  }

  /** The plugin that offers this tool. */
  public Optional<Described> owner(String tool) {
    return Optional.ofNullable(tools.get(tool)).map(LazyTool::plugin);
  }

  /** Opens these plugins on other threads, so that the first call need not wait. */
  @SuppressWarnings("FutureReturnValueIgnored") // the first call is told how it ended
  public void warm(Collection<String> names) {
    described().stream().filter(it -> names.contains(it.name())).forEach(this::opening);
  }

  /**
   * The policies that plugins bring in code, for which those are opened. One that cannot be opened
   * has everything asked about that changes something, because its policies might have.
   */
  public List<ConfirmationPolicy> policies() {
    return described().stream()
        .filter(plugin -> plugin.descriptor().policies())
        .flatMap(plugin -> policies(plugin).stream())
        .toList();
  }

  /**
   * What the source of that specification lists, for which its plugin is opened.
   *
   * @throws ToolFailure if there is none, or nothing can be listed
   */
  public InventorySource.Listing list(InventorySource.Spec spec, InventorySource.Query query) {
    return described().stream()
        .filter(plugin -> plugin.descriptor().inventory().contains(spec))
        .flatMap(plugin -> open(plugin).sources().stream())
        .filter(source -> source.spec().equals(spec))
        .findFirst()
        .orElseThrow(() -> ToolFailure.notFound("nothing lists '" + spec.system() + "'", ""))
        .list(query);
  }

  private List<ConfirmationPolicy> policies(Described plugin) {
    try {
      return open(plugin).policies();
    } catch (ToolFailure failure) {
      var asking = Optional.of(new Ruling(Verdict.ASK, failure.result().problem()));
      return List.of(
          proposal ->
              asking.filter(_ -> proposal.effects().stream().anyMatch(it -> !it.verb().reads())));
    }
  }

  private OpenPlugin open(Described plugin) {
    try {
      return opening(plugin).get();
    } catch (ExecutionException failed) {
      throw unavailable(plugin, Cause.of(failed));
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw unavailable(plugin, "the call was stopped while it was loading");
    }
  }

  private static ToolFailure unavailable(Described plugin, String why) {
    var problem = "the plugin '" + plugin.name() + "' cannot be used: " + why;
    var hint = "fuse plugins show " + plugin.name();
    return new ToolFailure(ToolResult.Kind.UNAVAILABLE, problem, hint);
  }

  /** On a thread of its own: a cancelled call must not leave a plugin half open. */
  private FutureTask<OpenPlugin> opening(Described plugin) {
    synchronized (opened) {
      return opened.computeIfAbsent(
          plugin.name(),
          name -> {
            var task = new FutureTask<>(() -> OpenPlugin.open(plugin, contexts));
            Thread.ofPlatform().daemon().name("open " + name).start(task);
            return task;
          });
    }
  }

  /** Closes what was opened, the last first. */
  @Override
  public void close() {
    synchronized (opened) {
      for (var task : List.copyOf(opened.values()).reversed()) {
        if (task.state() == Future.State.SUCCESS) {
          task.resultNow().close();
        }
      }
      opened.clear();
    }
  }

  private record LazyTool(Catalog catalog, Described plugin, ToolSpec spec) implements Tool {
    @Override
    public Action prepare(Arguments arguments, Call call) {
      return catalog.open(plugin).tool(spec.name()).prepare(arguments, call);
    }
  }
}
