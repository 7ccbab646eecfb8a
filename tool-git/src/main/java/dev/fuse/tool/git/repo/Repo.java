package dev.fuse.tool.git.repo;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * An open repository.
 *
 * @param root the real path of its work tree, or of the Git folder where it is bare
 * @param folder the folder that was asked about
 * @param outside whether it neither holds nor lies in the folder that Fuse was started in
 */
public record Repo(Repository git, Path root, Path folder, boolean outside)
    implements AutoCloseable {

  public static Repo of(Repository git, Path here, Path folder) throws IOException {
    var root = (git.isBare() ? git.getDirectory() : git.getWorkTree()).toPath().toRealPath();
    boolean inside = here.startsWith(root) || root.startsWith(here);
    boolean out = !inside || elsewhere(git, root) || GitFolder.leadsOut(git, root, here);
    return new Repo(git, root, folder, out);
  }

  /** Whether the files are not where the Git folder is, as a repository's own settings may say. */
  private static boolean elsewhere(Repository git, Path root) throws IOException {
    if (git.isBare()) {
      return false;
    }
    var link = root.resolve(".git");
    var own = git.getDirectory().toPath().toRealPath();
    if (Files.isDirectory(link)) {
      return !link.toRealPath().equals(own);
    }
    var pointer = Operation.text(link);
    return !pointer.startsWith("gitdir: ")
        || !root.resolve(pointer.substring("gitdir: ".length())).toRealPath().equals(own);
  }

  public boolean bare() {
    return git.isBare();
  }

  /** The Git folder that all work trees share. */
  public Path common() {
    return git.getCommonDirectory().toPath();
  }

  /** The Git folder of this work tree. */
  public Path own() {
    return git.getDirectory().toPath();
  }

  public Target target(String... more) {
    var pairs = new ArrayList<>(List.of("repository", root.toString()));
    pairs.addAll(List.of(more));
    return Target.of("git", pairs.toArray(String[]::new));
  }

  /** A read here; one that asks where the repository is not the one of this project. */
  public Effect read(String... more) {
    return outside ? Effect.readSecret(target(more)) : Effect.read(target(more));
  }

  /** A change on this machine; one that is HIGH where the repository is not of this project. */
  public Effect change(Verb verb, Risk risk, String... more) {
    return Effect.local(verb, target(more), outside ? risk.or(Risk.HIGH) : risk);
  }

  /** The coordinate of the current branch, or of HEAD where it is detached. */
  public String[] here() throws IOException {
    var branch = branch();
    return branch.isPresent()
        ? new String[] {"branch", branch.get()}
        : new String[] {"ref", "HEAD"};
  }

  /**
   * Goes on where there is a work tree.
   *
   * @throws ToolFailure where there is none
   */
  public void requireFiles() {
    if (bare()) {
      throw ToolFailure.invalid(
          "'" + root + "' is bare: it has no work tree", "work in a clone of it");
    }
  }

  /**
   * A path as Git has it: from the root, with slashes. A path is taken from the root, and from the
   * folder that was asked about where the root has no such file.
   */
  public String path(String given) {
    try {
      var path = Path.of(given);
      if (given.isBlank()) {
        throw ToolFailure.invalid("a path is empty", "give a path from the repository's root");
      }
      if (bare()) {
        return slashes(path.normalize(), given);
      }
      var fromRoot = root.resolve(path).normalize();
      var fromHere = folder.resolve(path).normalize();
      boolean here =
          given.startsWith("./")
              || given.startsWith("../")
              || (!exists(fromRoot) && exists(fromHere) && fromHere.startsWith(root));
      var chosen = here ? fromHere : fromRoot;
      return slashes(chosen.startsWith(root) ? root.relativize(chosen) : chosen, given);
    } catch (InvalidPathException e) {
      throw ToolFailure.invalid(
          "'" + Printable.line(given) + "' is no path: " + e.getReason(), "give a file's path");
    }
  }

  public List<String> paths(List<String> given) {
    return given.stream().map(this::path).filter(path -> !path.isEmpty()).distinct().toList();
  }

  /** The paths for a command that takes the root as {@code .}. */
  public List<String> pathspecs(List<String> given) {
    return given.stream()
        .map(this::path)
        .map(path -> path.isEmpty() ? "." : path)
        .distinct()
        .toList();
  }

  /** The paths to compare by; none, which is all, where the root is among them. */
  public static List<String> filter(List<String> pathspecs) {
    return pathspecs.contains(".") ? List.of() : pathspecs;
  }

  /** The commit that HEAD is at; empty on a branch without commits. */
  public Optional<ObjectId> head() throws IOException {
    return Optional.ofNullable(git.resolve("HEAD^{commit}"));
  }

  /** The branch's short name; empty where HEAD is detached. */
  public Optional<String> branch() throws IOException {
    var full = Optional.ofNullable(git.getFullBranch());
    return full.filter(name -> name.startsWith("refs/heads/")).map(name -> name.substring(11));
  }

  @Override
  public void close() {
    git.close();
  }

  private String slashes(Path path, String given) {
    if (path.isAbsolute() || path.startsWith("..")) {
      throw ToolFailure.invalid(
          "'" + Printable.line(given) + "' is outside of the repository '" + root + "'",
          "give a path from the repository's root");
    }
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
