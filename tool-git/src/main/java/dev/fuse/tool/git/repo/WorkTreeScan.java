package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;

/**
 * What differs between the index and the work tree. A folder with nothing tracked in it is looked
 * into only until its first file that is not ignored.
 *
 * @param changes M, D, T, or A for a file whose adding is only intended, by path
 */
record WorkTreeScan(Map<String, Character> changes, List<String> untracked, boolean complete) {

  private static final int INDEX = 0;
  private static final int FILES = 1;

  static WorkTreeScan of(Repo repo, DirCache index, Deadline deadline) throws IOException {
    var scan = new WorkTreeScan(new TreeMap<>(), new ArrayList<>(), true);
    if (repo.bare()) {
      return scan;
    }
    try (var walk = new TreeWalk(repo.git())) {
      walk.setOperationType(TreeWalk.OperationType.CHECKIN_OP);
      walk.addTree(new DirCacheIterator(index));
      var files = new FileTreeIterator(repo.git());
      files.setDirCacheIterator(walk, INDEX);
      walk.addTree(files);
      return scan.walk(walk, deadline) ? scan : scan.incomplete();
    }
  }

  private WorkTreeScan incomplete() {
    return new WorkTreeScan(changes, untracked, false);
  }

  private boolean walk(TreeWalk walk, Deadline deadline) throws IOException {
    // the untracked folder being looked into, and whether something was found there
    var folder = "";
    boolean found = false;
    int seen = 0;
    while (walk.next()) {
      if (++seen % 64 == 0 && deadline.passed()) {
        return false;
      }
      var path = walk.getPathString();
      boolean below = !folder.isEmpty() && path.startsWith(folder);
      if (below && found) {
        continue;
      }
      var indexed = walk.getTree(INDEX, DirCacheIterator.class);
      var file = walk.getTree(FILES, WorkingTreeIterator.class);
      if (indexed != null) {
        compare(walk, path, indexed, file);
        continue;
      }
      if (file == null || file.isEntryIgnored()) {
        continue;
      }
      if (walk.isSubtree()) {
        if (!below) {
          folder = path + "/";
          found = false;
        }
        walk.enterSubtree();
        continue;
      }
      found = below;
      boolean repository = walk.getFileMode(FILES) == FileMode.GITLINK;
      untracked.add(below ? folder : repository ? path + "/" : path);
    }
    return true;
  }

  private void compare(
      TreeWalk walk, String path, DirCacheIterator indexed, WorkingTreeIterator file)
      throws IOException {
    if (walk.isSubtree()) {
      walk.enterSubtree();
      return;
    }
    var entry = indexed.getDirCacheEntry();
    if (entry.getStage() > 0 || entry.isSkipWorkTree() || entry.isAssumeValid()) {
      return;
    }
    if (file == null) {
      // an empty folder stands for a submodule that was not fetched
      if (entry.getFileMode() != FileMode.GITLINK) {
        changes.put(path, 'D');
      }
      return;
    }
    if (entry.isIntentToAdd()) {
      changes.put(path, 'A');
      return;
    }
    changed(walk, entry, file).ifPresent(letter -> changes.put(path, letter));
  }

  private static Optional<Character> changed(
      TreeWalk walk, DirCacheEntry entry, WorkingTreeIterator file) throws IOException {
    var mode = walk.getFileMode(FILES);
    if (entry.getFileMode() == FileMode.GITLINK) {
      boolean fetched = mode == FileMode.GITLINK;
      return fetched && !file.getEntryObjectId().equals(entry.getObjectId())
          ? Optional.of('M')
          : Optional.empty();
    }
    int kind = 0170000;
    if ((mode.getBits() & kind) != (entry.getFileMode().getBits() & kind)) {
      return Optional.of('T');
    }
    return file.isModified(entry, true, walk.getObjectReader())
        ? Optional.of('M')
        : Optional.empty();
  }
}
