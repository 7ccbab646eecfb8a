package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.diagnose.Question.Topic;
import dev.fuse.tool.git.repo.StatusScan;
import dev.fuse.tool.git.repo.WorkTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Where commits are that no branch holds any more, stashes, and work trees in the way. */
final class LostCheck implements Check {

  private static final int ENTRIES = 300;

  @Override
  public List<Finding> findings(World world) throws IOException {
    var found = new ArrayList<Finding>();
    if (world.asked(Topic.LOST)) {
      lost(world, found);
    }
    if (world.asked(Topic.LOST, Topic.STASH)) {
      var log = world.repo().git().getRefDatabase().getReflogReader("refs/stash");
      var stashes =
          log == null
              ? List.<String>of()
              : log.getReverseEntries().stream().map(one -> one.getComment()).toList();
      if (!stashes.isEmpty()) {
        found.add(
            Finding.warning(
                "stash",
                stashes.size() + " in the list: " + StatusScan.some(stashes, 4),
                "work was set aside with git stash",
                "git stash show -p stash@{0}; git stash pop, or git stash branch NAME"));
      }
    }
    workTrees(world, found);
    return found;
  }

  private static void lost(World world, List<Finding> found) throws IOException {
    var log = world.repo().git().getRefDatabase().getReflogReader("HEAD");
    if (log == null) {
      return;
    }
    var lost = new LinkedHashMap<ObjectId, String>();
    var how = "";
    try (var walk = new RevWalk(world.repo().git())) {
      for (var ref : world.repo().git().getRefDatabase().getRefs()) {
        if (!ref.getName().equals("refs/stash")
            && ref.getObjectId() != null
            && walk.peel(walk.parseAny(ref.getObjectId())) instanceof RevCommit commit) {
          walk.markStart(commit);
        }
      }
      var kept = new java.util.HashSet<ObjectId>();
      for (var commit = walk.next();
          commit != null && kept.size() < 50_000 && !world.deadline().passed();
          commit = walk.next()) {
        kept.add(commit.toObjectId());
      }
      for (var entry : log.getReverseEntries(ENTRIES)) {
        var id = entry.getNewId();
        if (how.isEmpty()
            && entry.getComment().matches("(reset|rebase|checkout|commit \\(amend).*")) {
          how = entry.getComment();
        }
        if (!kept.contains(id) && !lost.containsKey(id)) {
          try {
            lost.put(id, walk.parseCommit(id).getShortMessage());
          } catch (IOException e) {
            // Already taken away.
          }
        }
      }
    }
    if (lost.isEmpty()) {
      return;
    }
    var first = lost.keySet().iterator().next().abbreviate(7).name();
    var shown =
        lost.entrySet().stream()
            .map(one -> one.getKey().abbreviate(7).name() + " '" + one.getValue() + "'")
            .toList();
    found.add(
        Finding.warning(
            "commits that no branch holds",
            "the reflog still knows " + StatusScan.some(shown, 6),
            how.isEmpty() ? "their branch was moved or deleted" : "last move in the reflog: " + how,
            "git branch rescue " + first + " brings it back (git show " + first + " first)"));
  }

  private static void workTrees(World world, List<Finding> found) throws IOException {
    boolean asked = world.asked(Topic.WORKTREES);
    for (var tree : new WorkTrees(world.repo()).all()) {
      if (tree.administration().isEmpty()) {
        continue;
      }
      boolean named = asked || world.question().has(tree.head());
      if (tree.missing()) {
        found.add(
            world.worth(
                named,
                "work tree " + tree.folder(),
                "'%s' is missing and still holds the branch %s"
                    .formatted(tree.folder(), tree.head()),
                "its folder was deleted without git worktree remove, so the branch counts as"
                    + " checked out there",
                (tree.locked().isEmpty() ? "" : "git worktree unlock " + tree.folder() + "; ")
                    + "git worktree prune"));
      } else if (named) {
        found.add(
            Finding.warning(
                "work tree " + tree.folder(),
                "the branch %s is checked out in '%s'%s"
                    .formatted(
                        tree.head(),
                        tree.folder(),
                        tree.locked().isEmpty() ? "" : ", locked: " + tree.locked()),
                "a branch can be checked out in one work tree only",
                "work there, or git worktree remove " + tree.folder()));
      }
    }
  }
}
