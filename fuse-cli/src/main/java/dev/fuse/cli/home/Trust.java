package dev.fuse.cli.home;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;

/**
 * The projects whose own settings, scenarios and instructions count: those that the person has
 * trusted, by the real path of their root.
 */
public final class Trust {

  private static final String FILE = "trusted.json";

  private final Home home;

  public Trust(Home home) {
    this.home = home;
  }

  public boolean trusts(Project project) {
    return read().contains(project.root().toString());
  }

  /** Whether a project has something that trust is about. */
  public static boolean matters(Project project) {
    return Files.isDirectory(project.fuse())
        || Files.isDirectory(project.root().resolve(".agents/skills"))
        || Files.isRegularFile(project.root().resolve("AGENTS.md"));
  }

  /**
   * Trusts a project, or does so no more.
   *
   * @return whether that changed anything
   * @throws FuseException if it cannot be kept
   */
  public boolean set(Project project, boolean trusted) {
    var paths = new TreeSet<>(read());
    var root = project.root().toString();
    boolean changed = trusted ? paths.add(root) : paths.remove(root);
    if (changed) {
      write(List.copyOf(paths));
    }
    return changed;
  }

  private List<String> read() {
    var file = home.find(FILE).filter(Files::exists);
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      if (Json.read(file.get()) instanceof List<?> paths) {
        return paths.stream().map(String::valueOf).toList();
      }
      home.setAside(file.get(), "it is no list");
    } catch (IOException e) {
      home.setAside(file.get(), Reason.of(e));
    }
    return List.of();
  }

  private void write(List<String> paths) {
    var file = home.findFolder("").map(folder -> folder.resolve(FILE));
    try {
      if (file.isPresent()) {
        PrivateFile.write(file.get(), Json.writeIndented(paths) + "\n");
        return;
      }
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED,
          "'%s' cannot be written (%s)".formatted(file.get(), Reason.of(e)),
          "make it writable or set FUSE_HOME");
    }
    throw new FuseException(Kind.FAILED, "there is no home to keep that in", "set FUSE_HOME");
  }
}
