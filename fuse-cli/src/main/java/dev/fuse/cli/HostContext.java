package dev.fuse.cli;

import dev.fuse.plugin.Descriptor;
import dev.fuse.plugin.Owned;
import dev.fuse.spi.Facts;
import dev.fuse.spi.PluginContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What one plugin is told of where it runs. */
record HostContext(Assembly assembly, Descriptor plugin, Owned owned) implements PluginContext {

  @Override
  public Path directory() {
    return assembly.environment().directory();
  }

  @Override
  public Map<String, String> environment() {
    return assembly.environment().variables();
  }

  @Override
  public Optional<String> setting(String key) {
    return assembly.settings().plugin(plugin.name(), key);
  }

  @Override
  public Facts facts() {
    return assembly.facts();
  }

  @Override
  public Optional<String> pinned(String coordinate) {
    return Optional.ofNullable(assembly.flags().pins().get(coordinate));
  }

  @Override
  public <T extends AutoCloseable> T own(T resource) {
    return owned.own(resource);
  }
}
