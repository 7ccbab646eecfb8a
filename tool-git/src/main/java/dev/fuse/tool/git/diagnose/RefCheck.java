package dev.fuse.tool.git.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Repository;

/** A reference that is in the way of another: Git keeps names as files and folders. */
final class RefCheck implements Check {

  @Override
  public List<Finding> findings(World world) throws IOException {
    var found = new ArrayList<Finding>();
    for (var name : wanted(world)) {
      above(world.repo(), name, found);
      below(world.repo(), name, found);
    }
    return found;
  }

  /** Full names in the question, and what short ones such as {@code feature/x} may stand for. */
  private static List<String> wanted(World world) {
    var names = new ArrayList<>(world.question().refs());
    if (world.question().says("branch|ref|fetch|push|pull|checkout|switch|tag")) {
      for (var word : world.question().words()) {
        if (word.matches("[\\w.-]+(/[\\w.-]+)*") && !word.startsWith("refs/")) {
          names.add("refs/heads/" + word);
          names.add("refs/remotes/" + word);
          names.add("refs/remotes/origin/" + word);
        }
      }
    }
    return names.stream().distinct().toList();
  }

  private static void above(Repo repo, String name, List<Finding> found) throws IOException {
    if (repo.git().exactRef(name) != null) {
      return;
    }
    for (var at = name.lastIndexOf('/');
        at > "refs/heads".length();
        at = name.lastIndexOf('/', at - 1)) {
      var parent = name.substring(0, at);
      if (repo.git().exactRef(parent) != null && parent.chars().filter(c -> c == '/').count() > 1) {
        found.add(conflict(parent, "'" + name + "' cannot be made beside it"));
        return;
      }
    }
  }

  private static void below(Repo repo, String name, List<Finding> found) throws IOException {
    if (repo.git().exactRef(name) != null) {
      return;
    }
    var inside =
        repo.git().getRefDatabase().getRefsByPrefix(name + "/").stream()
            .map(ref -> ref.getName())
            .toList();
    if (!inside.isEmpty() && !name.matches("refs/remotes/[^/]+")) {
      if (inside.size() == 1) {
        found.add(conflict(inside.getFirst(), "'" + name + "' cannot be made above it"));
      } else {
        found.add(
            conflict(
                inside.getFirst(),
                "'%s' cannot be made above it and %s"
                    .formatted(name, StatusScan.some(inside.subList(1, inside.size()), 4))));
      }
    }
  }

  private static Finding conflict(String there, String seen) {
    var remote = there.startsWith("refs/remotes/");
    var branch = Repository.shortenRefName(there);
    return Finding.error(
        "reference " + branch,
        "'" + there + "' exists here: " + seen,
        remote
            ? "a stale remote-tracking branch "
                + branch
                + ", deleted on the remote; a name cannot be a branch and a folder of branches"
            : "a name cannot be a branch (a file) and a folder of branches at the same time",
        remote
            ? "git remote prune " + branch.replaceFirst("/.*", "") + " (or git fetch --prune)"
            : "rename or delete it (git branch -m " + branch + " NEWNAME), or take another name");
  }
}
