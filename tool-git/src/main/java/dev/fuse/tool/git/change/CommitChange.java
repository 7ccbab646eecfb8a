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
import dev.fuse.tool.git.repo.ChangedFiles;
import dev.fuse.tool.git.repo.Commits;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Decorations;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.Unpushed;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/** {@code git_commit}: commits what is staged, or named files as they are now. */
public record CommitChange(Clock clock) implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_commit",
            "Commit what is staged, or only the files in 'paths' as they are now; runs the"
                + " person's hooks and signing",
            Schemas.ofRepository()
                .required("message", Schema.string("subject, blank line, body"))
                .optional("paths", Schemas.paths("files or folders, from the root"))
                .optional("amend", Schema.bool("replace the last commit")),
            Ceiling.of(Risk.CRITICAL, false, Set.of(Verb.UPDATE, Verb.EXECUTE), "git"))
        .keywords("commit", "save", "record", "amend");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    var message = arguments.string("message");
    if (message.isBlank()) {
      throw ToolFailure.invalid("the message is empty", "say what the commit does");
    }
    boolean amend = arguments.bool("amend", false);
    var paths = repo.paths(arguments.strings("paths"));
    var content = CommitContent.of(repo, paths, amend, Deadline.of(call, clock));
    var summary =
        "%s %s on %s: %s"
            .formatted(
                amend ? "amend the last commit with" : "commit",
                content.sum(),
                repo.branch().map(Printable::line).orElse("detached HEAD"),
                Printable.line(message.lines().findFirst().orElse(""), 100));
    return new Plan(
        summary,
        effects(repo, amend),
        content.version(),
        now -> shown(now, message, paths, amend, Deadline.of(call, clock)),
        (now, git) -> run(now, git, message, paths, amend));
  }

  private static Preview shown(
      Repo repo, String message, List<String> paths, boolean amend, Deadline deadline)
      throws IOException {
    var content = CommitContent.of(repo, paths, amend, deadline);
    return Preview.diff(Printable.block(message).strip(), content.patch());
  }

  private static List<Effect> effects(Repo repo, boolean amend) throws IOException {
    var head = repo.head();
    boolean pushed = amend && head.isPresent() && isPushed(repo, head.get());
    var effects = new ArrayList<Effect>();
    effects.add(repo.change(Verb.UPDATE, pushed ? Risk.CRITICAL : Risk.LOW, repo.here()));
    effects.addAll(
        new ConfiguredCode(repo).effects(Occasion.COMMIT, Occasion.INDEX, Occasion.REFS));
    return effects;
  }

  /** Whether a remote has this commit, as last fetched. */
  private static boolean isPushed(Repo repo, ObjectId commit) throws IOException {
    try (var walk = new RevWalk(repo.git())) {
      var parsed = walk.parseCommit(commit);
      Optional<ObjectId> parent =
          parsed.getParentCount() == 0 ? Optional.empty() : Optional.of(parsed.getParent(0));
      return Unpushed.between(repo, commit, parent).pushed() > 0;
    }
  }

  private ToolResult run(Repo repo, Git git, String message, List<String> paths, boolean amend)
      throws IOException {
    var before = repo.head().map(ObjectId::name).orElse("");
    var added = CommitContent.untracked(repo, paths, Deadline.of(git.call(), clock));
    if (!added.isEmpty()) {
      git.run(List.of("add"), added);
    }
    var options = new ArrayList<>(List.of("commit", "--quiet", "--file=-"));
    if (amend) {
      options.add("--amend");
    }
    if (!paths.isEmpty()) {
      options.add("--only");
      options.add("--");
      options.addAll(Git.literal(paths));
    }
    var outcome =
        git.program().run(git.root(), git.call(), Git.text(message), List.copyOf(options));
    var after = repo.head().map(ObjectId::name).orElse("");
    if (after.equals(before)) {
      unstage(git, added, before);
      return Git.failed("git commit", outcome);
    }
    return done(repo, before, after, outcome);
  }

  /** Files that only this call had added are untracked again. */
  private static void unstage(Git git, List<String> added, String before) throws IOException {
    if (added.isEmpty()) {
      return;
    }
    git.run(
        before.isEmpty() ? List.of("rm", "--cached", "--quiet") : List.of("reset", "--quiet"),
        added);
  }

  private static ToolResult done(Repo repo, String before, String commit, Program.Outcome outcome)
      throws IOException {
    try (var walk = new RevWalk(repo.git())) {
      var made = Revisions.commit(walk, repo, commit);
      var id = Commits.shortId(walk.getObjectReader(), made);
      var files = ChangedFiles.of(repo, made);
      var said = outcome.said().isBlank() ? "" : "\ngit and its hooks said:\n" + outcome.said();
      var undo =
          new Undoing(repo)
              .call(
                  "git_reset",
                  "take commit " + id + " back; what it held stays staged",
                  ResetChange.version(repo),
                  Map.of("to", before.isEmpty() ? ResetChange.NOTHING : before, "mode", "soft"));
      return ToolResult.ok(
              "committed "
                  + Commits.line(id, made, Decorations.of(repo).at(made))
                  + "\n"
                  + String.join("\n", files)
                  + said)
          .structured(Map.of("commit", commit, "files", files))
          .undo(undo);
    }
  }
}
