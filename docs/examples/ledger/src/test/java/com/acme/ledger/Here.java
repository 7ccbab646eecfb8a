package com.acme.ledger;

import dev.fuse.spi.Facts;
import dev.fuse.spi.PluginContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A folder, and nothing else that a plugin could know. */
record Here(Path directory) implements PluginContext {

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

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
