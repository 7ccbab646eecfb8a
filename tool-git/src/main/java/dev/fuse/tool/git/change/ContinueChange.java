package dev.fuse.tool.git.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.git.repo.BranchState;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Differences;
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Operation;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/** {@code git_continue}: ends a merge, rebase, cherry-pick or revert that is in the middle. */
public record ContinueChange(Clock clock) implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_continue",
            "Go on with the merge, rebase, cherry-pick or revert in the middle once conflicts are"
                + " staged; skip the commit it stopped at; or abort all of it",
            Schemas.ofRepository()
                .required("action", Schema.choice("what", "continue", "skip", "abort")),
            Ceiling.of(Risk.HIGH, false, Set.of(Verb.UPDATE, Verb.EXECUTE), "git"))
        .keywords("continue", "abort", "skip", "conflict", "rebase", "merge");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    repo.requireFiles();
    var action = arguments.string("action");
    var operation =
        Operation.of(repo)
            .orElseThrow(() -> ToolFailure.invalid("nothing is in the middle", "git_status tells"));
    requireFits(repo, action, operation);
    var deadline = Deadline.of(call, clock);
    var scan = StatusScan.of(repo, deadline);
    boolean loses =
        action.equals("abort") && (!scan.conflicts().isEmpty() || !scan.changes().isEmpty());
    var risk = action.equals("continue") ? Risk.LOW : Risk.HIGH;
    var effects = new ArrayList<Effect>();
    effects.add(repo.change(Verb.UPDATE, risk, repo.here()));
    effects.addAll(
        new ConfiguredCode(repo)
            .effects(Occasion.FILES, Occasion.COMMIT, Occasion.MERGE, Occasion.REFS));
    var summary = "%s the %s: %s".formatted(action, operation.name(), operation.line());
    return new Plan(
        summary,
        effects,
        new Versions(repo).head() + " " + RestoreChange.version(repo, List.of(), deadline),
        now -> shown(now, summary, Deadline.of(call, clock)),
        (now, git) -> run(now, git, action, operation, loses));
  }

  private static void requireFits(Repo repo, String action, Operation operation)
      throws IOException {
    var conflicts = StatusScan.conflicts(Index.read(repo));
    if (action.equals("continue") && !conflicts.isEmpty()) {
      throw new ToolFailure(
          ToolResult.Kind.CONFLICT,
          "not merged yet: " + StatusScan.some(List.copyOf(conflicts.keySet()), 10),
          "decide these files and git_stage them");
    }
    if (operation.name().equals("bisect")
        || (operation.name().equals("merge") && action.equals("skip"))) {
      throw ToolFailure.invalid(
          "a " + operation.name() + " cannot be ended with " + action, operation.ways());
    }
  }

  private static Preview shown(Repo repo, String summary, Deadline deadline) throws IOException {
    try (var differences =
        new Differences(
            repo,
            StatusScan.head(repo),
            new org.eclipse.jgit.dircache.DirCacheIterator(Index.read(repo)),
            List.of(),
            3,
            deadline)) {
      return Preview.diff(summary + "; staged " + differences.sum(), differences.patch());
    }
  }

  private static ToolResult run(
      Repo repo, Git git, String action, Operation operation, boolean loses) throws IOException {
    var before = repo.head().orElse(ObjectId.zeroId());
    var began = Operation.text(repo.own().resolve("rebase-merge/orig-head"));
    var start = ObjectId.isId(began) ? ObjectId.fromString(began) : before;
    var saved = loses ? git.saveUnmerged(repo, operation.name() + " --abort") : "";
    var outcome = git.attempt(List.of(operation.name(), "--" + action));
    var result = Moves.told(repo, "git " + operation.name() + " --" + action, outcome, start);
    if (!saved.isEmpty() && result instanceof ToolResult.Ok) {
      return ToolResult.ok(
          "aborted; "
              + BranchState.of(repo).line().substring(3)
              + "\nwhat the files held is stash@{0}");
    }
    return result;
  }
}
