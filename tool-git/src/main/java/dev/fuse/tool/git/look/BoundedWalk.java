package dev.fuse.tool.git.look;

import dev.fuse.tool.git.repo.Deadline;
import org.eclipse.jgit.errors.StopWalkException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** A walk over history that stops at a deadline, wherever in its filters it is. */
final class BoundedWalk extends RevWalk {

  private final Deadline deadline;
  private long discovered;
  private boolean stopped;

  BoundedWalk(Repository git, Deadline deadline) {
    super(git);
    this.deadline = deadline;
  }

  /** How many commits it has come across. */
  long discovered() {
    return discovered;
  }

  /** Whether it ended before history did. */
  boolean stopped() {
    return stopped;
  }

  @Override
  protected RevCommit createCommit(AnyObjectId id) {
    count();
    return super.createCommit(id);
  }

  @Override
  protected RevCommit createCommit(AnyObjectId id, int graphPosition) {
    count();
    return super.createCommit(id, graphPosition);
  }

  private void count() {
    if (++discovered % 64 == 0 && deadline.passed()) {
      stopped = true;
      throw StopWalkException.INSTANCE;
    }
  }
}
