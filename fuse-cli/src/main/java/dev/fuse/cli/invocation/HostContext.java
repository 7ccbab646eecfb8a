package dev.fuse.cli.invocation;

import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.Settings;
import dev.fuse.plugin.Owned;
import dev.fuse.spi.Facts;
import dev.fuse.spi.PluginContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What one plugin is told of where it runs. */
record HostContext(
    Environment surroundings,
    Supplier<Settings> settings,
    Supplier<Facts> read,
    Map<String, String> pins,
    String plugin,
    Owned owned)
    implements PluginContext {

  @Override
  public Path directory() {
    return surroundings.directory();
  }

  @Override
  public Map<String, String> environment() {
    return OwnVariables.without(surroundings.variables());
  }

  @Override
  public Optional<String> setting(String key) {
    return settings.get().plugin(plugin, key);
  }

  @Override
  public Facts facts() {
    return read.get();
  }

  @Override
  public Optional<String> pinned(String coordinate) {
    return Optional.ofNullable(pins.get(coordinate));
  }

  @Override
  public <T extends AutoCloseable> T own(T resource) {
    return owned.own(resource);
  }
}
