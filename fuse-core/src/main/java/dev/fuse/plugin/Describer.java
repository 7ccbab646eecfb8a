package dev.fuse.plugin;

import dev.fuse.plugin.Plugin.Broken;
import dev.fuse.plugin.Plugin.Described;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.Signature;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.Tool;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Describes directories of jars by loading them once; opens no plugin and calls no tool. */
public final class Describer {

  private Describer() {}

  /** Makes data of a file that travels in a plugin's jar. */
  @FunctionalInterface
  public interface ScenarioReader {

    /**
     * The scenario.
     *
     * @throws IllegalArgumentException with what is wrong and where
     */
    Scenario read(String file, String text);

    /**
     * The signatures in a file of them.
     *
     * @throws IllegalArgumentException with what is wrong and where
     */
    default List<Signature> signatures(String file, String text) {
      throw new IllegalArgumentException("'" + file + "': signatures are not read here");
    }
  }

  /**
   * What the plugin in this directory offers, or why there is none.
   *
   * @param builtin whether it comes with Fuse
   */
  public static Plugin describe(Path directory, boolean builtin, ScenarioReader reader) {
    try {
      var jars = Jars.in(directory);
      var provider = Jars.provider(jars);
      try (var jar = new JarFile(provider.toFile())) {
        return new Described(describe(jar, provider, jars, reader), directory, builtin);
      }
    } catch (IOException | RuntimeException | LinkageError | ServiceConfigurationError broken) {
      return new Broken(Jars.name(directory), directory, Cause.of(broken), "");
    }
  }

  private static Descriptor describe(
      JarFile jar, Path provider, List<Path> jars, ScenarioReader reader) throws IOException {
    var module = Jars.module(jar);
    try (var loaded = Isolation.load(provider, module.map(ModuleDescriptor::name), jars)) {
      var scenarioFiles = Jars.texts(jar, Jars.SCENARIOS);
      var scenarios = new ArrayList<Scenario>();
      scenarioFiles.forEach((file, text) -> scenarios.add(reader.read(file, text)));
      var signatures = new ArrayList<Signature>();
      Jars.texts(jar, Jars.SIGNATURES)
          .forEach((file, text) -> signatures.addAll(reader.signatures(file, text)));
      var files = Jars.hashes(jars);
      var version = module.flatMap(ModuleDescriptor::rawVersion).orElse(version(jar.getManifest()));
      var plugin = loaded.plugin();
      return loaded
          .context()
          .call(
              () -> {
                return checked(
                    new Descriptor(
                        plugin.name(),
                        version,
                        plugin.description(),
                        plugin.prefixes(),
                        plugin.coordinates(),
                        plugin.tools().stream().map(Tool::spec).toList(),
                        scenarios,
                        scenarioFiles,
                        signatures,
                        plugin.inventory().stream().map(InventorySource::spec).toList(),
                        !plugin.confirmationPolicies().isEmpty(),
                        plugin.settings(),
                        Jars.name(provider),
                        module.map(ModuleDescriptor::name),
                        files));
              });
    }
  }

  private static String version(@Nullable Manifest manifest) {
    var version =
        manifest == null
            ? null
            : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    return version == null ? "" : version;
  }

  private static Descriptor checked(Descriptor plugin) {
    require(
        plugin.name().matches("[a-z][a-z0-9-]*"),
        "its name '" + plugin.name() + "' is not lower-case words with hyphens");
    var names = plugin.tools().stream().map(tool -> tool.name()).toList();
    for (var name : names) {
      require(
          names.indexOf(name) == names.lastIndexOf(name), "it has two tools named '" + name + "'");
      require(
          plugin.prefixes().stream().anyMatch(prefix -> name.startsWith(prefix + "_")),
          "its tool '" + name + "' begins with none of its prefixes " + plugin.prefixes());
    }
    return plugin;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
