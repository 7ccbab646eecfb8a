package dev.fuse.tool.git.change;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.tool.git.repo.BranchState;
import dev.fuse.tool.git.repo.CommitList;
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.Operation;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Commands that move the current branch, and what comes of them. */
final class Moves {

  private Moves() {}

  /**
   * Goes on where nothing was begun and not ended.
   *
   * @throws ToolFailure else
   */
  static void requireNothingInTheMiddle(Repo repo) throws IOException {
    var operation = Operation.of(repo);
    if (operation.isPresent() && !operation.get().name().equals("bisect")) {
      throw new ToolFailure(
          Kind.CONFLICT,
          "a " + operation.get().line(),
          "end it first: git_continue with continue, skip or abort");
    }
  }

  /** Runs a command and tells where the branch is then, or what it stopped at. */
  static ToolResult run(Repo repo, Git git, List<String> command, ObjectId before)
      throws IOException {
    return told(repo, "git " + command.getFirst(), git.attempt(command), before);
  }

  /** What became of a branch that was at a commit before. */
  static ToolResult told(Repo repo, String command, Program.Outcome outcome, ObjectId before)
      throws IOException {
    var conflicts = StatusScan.conflicts(Index.read(repo));
    var operation = Operation.of(repo);
    if (!outcome.ok() && operation.isPresent()) {
      var paths = List.copyOf(conflicts.keySet());
      return ToolResult.failed(
          Kind.CONFLICT,
          "'%s' stopped: %s%s"
              .formatted(
                  command,
                  operation.get().line(),
                  paths.isEmpty()
                      ? "; git said: " + outcome.said()
                      : "; conflicts in " + StatusScan.some(paths, 20)),
          "git_conflicts shows the sides; edit the files, git_stage them, git_continue; or"
              + " git_continue with abort");
    }
    if (!outcome.ok()) {
      return Git.failed(command, outcome);
    }
    var after = repo.head();
    if (after.isEmpty() || after.get().equals(before)) {
      return ToolResult.ok("nothing changed: " + lastLine(outcome));
    }
    return ToolResult.ok(
            BranchState.of(repo).line().substring(3)
                + "\n"
                + CommitList.between(repo, after.get(), Optional.of(before.name()), 20))
        .structured(Map.of("before", before.name(), "after", after.get().name()))
        .undo(
            new Undoing(repo)
                .call(
                    "git_reset",
                    "the branch at " + before.abbreviate(7).name() + " again",
                    ResetChange.version(repo),
                    Map.of("to", before.name(), "mode", "keep")));
  }

  private static String lastLine(Program.Outcome outcome) {
    return outcome.said().lines().reduce("", (earlier, later) -> later);
  }
}
