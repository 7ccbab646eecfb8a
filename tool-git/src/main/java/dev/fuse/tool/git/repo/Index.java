package dev.fuse.tool.git.repo;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.errors.CorruptObjectException;

/** Reads a repository's index. */
public final class Index {

  private Index() {}

  /**
   * The index as it is now.
   *
   * @throws ToolFailure if it is corrupt, or of a kind that JGit cannot read
   */
  public static DirCache read(Repo repo) throws IOException {
    try {
      return repo.git().readDirCache();
    } catch (CorruptObjectException | EOFException e) {
      var what = "the index '" + repo.own().resolve("index") + "' cannot be read: ";
      if (split(repo)) {
        throw new ToolFailure(
            Kind.UNAVAILABLE,
            what + "it is split",
            "use git itself, or 'git update-index --no-split-index'");
      }
      if (repo.git().getConfig().getBoolean("index", "sparse", false)) {
        throw new ToolFailure(
            Kind.UNAVAILABLE,
            what + "it is sparse",
            "use git itself, or 'git sparse-checkout reapply --no-sparse-index'");
      }
      throw new ToolFailure(
          Kind.UNAVAILABLE,
          what + Failures.said(e),
          "it is corrupt: move it away and run 'git reset', which keeps the files");
    }
  }

  private static boolean split(Repo repo) throws IOException {
    try (var shared = Files.newDirectoryStream(repo.own(), "sharedindex.*")) {
      return shared.iterator().hasNext();
    }
  }
}
