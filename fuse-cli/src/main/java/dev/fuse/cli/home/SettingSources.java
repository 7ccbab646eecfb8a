package dev.fuse.cli.home;

import dev.fuse.spi.Setting;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where settings come from.
 *
 * @param flags by the flag as it was written, such as {@code --model}
 * @param project the file of a project that is trusted
 * @param person the person's own file, whether it is there or not
 * @param plugins the settings of each installed plugin; asked only when one of them matters
 */
public record SettingSources(
    Environment environment,
    Map<String, Flag> flags,
    Optional<Path> project,
    Optional<Path> person,
    Supplier<Map<String, List<Setting>>> plugins) {

  /** A flag that sets a key. */
  public record Flag(String key, List<String> values) {
    public Flag {
      values = List.copyOf(values);
    }
  }

  public SettingSources {
    flags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(flags));
  }
}
