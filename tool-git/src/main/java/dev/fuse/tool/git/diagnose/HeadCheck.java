package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.repo.BranchState;
import dev.fuse.tool.git.repo.Operation;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevWalk;

/** Where HEAD is, whether what it names exists, and how far its branch is from upstream. */
record HeadCheck(Repo repo, Instant now) {

  private static final int COUNTED = 1_000;

  List<Finding> findings(Optional<Operation> operation) throws IOException {
    try {
      var findings = new ArrayList<Finding>();
      var state = BranchState.of(repo);
      if (state.branch().isEmpty()) {
        detached(state, operation).ifPresent(findings::add);
      }
      if (state.commit().isEmpty()) {
        empty(state).ifPresent(findings::add);
      }
      if (state.branch().isPresent() && state.commit().isPresent()) {
        upstream(state).ifPresent(findings::add);
      }
      return findings;
    } catch (MissingObjectException e) {
      return List.of(
          Finding.error(
              "HEAD",
              "HEAD names " + e.getObjectId().name() + ", which is not here",
              "an interrupted write or a damaged disk",
              "git fsck; git reflog shows earlier commits; fetch the missing one"));
    }
  }

  private Optional<Finding> detached(BranchState state, Optional<Operation> operation)
      throws IOException {
    // a rebase and a bisect detach HEAD themselves
    if (operation.isPresent()) {
      return Optional.empty();
    }
    int lost = onNoBranch();
    var at =
        "HEAD is at " + state.commit().orElse("?") + " '" + state.subject() + "', on no branch";
    if (lost == 0) {
      return Optional.of(
          Finding.warning(
              "detached HEAD",
              at + "; a branch or tag holds every commit",
              "a commit, tag or remote branch was checked out",
              "git switch to a branch before you commit"));
    }
    return Optional.of(
        Finding.warning(
            "detached HEAD",
            at + "; " + (lost >= COUNTED ? "at least " : "") + commits(lost) + " on no branch",
            "commits were made without a branch",
            "git switch -c NAME keeps them; they are lost otherwise"));
  }

  /** How many commits of HEAD no branch or tag holds, up to a thousand. */
  private int onNoBranch() throws IOException {
    try (var walk = new RevWalk(repo.git())) {
      walk.markStart(walk.parseCommit(repo.head().orElseThrow()));
      var refs = repo.git().getRefDatabase();
      for (var prefix : List.of(Constants.R_HEADS, Constants.R_REMOTES, Constants.R_TAGS)) {
        for (var ref : refs.getRefsByPrefix(prefix)) {
          var target = walk.peel(walk.parseAny(ref.getObjectId()));
          if (target instanceof org.eclipse.jgit.revwalk.RevCommit commit) {
            walk.markUninteresting(commit);
          }
        }
      }
      int lost = 0;
      while (lost < COUNTED && walk.next() != null) {
        lost++;
      }
      return lost;
    }
  }

  /** A branch without commits is normal in a new repository, and damage in one with a history. */
  private Optional<Finding> empty(BranchState state) throws IOException {
    var branch = state.branch().orElse("HEAD");
    var log = repo.own().resolve("logs/HEAD");
    boolean had = Files.isRegularFile(log) && Files.size(log) > 0;
    var ref = repo.common().resolve("refs/heads").resolve(branch);
    if (Files.isRegularFile(ref)) {
      return Optional.of(
          Finding.error(
              "branch " + branch,
              "'" + ref + "' holds no commit (" + Files.size(ref) + " bytes)",
              "an interrupted write, often after a crash or a full disk",
              "write the last commit of '" + log + "' back with git update-ref"));
    }
    if (!had) {
      return Optional.of(Finding.info("branch " + branch, "has no commit yet"));
    }
    return Optional.of(
        Finding.warning(
            "branch " + branch,
            "HEAD names a branch that does not exist, and '" + log + "' knows of commits",
            "the branch was deleted, or a new one without history was begun",
            "git branch " + branch + " COMMIT, with the last commit of that log"));
  }

  private Optional<Finding> upstream(BranchState state) throws IOException {
    var name = state.branch().orElseThrow();
    var branch = "branch " + Printable.line(name);
    if (state.upstream().isEmpty()) {
      return Optional.empty();
    }
    var up = Printable.line(state.upstream().get());
    if (state.distance().isEmpty()) {
      return Optional.of(
          Finding.warning(
              branch,
              "its upstream '" + up + "' does not exist here",
              "it was deleted on the remote, as after a merge, or never fetched",
              "git fetch --prune; git branch --unset-upstream"));
    }
    var apart = state.distance().get();
    if (apart.ahead() > 0 && apart.behind() > 0) {
      return Optional.of(
          Finding.warning(
                  branch,
                  "%s here not in '%s', and %d there not here"
                      .formatted(commits(apart.ahead()), up, apart.behind()),
                  "it diverged: both sides got commits, or one was rewritten",
                  "git pull --rebase, or merge '" + up + "'")
              .notChecked(asFetched()));
    }
    if (apart.ahead() > 0) {
      return Optional.of(
          Finding.info(branch, commits(apart.ahead()) + " not pushed to '" + up + "'")
              .notChecked(asFetched()));
    }
    return apart.behind() == 0
        ? Optional.empty()
        : Optional.of(
            Finding.info(branch, commits(apart.behind()) + " behind '" + up + "'")
                .notChecked(asFetched()));
  }

  private static String commits(int count) {
    return count + (count == 1 ? " commit" : " commits");
  }

  private String asFetched() throws IOException {
    var fetched = repo.common().resolve("FETCH_HEAD");
    return "the remote itself; last fetched "
        + (Files.exists(fetched)
            ? Locks.words(Duration.between(Files.getLastModifiedTime(fetched).toInstant(), now))
                + " ago"
            : "at an unknown time");
  }
}
