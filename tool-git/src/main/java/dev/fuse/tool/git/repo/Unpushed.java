package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The commits that a reference would lose.
 *
 * @param lost commits, up to a thousand
 * @param pushed how many of them a remote has, as last fetched
 */
public record Unpushed(int lost, int pushed) {

  private static final int MOST = 1000;

  /** The commits of one that are not commits of the other; all of one where there is no other. */
  public static Unpushed between(Repo repo, AnyObjectId from, Optional<? extends AnyObjectId> to)
      throws IOException {
    int lost = count(repo, from, to, List.of());
    int ours = lost == 0 ? 0 : count(repo, from, to, List.of(Constants.R_REMOTES));
    return new Unpushed(lost, lost - ours);
  }

  /** How many commits of a branch no other reference holds. */
  public static int onlyIn(Repo repo, String ref, AnyObjectId id) throws IOException {
    try (var walk = new RevWalk(repo.git())) {
      walk.markStart(walk.parseCommit(id));
      for (var other : repo.git().getRefDatabase().getRefs()) {
        boolean own = other.getName().equals(ref) || other.getName().equals(Constants.R_STASH);
        var target = own ? null : other.getObjectId();
        var leaf = other.getLeaf().getName();
        if (target != null
            && !leaf.equals(ref)
            && walk.peel(walk.parseAny(target)) instanceof RevCommit commit) {
          walk.markUninteresting(commit);
        }
      }
      return count(walk);
    }
  }

  private static int count(
      Repo repo, AnyObjectId from, Optional<? extends AnyObjectId> to, List<String> without)
      throws IOException {
    try (var walk = new RevWalk(repo.git())) {
      walk.markStart(walk.parseCommit(from));
      if (to.isPresent()) {
        walk.markUninteresting(walk.parseCommit(to.get()));
      }
      for (var prefix : without) {
        for (var ref : repo.git().getRefDatabase().getRefsByPrefix(prefix)) {
          if (!ref.isSymbolic()
              && walk.peel(walk.parseAny(ref.getObjectId())) instanceof RevCommit commit) {
            walk.markUninteresting(commit);
          }
        }
      }
      return count(walk);
    }
  }

  private static int count(RevWalk walk) throws IOException {
    int count = 0;
    while (count < MOST && walk.next() != null) {
      count++;
    }
    return count;
  }
}
