package dev.fuse.tool.git.change;

import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevWalk;

/** Which files would conflict, found without writing anything. */
final class Foresight {

  private Foresight() {}

  /** A sentence about a merge, cherry-pick or revert; empty where nothing can be said. */
  static String conflicts(Repo repo, String action, ObjectId ours, ObjectId other)
      throws IOException {
    if (action.equals("rebase")) {
      return "";
    }
    try (var inserter = new Nowhere(repo.git());
        var walk = new RevWalk(repo.git())) {
      var merger =
          (ResolveMerger)
              MergeStrategy.RESOLVE.newMerger(inserter, new Config(repo.git().getConfig()));
      var commit = walk.parseCommit(other);
      boolean merge = action.equals("merge");
      if (!merge && commit.getParentCount() == 0) {
        return "";
      }
      boolean clean;
      if (merge) {
        clean = merger.merge(ours, commit);
      } else {
        var parent = walk.parseCommit(commit.getParent(0));
        boolean pick = action.equals("cherry-pick");
        merger.setBase(pick ? parent.getTree() : commit.getTree());
        clean = merger.merge(ours, pick ? commit.getTree() : parent.getTree());
      }
      return clean
          ? "no conflict is expected"
          : "conflicts are expected in " + StatusScan.some(merger.getUnmergedPaths(), 10);
    } catch (JGitInternalException | IOException _) {
      // several bases, or contents that would have to be written first
      return "";
    }
  }

  /** Computes ids of objects and keeps none. */
  private static final class Nowhere extends ObjectInserter.Filter {

    private final ObjectInserter formatter = new ObjectInserter.Formatter();
    private final Repository git;

    Nowhere(Repository git) {
      this.git = git;
    }

    @Override
    protected ObjectInserter delegate() {
      return formatter;
    }

    @Override
    public ObjectId insert(int type, byte[] data, int off, int len) {
      return idFor(type, data, off, len);
    }

    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
      return idFor(type, length, in);
    }

    @Override
    public ObjectReader newReader() {
      return git.newObjectReader();
    }

    @Override
    public void flush() {}
  }
}
