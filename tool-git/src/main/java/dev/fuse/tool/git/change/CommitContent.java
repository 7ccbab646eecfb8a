package dev.fuse.tool.git.change;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Differences;
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.Operation;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;

/**
 * What a commit would hold.
 *
 * @param version changes with HEAD and with the content
 */
record CommitContent(String sum, String patch, String version) {

  /**
   * Looks at what is staged, or at named files in the work tree.
   *
   * @throws ToolFailure if there is nothing to commit, or something is not merged
   */
  static CommitContent of(Repo repo, List<String> paths, boolean amend, Deadline deadline)
      throws IOException {
    repo.requireFiles();
    var index = Index.read(repo);
    var conflicts = StatusScan.conflicts(index);
    if (!conflicts.isEmpty()) {
      throw new ToolFailure(
          ToolResult.Kind.CONFLICT,
          "not merged yet: " + StatusScan.some(List.copyOf(conflicts.keySet()), 10),
          "decide these files and stage them first");
    }
    var operation = Operation.of(repo);
    if (!paths.isEmpty() && operation.isPresent()) {
      throw new ToolFailure(
          ToolResult.Kind.CONFLICT,
          "a " + operation.get().name() + " is in the middle: git commits all of it or nothing",
          "stage what belongs to it and leave 'paths' out");
    }
    var after = paths.isEmpty() ? new DirCacheIterator(index) : new FileTreeIterator(repo.git());
    try (var differences =
        new Differences(repo, StatusScan.head(repo), after, paths, 3, deadline)) {
      // a merge is committed even where it changes nothing
      if (differences.entries().isEmpty() && operation.isEmpty() && !amend) {
        throw nothing(repo, paths, deadline);
      }
      return new CommitContent(
          differences.sum(),
          differences.patch(),
          new Versions(repo).head() + " " + Versions.of(differences));
    }
  }

  /** Those files below the paths that git does not know yet. */
  static List<String> untracked(Repo repo, List<String> paths, Deadline deadline)
      throws IOException {
    if (paths.isEmpty()) {
      return List.of();
    }
    var before = new DirCacheIterator(Index.read(repo));
    try (var differences =
        new Differences(repo, before, new FileTreeIterator(repo.git()), paths, 0, deadline)) {
      return differences.entries().stream()
          .filter(entry -> "AR".indexOf(StatusScan.letter(entry)) >= 0)
          .map(StatusScan::path)
          .toList();
    }
  }

  private static ToolFailure nothing(Repo repo, List<String> paths, Deadline deadline)
      throws IOException {
    if (!paths.isEmpty()) {
      return ToolFailure.invalid(
          "nothing changed in " + StatusScan.some(paths, 5), "git_status lists what changed");
    }
    var scan = StatusScan.of(repo, deadline);
    var changed =
        java.util.stream.Stream.concat(
                scan.changes().stream().map(StatusScan.Change::path), scan.untracked().stream())
            .toList();
    return ToolFailure.invalid(
        "nothing is staged",
        changed.isEmpty()
            ? "nothing changed either"
            : "name files in 'paths'; changed: " + StatusScan.some(changed, 10));
  }
}
