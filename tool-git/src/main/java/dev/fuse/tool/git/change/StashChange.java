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
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Differences;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.util.io.NullOutputStream;

/** {@code git_stash}: puts changes aside and brings them back. */
public record StashChange(Clock clock) implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_stash",
            "Put uncommitted changes aside (push), bring them back (pop; apply keeps the stash), or"
                + " throw a stash away (drop)",
            Schemas.ofRepository()
                .required(
                    "action",
                    Schema.choice(
                        "put-back is for undo", "push", "pop", "apply", "drop", "put-back"))
                .optional("stash", Schema.string("stash@{N}").byDefault("stash@{0}"))
                .optional("message", Schema.string("of a push"))
                .optional("paths", Schemas.paths("push these only"))
                .optional("untracked", Schema.bool("push untracked files too"))
                .optional("saved", Schema.string("for put-back: the files' state before")),
            Ceiling.of(
                Risk.HIGH,
                false,
                Set.of(Verb.CREATE, Verb.UPDATE, Verb.DELETE, Verb.EXECUTE),
                "git"))
        .keywords("stash", "put aside", "shelve");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    repo.requireFiles();
    var action = arguments.string("action");
    if (action.equals("push")) {
      return push(repo, arguments, call);
    }
    var stash = arguments.string("stash", "stash@{0}");
    try (var walk = new RevWalk(repo.git())) {
      var commit = Revisions.commit(walk, repo, stash);
      if (!action.equals("put-back") && !stash.matches("stash@\\{\\d+}")) {
        throw ToolFailure.invalid(
            "'" + Printable.line(stash) + "' is no stash", "git_list what=stashes lists them");
      }
      walk.parseBody(commit);
      var files = files(repo, commit);
      var name = stash + " '" + Printable.line(commit.getShortMessage(), 80) + "'";
      boolean drop = action.equals("drop");
      var effects = new ArrayList<Effect>();
      effects.add(
          drop
              ? repo.change(Verb.DELETE, Risk.HIGH, "ref", stash)
              : repo.change(Verb.UPDATE, Risk.LOW, "ref", stash));
      effects.addAll(new ConfiguredCode(repo).effects(Occasion.FILES, Occasion.REFS));
      return new Plan(
          action + " " + name,
          effects,
          version(repo, action, commit.name()),
          now -> shown(now, commit.name(), name, Deadline.of(call, clock)),
          (now, git) -> run(now, git, action, stash, commit.name(), files, arguments));
    }
  }

  private static String version(Repo repo, String action, String commit) throws IOException {
    var versions = new Versions(repo);
    return action.equals("put-back")
        ? versions.ref("refs/stash")
        : commit + " " + versions.ref("refs/stash") + " " + versions.head();
  }

  private Plan push(Repo repo, Arguments arguments, Call call) throws IOException {
    var paths = repo.pathspecs(arguments.strings("paths"));
    boolean untracked = arguments.bool("untracked", false);
    var scan = StatusScan.of(repo, Deadline.of(call, clock));
    if (repo.head().isEmpty()) {
      throw ToolFailure.invalid("the branch has no commit yet", "commit first");
    }
    if (scan.changes().isEmpty() && !(untracked && !scan.untracked().isEmpty())) {
      throw ToolFailure.invalid(
          "nothing is there to stash",
          scan.untracked().isEmpty() ? "" : "untracked files go with untracked=true");
    }
    var version =
        new Versions(repo).head()
            + " "
            + RestoreChange.version(repo, paths, Deadline.of(call, clock))
            + (untracked ? " " + scan.untracked().hashCode() : "");
    var changed = scan.changes().stream().map(StatusScan.Change::path).toList();
    var what = StatusScan.some(paths.isEmpty() ? changed : paths, 5);
    var effects = new ArrayList<Effect>();
    effects.add(repo.change(Verb.CREATE, Risk.LOW, "ref", "stash"));
    effects.addAll(new ConfiguredCode(repo).effects(Occasion.FILES, Occasion.REFS));
    return new Plan(
        "stash " + what + (untracked ? " and untracked files" : ""),
        effects,
        version,
        now -> Preview.text("put aside", String.join("\n", lines(scan, untracked))),
        (now, git) -> pushed(now, git, arguments, paths, untracked));
  }

  private static List<String> lines(StatusScan scan, boolean untracked) {
    var lines = new ArrayList<String>();
    scan.changes()
        .forEach(c -> lines.add("" + c.index() + c.work() + " " + Printable.line(c.path())));
    if (untracked) {
      scan.untracked().forEach(path -> lines.add("?? " + Printable.line(path)));
    }
    return lines;
  }

  private static ToolResult pushed(
      Repo repo, Git git, Arguments arguments, List<String> paths, boolean untracked)
      throws IOException {
    var versions = new Versions(repo);
    var before = versions.ref("refs/stash");
    var options = new ArrayList<>(List.of("stash", "push", "--quiet"));
    if (untracked) {
      options.add("--include-untracked");
    }
    arguments.findString("message").ifPresent(message -> options.add("--message=" + message));
    git.run(options, paths);
    if (versions.ref("refs/stash").equals(before)) {
      return ToolResult.ok("nothing was stashed: there was no change at these paths");
    }
    var commit = Revisions.object(repo, "refs/stash").name();
    return ToolResult.ok("put aside as stash@{0}")
        .structured(Map.of("commit", commit))
        .undo(
            new Undoing(repo)
                .call(
                    "git_stash",
                    "bring the stash back",
                    version(repo, "pop", commit),
                    Map.of("action", "pop", "stash", "stash@{0}")));
  }

  private ToolResult run(
      Repo repo,
      Git git,
      String action,
      String stash,
      String commit,
      List<String> files,
      Arguments arguments)
      throws IOException {
    return switch (action) {
      case "drop" -> {
        git.run("stash", "drop", "--quiet", stash);
        yield ToolResult.ok("dropped " + stash + ", commit " + commit)
            .undo(putBack(repo, commit, Map.of()));
      }
      case "put-back" -> putBack(repo, git, commit, files, arguments);
      default -> apply(repo, git, action, stash, commit);
    };
  }

  private ToolResult apply(Repo repo, Git git, String action, String stash, String commit)
      throws IOException {
    var saved = git.run("stash", "create").out().strip();
    var command = new ArrayList<>(List.of("stash", action, "--quiet"));
    var both = new ArrayList<>(command);
    both.add("--index");
    both.add(stash);
    command.add(stash);
    var outcome = git.attempt(both);
    // what was staged cannot always be staged again
    if (!outcome.ok() && outcome.said().contains("--index")) {
      outcome = git.attempt(command);
    }
    if (!outcome.ok()) {
      return Git.failed("git stash " + action, outcome);
    }
    var undo = putBack(repo, commit, Map.of("saved", saved.isEmpty() ? "HEAD" : saved));
    return ToolResult.ok((action.equals("pop") ? "popped " : "applied ") + stash).undo(undo);
  }

  private static dev.fuse.spi.Undo putBack(Repo repo, String commit, Map<String, Object> more)
      throws IOException {
    var arguments = new LinkedHashMap<String, Object>(more);
    arguments.put("action", "put-back");
    arguments.put("stash", commit);
    return new Undoing(repo)
        .call("git_stash", "the stash as it was", new Versions(repo).ref("refs/stash"), arguments);
  }

  private static ToolResult putBack(
      Repo repo, Git git, String commit, List<String> files, Arguments arguments)
      throws IOException {
    var message = "fuse: put back";
    try (var walk = new RevWalk(repo.git())) {
      message = Revisions.commit(walk, repo, commit).getShortMessage();
    }
    var now = String.valueOf(repo.git().resolve("refs/stash"));
    if (!now.contains(commit)) {
      git.run("stash", "store", "--quiet", "-m", message, commit);
    }
    var saved = arguments.findString("saved");
    if (saved.isPresent() && !files.isEmpty()) {
      RestoreChange.restore(repo, git, files, saved, true);
    }
    return ToolResult.ok("the stash is back as stash@{0}");
  }

  /** The tracked files that a stash changes. */
  private static List<String> files(Repo repo, RevCommit stash) throws IOException {
    try (var formatter = new DiffFormatter(NullOutputStream.INSTANCE)) {
      formatter.setRepository(repo.git());
      var paths = new TreeSet<String>();
      if (stash.getParentCount() == 0) {
        return List.of();
      }
      for (var entry :
          formatter.scan(StatusScan.tree(repo, stash.getParent(0)), StatusScan.tree(repo, stash))) {
        paths.add(StatusScan.path(entry));
        if (entry.getChangeType() == DiffEntry.ChangeType.RENAME) {
          paths.add(entry.getOldPath());
        }
      }
      return List.copyOf(paths);
    }
  }

  private static Preview shown(Repo repo, String commit, String name, Deadline deadline)
      throws IOException {
    try (var walk = new RevWalk(repo.git())) {
      var stash = Revisions.commit(walk, repo, commit);
      try (var differences =
          new Differences(
              repo,
              StatusScan.tree(repo, stash.getParent(0)),
              StatusScan.tree(repo, stash),
              List.of(),
              3,
              deadline)) {
        return Preview.diff(name, differences.patch());
      }
    }
  }
}
