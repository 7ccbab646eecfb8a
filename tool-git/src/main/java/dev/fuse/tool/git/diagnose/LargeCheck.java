package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.diagnose.Question.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Large files in commits that no remote has yet, also where a later commit deleted them again. */
final class LargeCheck implements Check {

  private static final long LIMIT = 100L << 20;
  private static final long MUCH = 50L << 20;
  private static final int COMMITS = 500;

  private record Large(String path, long size, RevCommit commit, boolean still) {}

  @Override
  public List<Finding> findings(World world) throws IOException {
    var all = new LinkedHashMap<ObjectId, Large>();
    int unpushed = collect(world, all);
    var found = new ArrayList<Finding>();
    for (var one : all.values()) {
      if (one.size < LIMIT && !world.asked(Topic.LARGE)) {
        continue;
      }
      var seen =
          "commit %s '%s' holds %s (%.1f MiB, %d bytes)%s"
              .formatted(
                  one.commit.abbreviate(7).name(),
                  one.commit.getShortMessage(),
                  one.path,
                  one.size / 1048576.0,
                  one.size,
                  one.still ? "" : "; a later commit deletes it");
      found.add(
          Finding.warning(
              "large file " + one.path,
              seen,
              (one.still
                      ? "GitHub and others refuse files over 100 MB"
                      : "deleting it later does not take it out of the history that is pushed")
                  + "; none of the "
                  + unpushed
                  + " unpushed commits is on the remote yet",
              "take it out of the unpushed commits: git reset --soft @{upstream} and commit again"
                  + " without it, or git rebase -i, or git filter-repo --path "
                  + one.path
                  + " --invert-paths; git lfs migrate import where it must stay"));
    }
    return found;
  }

  private static int collect(World world, Map<ObjectId, Large> all) throws IOException {
    var repo = world.repo();
    var head = repo.head();
    if (head.isEmpty()) {
      return 0;
    }
    int count = 0;
    try (var walk = new RevWalk(repo.git());
        var reader = repo.git().newObjectReader()) {
      var tip = walk.parseCommit(head.get());
      walk.markStart(tip);
      for (var ref : repo.git().getRefDatabase().getRefsByPrefix(Constants.R_REMOTES)) {
        if (!ref.isSymbolic()
            && walk.peel(walk.parseAny(ref.getObjectId())) instanceof RevCommit commit) {
          walk.markUninteresting(commit);
        }
      }
      for (var commit = walk.next(); commit != null && count < COMMITS; commit = walk.next()) {
        count++;
        try (var tree = new TreeWalk(repo.git(), reader)) {
          tree.setRecursive(true);
          if (commit.getParentCount() == 0) {
            tree.addTree(new EmptyTreeIterator());
          } else {
            var parent = commit.getParent(0);
            walk.parseHeaders(parent);
            tree.addTree(parent.getTree());
          }
          tree.addTree(commit.getTree());
          tree.setFilter(TreeFilter.ANY_DIFF);
          for (var entry : DiffEntry.scan(tree)) {
            large(world, entry, commit, tip, all);
          }
        }
      }
    }
    return count;
  }

  private static void large(
      World world, DiffEntry entry, RevCommit commit, RevCommit tip, Map<ObjectId, Large> all)
      throws IOException {
    if (entry.getChangeType() == DiffEntry.ChangeType.DELETE
        || entry.getNewMode().getObjectType() != Constants.OBJ_BLOB
        || entry.getNewMode().equals(FileMode.SYMLINK)) {
      return;
    }
    var id = entry.getNewId().toObjectId();
    try (var reader = world.repo().git().newObjectReader()) {
      long size = reader.getObjectSize(id, Constants.OBJ_BLOB);
      if (size < MUCH) {
        return;
      }
      var path = entry.getNewPath();
      try (var now = TreeWalk.forPath(reader, path, tip.getTree())) {
        boolean still = now != null && now.getObjectId(0).equals(id);
        all.putIfAbsent(id, new Large(path, size, commit, still));
      }
    }
  }
}
