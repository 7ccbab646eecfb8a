package dev.fuse.tool.git;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code git_commit}: commits what is staged, or named files as they are, with the person's git.
 */
record CommitTool(Place place) implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "git_commit",
              "Commit what is staged, or only the files in 'paths' as they are now; runs the"
                  + " person's hooks and signing",
              Schemas.ofRepository()
                  .required("message", Schema.string("subject, blank line, body"))
                  .optional("paths", Schemas.paths("files or folders, from the root")),
              Ceiling.of(Risk.HIGH, false, Set.of(Verb.UPDATE, Verb.EXECUTE), "git"))
          .keywords("commit", "save", "record");

  private static final List<String> HOOKS =
      List.of(
          "pre-commit",
          "prepare-commit-msg",
          "commit-msg",
          "post-commit",
          "reference-transaction",
          "post-index-change");

  private static final List<String> PROGRAMS =
      List.of("filter.clean", "filter.process", "gpg.program", "gpg.ssh.program");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var message = arguments.string("message");
    if (message.isBlank()) {
      throw ToolFailure.invalid("the message is empty", "say what the commit does");
    }
    try (var repo = place.repository(arguments)) {
      var paths = repo.paths(arguments.strings("paths"));
      var commit = CommitContent.of(repo, paths, Deadline.of(call, place.clock()));
      return Action.of(
              "commit %s on %s: %s"
                  .formatted(
                      commit.sum(),
                      repo.branch().map(Printable::line).orElse("detached HEAD"),
                      Printable.line(message.lines().findFirst().orElse(""), 100)),
              effects(repo),
              running -> run(arguments, running))
          .at(commit.version())
          .showing(() -> Preview.diff(Printable.block(message), commit.patch()));
    } catch (IOException e) {
      throw Failures.thrown(e, place.directory());
    }
  }

  private static List<Effect> effects(Repo repo) throws IOException {
    var target =
        repo.branch()
            .map(branch -> repo.target("branch", branch))
            .orElse(repo.target("ref", "HEAD"));
    var effects = new ArrayList<Effect>();
    effects.add(Effect.local(Verb.UPDATE, target, repo.outside() ? Risk.HIGH : Risk.LOW));
    var code = new ConfiguredCode(repo);
    effects.addAll(code.effects(code.hooks(HOOKS), code.programs(PROGRAMS)));
    return effects;
  }

  private ToolResult run(Arguments arguments, Call call) throws IOException {
    var git = GitProgram.find(place);
    try (var repo = place.repository(arguments)) {
      var paths = repo.paths(arguments.strings("paths"));
      var before = repo.head().map(id -> id.name()).orElse("");
      var added = CommitContent.untracked(repo, paths, Deadline.of(call, place.clock()));
      if (!added.isEmpty()) {
        var add = git.run(repo.root(), call, "", command(List.of("add"), added));
        if (!add.ok()) {
          return Failures.ofGit("git add", add);
        }
      }
      var options = new ArrayList<>(List.of("commit", "--quiet", "--file=-"));
      if (!paths.isEmpty()) {
        options.add("--only");
      }
      var commit = git.run(repo.root(), call, arguments.string("message"), command(options, paths));
      var after = repo.head().map(id -> id.name()).orElse("");
      if (after.equals(before)) {
        unstage(git, repo, call, added, before);
        return Failures.ofGit("git commit", commit);
      }
      return done(repo, after, commit);
    }
  }

  private static List<String> command(List<String> options, List<String> paths) {
    var command = new ArrayList<>(options);
    command.add("--");
    command.addAll(paths);
    return command;
  }

  /** Files that only this call had added are untracked again. */
  private static void unstage(
      GitProgram git, Repo repo, Call call, List<String> added, String before) throws IOException {
    if (added.isEmpty()) {
      return;
    }
    var options =
        before.isEmpty() ? List.of("rm", "--cached", "--quiet") : List.of("reset", "--quiet");
    git.run(repo.root(), call, "", command(options, added));
  }

  private static ToolResult done(Repo repo, String commit, GitProgram.Outcome outcome)
      throws IOException {
    try (var walk = new org.eclipse.jgit.revwalk.RevWalk(repo.git())) {
      var made = Revisions.commit(walk, repo, commit);
      var line =
          "committed "
              + Commits.line(
                  Commits.shortId(walk.getObjectReader(), made),
                  made,
                  Decorations.of(repo).at(made));
      var files = ChangedFiles.of(repo, made);
      var said = outcome.said().isBlank() ? "" : "\ngit and its hooks said:\n" + outcome.said();
      return ToolResult.ok(line + "\n" + String.join("\n", files) + said)
          .structured(Map.of("commit", commit, "files", files));
    }
  }
}
