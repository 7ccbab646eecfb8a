package dev.fuse.spi;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a plugin knows of where it runs; a plugin reads no environment and no settings elsewhere.
 */
public interface PluginContext {

  /** The folder that Fuse was started in, absolute, links resolved. */
  Path directory();

  /** The environment; never {@link System#getenv()}. */
  Map<String, String> environment();

  /** The value of {@code plugins.<name>.<key>}, or its declared default. */
  Optional<String> setting(String key);

  /** What is known of where we are. */
  Facts facts();

  /**
   * The target that the person pinned for this conversation ({@code context}, {@code namespace},
   * {@code project}, {@code repository}); it is passed on explicitly and never guessed.
   */
  Optional<String> pinned(String coordinate);

  /** Has this closed with the plugin. */
  <T extends AutoCloseable> T own(T resource);
}
