package dev.fuse.tool.git.repo;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** Where Fuse was started, and the way from there to a repository. */
public final class Place {

  private final Clock clock;
  private volatile @Nullable Start start;

  public Place(Clock clock) {
    this.clock = clock;
  }

  public void open(PluginContext context) {
    var environment = context.environment();
    var home = Path.of(environment.getOrDefault("HOME", context.directory().toString()));
    var files = new ReadingFiles(home);
    // JGit knows one machine for all of its code; these classes are this plugin's alone.
    SystemReader.setInstance(new HostSystem(SystemReader.getInstance(), environment, files));
    start = new Start(context.directory(), environment, files);
  }

  public Clock clock() {
    return clock;
  }

  /** The folder that Fuse was started in. */
  public Path directory() {
    return start().directory();
  }

  public Map<String, String> environment() {
    return start().environment();
  }

  /**
   * Opens the repository that holds the folder of the argument {@code repository}, or the one that
   * Fuse was started in.
   *
   * @throws ToolFailure if there is none, or it cannot be read
   */
  public Repo repository(Arguments arguments) {
    var here = start().directory();
    var folder = arguments.findString("repository").map(text -> folder(here, text)).orElse(here);
    try {
      var builder = new FileRepositoryBuilder().setFS(start().files()).findGitDir(folder.toFile());
      if (builder.getGitDir() == null) {
        throw ToolFailure.notFound(noRepository(folder), "give 'repository': a folder inside one");
      }
      return Repo.of(known(builder.build(), folder), here, folder);
    } catch (IOException | IllegalArgumentException e) {
      throw Failures.thrown(e, folder);
    }
  }

  private static Repository known(Repository git, Path folder) {
    var ids = git.getConfig().getString("extensions", null, "objectFormat");
    if (ids == null || ids.equalsIgnoreCase("sha1")) {
      return git;
    }
    git.close();
    throw new ToolFailure(
        ToolResult.Kind.UNAVAILABLE,
        "the repository of '" + folder + "' has " + Printable.line(ids) + " ids",
        "Fuse reads SHA-1 repositories only; use git itself there");
  }

  private static Path folder(Path here, String text) {
    try {
      var real = here.resolve(text).toRealPath();
      var parent = real.getParent();
      return Files.isDirectory(real) || parent == null ? real : parent;
    } catch (InvalidPathException | IOException e) {
      throw ToolFailure.notFound(
          "there is no folder '" + Printable.line(text) + "'", "give 'repository' as a folder");
    }
  }

  private static String noRepository(Path folder) {
    for (var at = Optional.of(folder); at.isPresent(); at = at.map(Path::getParent)) {
      var git = at.get().resolve(".git");
      if (Files.exists(git)) {
        return "'"
            + git
            + "' is no usable repository: "
            + (Files.isDirectory(git)
                ? "its HEAD is missing or names neither a branch nor a commit"
                : "it points to a folder that is none");
      }
    }
    return "'" + folder + "' is not inside a Git repository";
  }

  private Start start() {
    var known = start;
    if (known == null) {
      throw new IllegalStateException("the plugin has not been opened");
    }
    return known;
  }

  private record Start(Path directory, Map<String, String> environment, FS files) {}
}
