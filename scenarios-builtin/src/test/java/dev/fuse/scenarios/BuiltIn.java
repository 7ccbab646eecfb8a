package dev.fuse.scenarios;

import dev.fuse.scenario.Installed;
import dev.fuse.scenario.Library;
import dev.fuse.scenario.Library.Layer;
import java.net.URISyntaxException;
import java.nio.file.Path;
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

  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(BuiltIn.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
