package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The work trees that share one repository. */
public record WorkTrees(Repo repo) {

  /**
   * A work tree and what its HEAD says.
   *
   * @param administration where Git keeps what belongs to a linked one
   */
  public record WorkTree(
      Path folder, String head, boolean missing, String locked, Optional<Path> administration) {}

  public List<ListItem> list() throws IOException {
    var items = new ArrayList<ListItem>();
    for (var tree : all()) {
      var line =
          tree.folder()
              + " "
              + tree.head()
              + (tree.missing() ? " missing" : "")
              + (tree.locked().isEmpty() ? "" : " locked: " + tree.locked());
      items.add(
          new ListItem(
              tree.folder().toString(),
              Printable.line(line),
              Map.of(
                  "folder", tree.folder().toString(),
                  "head", tree.head(),
                  "missing", tree.missing())));
    }
    return items;
  }

  /** All of them, the main one first. */
  public List<WorkTree> all() throws IOException {
    var trees = new ArrayList<WorkTree>();
    var common = repo.common().toRealPath();
    var parent = common.getParent();
    var main = parent != null && common.endsWith(".git") ? parent : common;
    trees.add(new WorkTree(main, head(common), false, "", Optional.empty()));
    var linked = common.resolve("worktrees");
    if (!Files.isDirectory(linked)) {
      return trees;
    }
    try (var folders = Files.newDirectoryStream(linked, Files::isDirectory)) {
      for (var folder : folders) {
        trees.add(linked(folder));
      }
    }
    return trees;
  }

  private static WorkTree linked(Path own) throws IOException {
    var pointer = own.resolve(Operation.text(own.resolve("gitdir")));
    var parent = pointer.getParent();
    var folder = parent == null ? pointer : parent;
    var locked = own.resolve("locked");
    var reason = Files.exists(locked) ? Operation.text(locked) : "";
    return new WorkTree(
        folder,
        head(own),
        !Files.exists(pointer),
        Files.exists(locked) && reason.isEmpty() ? "yes" : reason,
        Optional.of(own));
  }

  /** The branch, or the commit where HEAD is detached. */
  private static String head(Path own) throws IOException {
    var head = Operation.text(own.resolve("HEAD"));
    return head.startsWith("ref: refs/heads/")
        ? head.substring("ref: refs/heads/".length())
        : "detached " + head.substring(0, Math.min(7, head.length()));
  }
}
