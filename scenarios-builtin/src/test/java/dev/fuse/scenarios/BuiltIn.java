package dev.fuse.scenarios;

import dev.fuse.scenario.Installed;
import dev.fuse.scenario.Library;
import dev.fuse.scenario.Library.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The built-in scenarios as they stand in the jar. */
final class BuiltIn {

  private BuiltIn() {}

  static Library library() {
    return Library.of(
        Library.read(Layer.BUILT_IN, resource("/META-INF/fuse/scenarios"), Installed.nothing()),
        Set.of());
  }

  /** Questions that no scenario is for, which come with the core. */
  static List<String> background() {
    try {
      return Files.readAllLines(
          Path.of("../fuse-core/src/main/resources/dev/fuse/scenario/background.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(BuiltIn.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
