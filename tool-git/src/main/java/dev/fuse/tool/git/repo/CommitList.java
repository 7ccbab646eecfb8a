package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/** Commits for a preview, one a line. */
public final class CommitList {

  private CommitList() {}

  /** These commits. */
  public static String of(Repo repo, List<String> ids) throws IOException {
    try (var walk = new RevWalk(repo.git())) {
      var lines = new ArrayList<String>();
      for (var id : ids) {
        var commit = Revisions.commit(walk, repo, id);
        walk.parseBody(commit);
        lines.add(Commits.line(Commits.shortId(walk.getObjectReader(), commit), commit, List.of()));
      }
      return String.join("\n", lines);
    }
  }

  /** The commits of one that another does not have. */
  public static String between(Repo repo, ObjectId from, Optional<String> to, int limit)
      throws IOException {
    return between(repo, from, to.map(List::of).orElse(List.of()), limit);
  }

  /** The commits of one that none of the others has, named by ids. */
  public static String between(Repo repo, ObjectId from, List<String> without, int limit)
      throws IOException {
    try (var walk = new RevWalk(repo.git())) {
      walk.markStart(walk.parseCommit(from));
      for (var other : without) {
        walk.markUninteresting(walk.parseCommit(ObjectId.fromString(other)));
      }
      var lines = new ArrayList<String>();
      for (var commit = walk.next(); commit != null; commit = walk.next()) {
        if (lines.size() == limit) {
          lines.add("… and more");
          break;
        }
        walk.parseBody(commit);
        var id = Commits.shortId(walk.getObjectReader(), commit);
        lines.add(Commits.line(id, commit, List.of()));
      }
      return String.join("\n", lines);
    }
  }
}
