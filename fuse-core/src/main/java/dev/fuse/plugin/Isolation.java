package dev.fuse.plugin;

import dev.fuse.spi.FusePlugin;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Gives a plugin classes of its own: its module in a layer of its own, its libraries in the unnamed
 * module of a class loader behind it. Keeps versions apart, not trust.
 */
final class Isolation {

  private Isolation() {}

  /**
   * A plugin with what keeps it apart.
   *
   * @param libraries is closed with it; empty for one that is part of the host's own layer
   */
  record Loaded(FusePlugin plugin, ContextLoader context, Optional<URLClassLoader> libraries)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (libraries.isPresent()) {
        libraries.get().close();
      }
    }
  }

  /**
   * The plugin of this module, if the JVM was started with it: the launcher puts built-in plugins
   * into the boot layer, because only what the JVM's own loaders load is kept in its AOT cache.
   *
   * @param jar where the module must have come from, so that no other one of its name is taken
   */
  static Optional<Loaded> present(String module, Path jar) {
    return ModuleLayer.boot()
        .findModule(module)
        .filter(_ -> isFrom(jar, module))
        .map(Isolation::present);
  }

  private static boolean isFrom(Path jar, String module) {
    return ModuleLayer.boot()
        .configuration()
        .findModule(module)
        .flatMap(found -> found.reference().location())
        .filter(location -> location.equals(jar.toUri()))
        .isPresent();
  }

  private static Loaded present(Module module) {
    var services = ServiceLoader.load(ModuleLayer.boot(), FusePlugin.class);
    return loaded(
        services, it -> it.getModule() == module, module.getClassLoader(), Optional.empty());
  }

  /**
   * Loads the plugin that a jar provides; of its code only what that takes.
   *
   * @throws IOException if a jar cannot be read
   * @throws RuntimeException as LinkageError and ServiceConfigurationError, if it does not load
   */
  static Loaded load(Path jar, Optional<String> module, List<Path> jars) throws IOException {
    var libraries = new ArrayList<>(jars);
    module.ifPresent(_ -> libraries.remove(jar));
    var urls = new URL[libraries.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = libraries.get(i).toUri().toURL();
    }
    var loader = new URLClassLoader("libraries of " + Jars.name(jar), urls, new HostGate());
    try {
      if (module.isPresent()) {
        return module(module.get(), configure(module.get(), jar, libraries), loader);
      }
      var services = ServiceLoader.load(FusePlugin.class, loader);
      return loaded(services, it -> it.getClassLoader() == loader, loader, Optional.of(loader));
    } catch (RuntimeException | Error broken) {
      loader.close();
      throw broken;
    }
  }

  private static Loaded module(String name, Configuration modules, URLClassLoader loader) {
    var parents = List.of(ModuleLayer.boot());
    var controller = ModuleLayer.defineModulesWithOneLoader(modules, parents, loader);
    var layer = controller.layer();
    var module = layer.findModule(name).orElseThrow();
    var libraries = new HashSet<>(layer.modules());
    libraries.add(loader.getUnnamedModule());
    controller.addReads(module, loader.getUnnamedModule());
    for (var library : libraries) {
      // A library that binds the plugin's records does so by reflection.
      module.getPackages().forEach(it -> controller.addOpens(module, it, library));
    }
    var services = ServiceLoader.load(layer, FusePlugin.class);
    return loaded(
        services, it -> it.getModule() == module, module.getClassLoader(), Optional.of(loader));
  }

  private static Configuration configure(String name, Path jar, List<Path> libraries) {
    var own = ModuleFinder.of(jar);
    boolean alone =
        own.find(name).orElseThrow().descriptor().requires().stream()
            .filter(it -> !it.modifiers().contains(Requires.Modifier.STATIC))
            .allMatch(it -> HostGate.offers(it.name()));
    // Opening only the plugin's own jar takes a tenth of the time that opening all of them does.
    var finder =
        alone ? own : ModuleFinder.compose(own, ModuleFinder.of(libraries.toArray(Path[]::new)));
    var host = ModuleLayer.boot().configuration();
    var modules = host.resolve(finder, ModuleFinder.of(), Set.of(name));
    modules.modules().stream()
        .flatMap(it -> it.reference().descriptor().requires().stream().map(Requires::name))
        .filter(it -> !HostGate.offers(it) && host.findModule(it).isPresent())
        .filter(it -> modules.modules().stream().noneMatch(module -> module.name().equals(it)))
        .findFirst()
        .ifPresent(Isolation::missing);
    return modules;
  }

  private static void missing(String module) {
    throw new IllegalArgumentException(
        "it requires the module '" + module + "', which is not among its jars");
  }

  /** A ServiceLoader also gives what the host provides. */
  private static Loaded loaded(
      ServiceLoader<FusePlugin> services,
      Predicate<Class<?>> itsOwn,
      ClassLoader own,
      Optional<URLClassLoader> libraries) {
    var context = new ContextLoader(own);
    var provider =
        context.call(
            () -> services.stream().filter(it -> itsOwn.test(it.type())).findFirst().orElseThrow());
    return new Loaded(context.call(provider::get), context, libraries);
  }
}
