package dev.fuse.tool.fs;

import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the tools work.
 *
 * @param directory the working directory, absolute, without links
 * @param home the person's home
 */
record Place(
    Path directory, Optional<Path> home, Map<String, String> environment, KnownFiles known) {

  static Place of(PluginContext context) {
    var environment = context.environment();
    var home =
        Optional.ofNullable(environment.get("HOME")).filter(h -> h.startsWith("/")).map(Path::of);
    return new Place(context.directory(), home, environment, KnownFiles.of(environment));
  }

  /**
   * Where a path of a call really leads.
   *
   * @throws ToolFailure if it is none, or may not be followed
   */
  Location locate(String asked) {
    var path = absolute(asked);
    try {
      var real = RealPath.of(path);
      return new Location(
          asked,
          real,
          shown(real),
          inside(real),
          known.credential(real) || known.credential(path),
          known.delicate(real));
    } catch (IOException e) {
      throw Trouble.of(e, asked);
    }
  }

  /** The path as a person in the working directory would write it. */
  String shown(Path real) {
    if (!real.startsWith(directory)) {
      return Shown.name(real);
    }
    var relative = directory.relativize(real).toString();
    return relative.isEmpty() ? "." : Shown.name(relative);
  }

  /** At the root of the file system nothing counts as inside: everything would. */
  private boolean inside(Path real) {
    return directory.getNameCount() > 0 && real.startsWith(directory);
  }

  private Path absolute(String asked) {
    if (asked.isBlank()) {
      throw ToolFailure.invalid("the path is empty", "name a file or folder, such as \".\"");
    }
    try {
      boolean fromHome = asked.equals("~") || asked.startsWith("~/");
      return fromHome && home.isPresent()
          ? home.get().resolve(asked.substring(Math.min(2, asked.length())))
          : directory.resolve(asked);
    } catch (InvalidPathException e) {
      throw ToolFailure.invalid(
          "'" + Shown.name(asked) + "' is no path: " + e.getReason(), "name a file or folder");
    }
  }
}
