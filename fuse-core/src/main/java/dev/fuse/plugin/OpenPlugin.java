package dev.fuse.plugin;

import dev.fuse.plugin.Plugin.Described;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Tool;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A plugin whose code is loaded and which was opened. */
record OpenPlugin(
    Isolation.Loaded loaded,
    Owned owned,
    Map<String, Tool> tools,
    List<ConfirmationPolicy> policies,
    List<Names> sources) {

  static OpenPlugin open(Described plugin, Catalog.Contexts contexts) throws IOException {
    var descriptor = plugin.descriptor();
    var loaded = load(plugin);
    var owned = new Owned();
    var context = contexts.of(descriptor, owned);
    try {
      return loaded
          .context()
          .call(
              () -> {
                loaded.plugin().open(context);
                return of(loaded, owned, descriptor, context);
              });
    } catch (RuntimeException | Error broken) {
      owned.close();
      loaded.close();
      throw broken;
    }
  }

  private static Isolation.Loaded load(Described plugin) throws IOException {
    var descriptor = plugin.descriptor();
    var jar = plugin.directory().resolve(descriptor.jar());
    if (plugin.builtin()) {
      var present = descriptor.module().flatMap(module -> Isolation.present(module, jar));
      if (present.isPresent()) {
        return present.get();
      }
    }
    var changed = plugin.builtin() ? Optional.<String>empty() : Jars.changed(plugin);
    if (changed.isPresent()) {
      throw new IOException("'" + changed.get() + "' is not the file that was added");
    }
    return Isolation.load(jar, descriptor.module(), Jars.in(plugin.directory()));
  }

  private static OpenPlugin of(
      Isolation.Loaded loaded, Owned owned, Descriptor descriptor, PluginContext given) {
    var context = loaded.context();
    var offered = new HashMap<String, Tool>();
    loaded.plugin().tools().forEach(tool -> offered.put(tool.spec().name(), tool));
    var tools = new HashMap<String, Tool>();
    for (var spec : descriptor.tools()) {
      var tool = offered.get(spec.name());
      if (tool == null) {
        throw new IllegalStateException("it no longer offers '" + spec.name() + "'");
      }
      tools.put(spec.name(), context.around(tool, spec));
    }
    var policies = loaded.plugin().confirmationPolicies().stream().map(context::around).toList();
    var sources =
        loaded.plugin().inventory().stream()
            .map(source -> Names.of(source, given, context))
            .toList();
    return new OpenPlugin(loaded, owned, tools, policies, sources);
  }

  Tool tool(String name) {
    return Objects.requireNonNull(tools.get(name));
  }

  void close() {
    loaded
        .context()
        .call(
            () -> {
              owned.close();
              return this;
            });
    try {
      loaded.close();
    } catch (IOException leaving) {
      // Nothing was written.
    }
  }
}
