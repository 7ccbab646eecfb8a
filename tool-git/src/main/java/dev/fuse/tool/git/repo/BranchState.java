package dev.fuse.tool.git.repo;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.BranchConfig;
import org.eclipse.jgit.lib.BranchTrackingStatus;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Where HEAD is, and how that stands to its upstream as last fetched.
 *
 * @param branch empty where HEAD is detached
 * @param commit of HEAD, short; empty on a branch without commits
 * @param upstream configured, whether or not it exists here
 * @param distance empty without upstream, or where one of the two has no commit
 */
public record BranchState(
    Optional<String> branch,
    Optional<String> commit,
    String subject,
    Optional<String> upstream,
    Optional<Distance> distance) {

  /** Commits on the one side only. */
  public record Distance(int ahead, int behind) {

    public String words() {
      if (ahead == 0 && behind == 0) {
        return "up to date";
      }
      return (ahead > 0 ? "ahead " + ahead : "")
          + (ahead > 0 && behind > 0 ? ", " : "")
          + (behind > 0 ? "behind " + behind : "");
    }
  }

  public static BranchState of(Repo repo) throws IOException {
    var branch = repo.branch();
    var upstream = branch.flatMap(name -> upstream(repo.git(), name));
    var head = repo.head();
    if (head.isEmpty()) {
      return new BranchState(branch, Optional.empty(), "", upstream, Optional.empty());
    }
    try (var walk = new RevWalk(repo.git())) {
      var commit = walk.parseCommit(head.get());
      return new BranchState(
          branch,
          Optional.of(Commits.shortId(walk.getObjectReader(), commit)),
          Printable.line(commit.getShortMessage(), 100),
          upstream,
          upstream.isPresent() ? distance(repo.git(), branch.orElse("")) : Optional.empty());
    }
  }

  /** How far a branch is from its upstream; empty where either does not exist here. */
  public static Optional<Distance> distance(Repository git, String branch) throws IOException {
    return Optional.ofNullable(BranchTrackingStatus.of(git, branch))
        .map(status -> new Distance(status.getAheadCount(), status.getBehindCount()));
  }

  /** The upstream that is configured for a branch, short. */
  public static Optional<String> upstream(Repository git, String branch) {
    return Optional.ofNullable(new BranchConfig(git.getConfig(), branch).getTrackingBranch())
        .map(Repository::shortenRefName);
  }

  /** {@code ## main...origin/main [ahead 1] 1a2b3c4 Subject}. */
  public String line() {
    var name = branch.map(Printable::line).orElse("HEAD (detached)");
    var tracking = upstream.map(up -> "..." + Printable.line(up)).orElse("");
    var apart =
        upstream.isEmpty() || commit.isEmpty()
            ? ""
            : " [" + distance.map(Distance::words).orElse("gone") + "]";
    var at = commit.map(id -> " " + id + " " + subject).orElse(" (no commit yet)");
    return "## " + name + tracking + apart + at;
  }

  public Map<String, Object> structured() {
    var all = new LinkedHashMap<String, Object>();
    all.put("branch", branch.orElse(""));
    all.put("commit", commit.orElse(""));
    all.put("upstream", upstream.orElse(""));
    distance.ifPresent(
        apart -> {
          all.put("ahead", (long) apart.ahead());
          all.put("behind", (long) apart.behind());
        });
    return all;
  }
}
