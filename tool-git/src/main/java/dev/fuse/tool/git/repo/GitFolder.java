package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.eclipse.jgit.lib.Repository;

/** Whether all of a repository is where it says: its files may be links and pointers to others. */
final class GitFolder {

  private static final int DEEPEST = 12;
  private static final int MOST = 20_000;

  private GitFolder() {}

  /** Whether opening it would read what is not of it. */
  static boolean leadsOut(Repository git, Path root, Path here) throws IOException {
    var own = git.getDirectory().toPath().toRealPath();
    var common = git.getCommonDirectory().toPath().toRealPath();
    boolean linked = !own.equals(common);
    if (linked && !own.startsWith(common.resolve("worktrees"))) {
      return true;
    }
    if (!git.isBare()
        && !own.startsWith(root)
        && !own.startsWith(here)
        && !pointsBack(git, own, root)) {
      return true;
    }
    return alternates(common, here) || hasLinksOut(common) || (linked && hasLinksOut(own));
  }

  /** A linked work tree is named by its administration, a submodule by its settings. */
  private static boolean pointsBack(Repository git, Path own, Path root) throws IOException {
    var pointer = Operation.text(own.resolve("gitdir"));
    if (!pointer.isEmpty()) {
      var back = own.resolve(pointer).getParent();
      return back != null && Files.exists(back) && back.toRealPath().equals(root);
    }
    var tree = git.getConfig().getString("core", null, "worktree");
    return tree != null
        && Files.exists(own.resolve(tree))
        && own.resolve(tree).toRealPath().equals(root);
  }

  private static boolean alternates(Path common, Path here) throws IOException {
    var objects = common.resolve("objects");
    var file = objects.resolve("info/alternates");
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 100_000) {
      return true;
    }
    for (var line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      var other = objects.resolve(line.strip()).normalize();
      if (!other.startsWith(common) && !other.startsWith(here)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A link to what is not below, a pipe or a device; objects themselves are named by their hash.
   */
  private static boolean hasLinksOut(Path folder) throws IOException {
    var found = new boolean[1];
    var seen = new int[1];
    Files.walkFileTree(
        folder,
        Set.<FileVisitOption>of(),
        DEEPEST,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            var name = String.valueOf(path.getFileName());
            boolean bulk =
                path.getParent() != null
                    && path.getParent().endsWith("objects")
                    && !name.equals("info");
            boolean modules = name.equals("modules") && folder.equals(path.getParent());
            return bulk || modules || name.equals("lfs")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            found[0] =
                attributes.isOther() || (attributes.isSymbolicLink() && !below(path, folder));
            return found[0] || ++seen[0] > MOST
                ? FileVisitResult.TERMINATE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found[0];
  }

  private static boolean below(Path link, Path folder) {
    try {
      return link.toRealPath().startsWith(folder);
    } catch (IOException e) {
      // It leads nowhere.
      return true;
    }
  }
}
