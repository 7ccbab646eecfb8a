package dev.fuse.tool.fs.place;

import dev.fuse.spi.Facts;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the tools work.
 *
 * @param directory the working directory, absolute, without links
 * @param home the person's home
 * @param facts what the host knows of where we are
 */
public record Place(
    Path directory,
    Optional<Path> home,
    Map<String, String> environment,
    KnownFiles known,
    Supplier<Facts> facts) {

  public static Place of(PluginContext context) {
    var environment = context.environment();
    var home =
        Optional.ofNullable(environment.get("HOME")).filter(h -> h.startsWith("/")).map(Path::of);
    return new Place(
        context.directory(), home, environment, KnownFiles.of(environment), context::facts);
  }

  /**
   * Where a path of a call really leads.
   *
   * @throws ToolFailure if it is none, or may not be followed
   */
  public Location locate(String asked) {
    return locate(asked, false);
  }

  /** Where a path of a call really leads, but for its last name: a link is itself. */
  public Location locateLink(String asked) {
    return locate(asked, true);
  }

  private Location locate(String asked, boolean link) {
    var path = absolute(asked);
    try {
      var real = link ? ofLink(path) : RealPath.of(path);
      return new Location(
          asked,
          real,
          shown(real),
          inside(real),
          inTrash(real),
          known.credential(real) || known.credential(path),
          known.delicate(real) && !inTrash(real));
    } catch (IOException e) {
      throw Trouble.of(e, asked);
    }
  }

  /** Where deleted files may wait, the best place first. */
  public List<Path> trash() {
    var folders = new ArrayList<Path>();
    Optional.ofNullable(environment.get("FUSE_HOME"))
        .filter(text -> text.startsWith("/"))
        .map(Path::of)
        .or(() -> home.map(path -> path.resolve(".fuse")))
        .ifPresent(path -> folders.add(path.resolve("trash")));
    folders.add(directory.resolve(".fuse/trash"));
    return folders;
  }

  private static Path ofLink(Path path) throws IOException {
    var name = path.getFileName();
    var parent = path.getParent();
    boolean plain = name != null && !name.toString().equals("..") && !name.toString().equals(".");
    if (!plain || parent == null) {
      return RealPath.of(path);
    }
    var folder = RealPath.of(parent);
    return RealPath.findShownAs(folder, name).orElseGet(() -> folder.resolve(name));
  }

  /** The path as a person in the working directory would write it. */
  public String shown(Path real) {
    if (!real.startsWith(directory)) {
      return Shown.name(real);
    }
    var relative = directory.relativize(real).toString();
    return relative.isEmpty() ? "." : Shown.name(relative);
  }

  private boolean inTrash(Path real) {
    return trash().stream().anyMatch(real::startsWith);
  }

  /** At the root of the file system nothing counts as inside: everything would. */
  private boolean inside(Path real) {
    return directory.getNameCount() > 0 && real.startsWith(directory);
  }

  /** The path with {@code ~} for the person's home, which programs get from shells. */
  public String expand(String asked) {
    return asked.startsWith("~/") && home.isPresent() ? home.get() + asked.substring(1) : asked;
  }

  private Path absolute(String asked) {
    if (asked.isBlank()) {
      throw ToolFailure.invalid("the path is empty", "name a file or folder, such as \".\"");
    }
    try {
      return directory.resolve(asked.equals("~") ? expand("~/") : expand(asked));
    } catch (InvalidPathException e) {
      throw ToolFailure.invalid(
          "'" + Shown.name(asked) + "' is no path: " + e.getReason(), "name a file or folder");
    }
  }
}
