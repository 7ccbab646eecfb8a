package dev.fuse.tool.git.look;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Files and folders as they were. */
record FileAt(Repo repo, RevWalk walk) {

  private static final int LONGEST = 1_000_000;
  private static final int MOST_NAMES = 1_000;

  /** The file or folder at that path. */
  ToolResult show(RevCommit commit, String path, String revision) throws IOException {
    try (var at = TreeWalk.forPath(repo.git(), path, commit.getTree())) {
      if (at == null) {
        throw ToolFailure.notFound(
            "there is no '" + Printable.line(path) + "' in '" + Printable.line(revision) + "'",
            "git_log with this 'path' tells when it came and went");
      }
      var mode = at.getFileMode(0);
      if (mode == FileMode.TREE) {
        return folder(walk.parseTree(at.getObjectId(0)));
      }
      if (mode == FileMode.GITLINK) {
        return ToolResult.ok("submodule at commit " + at.getObjectId(0).name());
      }
      return content(at.getObjectId(0), path);
    }
  }

  /** The names in a folder. */
  ToolResult folder(RevTree tree) throws IOException {
    var names = new ArrayList<String>();
    int more = 0;
    try (var walk = new TreeWalk(repo.git())) {
      walk.addTree(tree);
      while (walk.next()) {
        if (names.size() >= MOST_NAMES) {
          more++;
          continue;
        }
        names.add(walk.getNameString() + (walk.isSubtree() ? "/" : ""));
      }
    }
    var text = new StringBuilder();
    names.forEach(name -> text.append(Printable.line(name)).append('\n'));
    if (more > 0) {
      text.append("… ").append(more).append(" more\n");
    }
    return ToolResult.ok(text.toString()).structured(names);
  }

  /** The content of a file, which stays in Git where it is large or binary. */
  ToolResult content(ObjectId blob, String name) throws IOException {
    var loader = repo.git().open(blob, Constants.OBJ_BLOB);
    byte[] head;
    try (var in = loader.openStream()) {
      head = in.readNBytes(LONGEST);
    }
    if (RawText.isBinary(head)) {
      return ToolResult.ok(
          "'%s' is binary, %,d bytes".formatted(Printable.line(name), loader.getSize()));
    }
    var text = Printable.block(new String(head, StandardCharsets.UTF_8));
    return loader.getSize() <= LONGEST
        ? ToolResult.ok(text).structured(text)
        : ToolResult.ok(
            text + "\n… cut after %,d of %,d bytes".formatted(LONGEST, loader.getSize()));
  }
}
