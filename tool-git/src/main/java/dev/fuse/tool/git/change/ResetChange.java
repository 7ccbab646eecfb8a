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
import dev.fuse.tool.git.repo.CommitList;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import dev.fuse.tool.git.repo.Unpushed;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** {@code git_reset}: moves the branch; also what takes back commits, merges and rebases. */
public record ResetChange(Clock clock) implements Change {

  /** The state of a branch before its first commit. */
  public static final String NOTHING = "nothing";

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_reset",
            "Move the current branch to a commit: soft keeps index and files, mixed keeps files,"
                + " keep takes files along and stops where that would lose changes, hard discards"
                + " changes (stashed first)",
            Schemas.ofRepository()
                .required("to", Schema.string("commit"))
                .optional(
                    "mode", Schema.choice("how", "soft", "mixed", "keep", "hard").byDefault("keep"))
                .optional("saved", Schema.string("for undo: the stash to apply afterwards")),
            Ceiling.of(Risk.CRITICAL, false, Set.of(Verb.UPDATE, Verb.EXECUTE), "git"))
        .keywords("reset", "undo commit", "go back", "drop commits");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    repo.requireFiles();
    var mode = arguments.string("mode", "keep");
    var head = head(repo);
    var to = to(repo, arguments.string("to"), mode);
    var lost = Unpushed.between(repo, head, to.map(ObjectId::fromString));
    var deadline = Deadline.of(call, clock);
    boolean dirty = mode.equals("hard") && dirty(repo, to, deadline);
    var version =
        version(repo)
            + (mode.equals("hard") ? " " + RestoreChange.version(repo, List.of(), deadline) : "");
    var summary =
        "reset --%s %s to %s%s"
            .formatted(
                mode,
                repo.branch().map(Printable::line).orElse("HEAD"),
                to.map(id -> id.substring(0, 7)).orElse("before its first commit"),
                words(lost, dirty));
    return new Plan(
        summary,
        effects(repo, mode, lost, dirty),
        version,
        now -> shown(now, head, to, summary),
        (now, git) -> run(now, git, head, to, mode, arguments.findString("saved")));
  }

  /**
   * Whether a hard reset would lose something.
   *
   * @throws ToolFailure if it would write over a file that git does not know, which no stash holds
   */
  private static boolean dirty(Repo repo, Optional<String> to, Deadline deadline)
      throws IOException {
    var scan = StatusScan.of(repo, deadline);
    if (to.isPresent() && !scan.untracked().isEmpty()) {
      try (var walk = new RevWalk(repo.git())) {
        var tree = walk.parseTree(ObjectId.fromString(to.get()));
        for (var path : scan.untracked()) {
          var name = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
          try (var at = TreeWalk.forPath(repo.git(), name, tree)) {
            if (at != null) {
              throw new ToolFailure(
                  ToolResult.Kind.CONFLICT,
                  "untracked '" + Printable.line(path) + "' would be written over",
                  "move it away, or stage it so that it is stashed");
            }
          }
        }
      }
    }
    return !scan.changes().isEmpty() || !scan.conflicts().isEmpty();
  }

  /** What the undo of a move of the branch depends on. */
  public static String version(Repo repo) throws IOException {
    return new Versions(repo).head();
  }

  private static ObjectId head(Repo repo) throws IOException {
    return repo.head()
        .orElseThrow(
            () -> ToolFailure.invalid("the branch has no commit yet", "there is nothing to reset"));
  }

  private static Optional<String> to(Repo repo, String to, String mode) throws IOException {
    if (to.equals(NOTHING)) {
      if (!mode.equals("soft")) {
        throw ToolFailure.invalid("'nothing' goes with mode soft", "give mode soft");
      }
      return Optional.empty();
    }
    try (var walk = new RevWalk(repo.git())) {
      return Optional.of(Revisions.commit(walk, repo, to).name());
    }
  }

  private static String words(Unpushed lost, boolean dirty) {
    return (lost.lost() == 0 ? "" : "; it loses " + lost.lost() + " commits")
        + (lost.pushed() == 0 ? "" : ", " + lost.pushed() + " of them pushed")
        + (dirty ? "; uncommitted changes are stashed first" : "");
  }

  private static List<Effect> effects(Repo repo, String mode, Unpushed lost, boolean dirty)
      throws IOException {
    boolean files = mode.equals("keep") || mode.equals("hard");
    var risk =
        lost.pushed() > 0
            ? Risk.CRITICAL
            : dirty || (files && lost.lost() > 0) ? Risk.HIGH : Risk.LOW;
    var effects = new ArrayList<Effect>();
    effects.add(repo.change(Verb.UPDATE, risk, repo.here()));
    effects.addAll(
        new ConfiguredCode(repo).effects(files ? Occasion.FILES : Occasion.INDEX, Occasion.REFS));
    return effects;
  }

  private static Preview shown(Repo repo, ObjectId head, Optional<String> to, String summary)
      throws IOException {
    var lost = CommitList.between(repo, head, to, 30);
    return Preview.text(
        summary, lost.isEmpty() ? "no commit is lost" : "commits that the branch loses:\n" + lost);
  }

  private ToolResult run(
      Repo repo, Git git, ObjectId head, Optional<String> to, String mode, Optional<String> stashed)
      throws IOException {
    var branch = repo.branch();
    var saved = mode.equals("hard") ? git.save("reset --hard") : "";
    if (to.isEmpty()) {
      git.run("update-ref", "-d", "HEAD", head.name());
    } else {
      git.run("reset", "--quiet", "--" + mode, to.get(), "--");
    }
    if (stashed.isPresent()) {
      git.run("stash", "apply", "--quiet", "--index", "--", stashed.get());
    }
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("to", head.name());
    arguments.put("mode", mode.equals("hard") ? "keep" : mode);
    if (!saved.isEmpty()) {
      arguments.put("saved", saved);
    }
    var text =
        branch.map(Printable::line).orElse("HEAD")
            + " is at "
            + to.map(id -> id.substring(0, 7)).orElse("its beginning")
            + (saved.isEmpty() ? "" : "; what was not committed is stash@{0}");
    if (to.isEmpty()) {
      return ToolResult.ok(text);
    }
    return ToolResult.ok(text)
        .undo(
            new Undoing(repo)
                .call(
                    "git_reset",
                    "back to " + head.abbreviate(7).name(),
                    version(repo),
                    Map.copyOf(arguments)));
  }
}
