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
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;

/** {@code git_restore}: files as the index or a revision has them; what they held is stashed. */
public record RestoreChange(Clock clock) implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_restore",
            "Discard changes of files: bring back what is staged, or what a revision has"
                + " ('source'). What is lost is kept as a stash",
            Schemas.ofRepository()
                .required("paths", Schemas.paths("files or folders, from the root; . is all"))
                .optional("source", Schema.string("revision; also resets what is staged"))
                .optional("saved", Schema.string("for undo: the stash that was made")),
            Ceiling.of(Risk.HIGH, false, Set.of(Verb.UPDATE, Verb.EXECUTE), "git"))
        .keywords("discard", "restore", "checkout", "revert file", "throw away");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    repo.requireFiles();
    var paths = repo.pathspecs(arguments.strings("paths"));
    if (paths.isEmpty()) {
      throw ToolFailure.invalid("'paths' is empty", "name files; '.' is all of them");
    }
    var source = source(repo, arguments);
    var deadline = Deadline.of(call, clock);
    boolean loses = loses(repo, paths, source.isPresent(), deadline);
    var effects = new ArrayList<Effect>();
    for (var path : paths) {
      effects.add(repo.change(Verb.UPDATE, loses ? Risk.HIGH : Risk.LOW, "path", path));
    }
    effects.addAll(new ConfiguredCode(repo).effects(Occasion.FILES));
    var from = arguments.findString("source").or(() -> arguments.findString("saved"));
    return new Plan(
        "restore "
            + StatusScan.some(paths, 5)
            + from.map(text -> " from " + Printable.line(text)).orElse(" from the index")
            + (loses ? "; what they hold is stashed first" : ""),
        effects,
        version(repo, paths, deadline),
        now -> shown(now, paths, source, Deadline.of(call, clock)),
        (now, git) -> run(now, git, paths, source, arguments));
  }

  /** What the files and the index hold at these paths. */
  public static String version(Repo repo, List<String> paths, Deadline deadline)
      throws IOException {
    var versions = new Versions(repo);
    return versions.index() + " " + versions.files(Repo.filter(paths), deadline);
  }

  private static Optional<String> source(Repo repo, Arguments arguments) throws IOException {
    var named = arguments.findString("saved").or(() -> arguments.findString("source"));
    if (named.isEmpty()) {
      return Optional.empty();
    }
    try (var walk = new RevWalk(repo.git())) {
      return Optional.of(Revisions.commit(walk, repo, named.get()).name());
    }
  }

  /** Whether something is there that no commit and no index has. */
  private static boolean loses(Repo repo, List<String> paths, boolean index, Deadline deadline)
      throws IOException {
    var staged = new DirCacheIterator(Index.read(repo));
    try (var files =
        new Differences(
            repo, staged, new FileTreeIterator(repo.git()), Repo.filter(paths), 0, deadline)) {
      if (files.entries().stream().anyMatch(entry -> "MT".indexOf(StatusScan.letter(entry)) >= 0)) {
        return true;
      }
    }
    if (!index) {
      return false;
    }
    var now = new DirCacheIterator(Index.read(repo));
    try (var differences =
        new Differences(repo, StatusScan.head(repo), now, Repo.filter(paths), 0, deadline)) {
      return !differences.entries().isEmpty();
    }
  }

  private static Preview shown(
      Repo repo, List<String> paths, Optional<String> source, Deadline deadline)
      throws IOException {
    AbstractTreeIterator after =
        source.isPresent()
            ? StatusScan.tree(repo, ObjectId.fromString(source.get()))
            : new DirCacheIterator(Index.read(repo));
    // files are compared as the newer side, for what is ignored is left out there only
    try (var differences =
        new Differences(
            repo, after, new FileTreeIterator(repo.git()), Repo.filter(paths), 3, deadline)) {
      var tracked =
          differences.entries().stream().filter(e -> StatusScan.letter(e) != 'A').toList();
      return Preview.diff("these changes go", differences.patch(tracked));
    }
  }

  private ToolResult run(
      Repo repo, Git git, List<String> paths, Optional<String> source, Arguments arguments)
      throws IOException {
    var saved = git.save("restoring " + StatusScan.some(paths, 3));
    restore(repo, git, paths, source, arguments.has("saved"));
    var undo =
        new Undoing(repo)
            .call(
                "git_restore",
                StatusScan.some(paths, 5) + " as before",
                version(repo, paths, Deadline.of(git.call(), clock)),
                Map.of("paths", paths, "saved", saved.isEmpty() ? "HEAD" : saved));
    var kept = saved.isEmpty() ? "" : "; what was there is stash@{0}";
    return ToolResult.ok("restored " + StatusScan.some(paths, 20) + kept).undo(undo);
  }

  /**
   * Brings files back.
   *
   * @param both whether a stash is the source, whose second parent is the index
   */
  static void restore(Repo repo, Git git, List<String> paths, Optional<String> source, boolean both)
      throws IOException {
    if (source.isEmpty()) {
      git.run(List.of("restore", "--worktree"), paths);
      return;
    }
    if (both && repo.git().resolve(source.get() + "^2") != null) {
      git.run(List.of("restore", "--staged", "--source=" + source.get() + "^2"), paths);
      git.run(List.of("restore", "--worktree", "--source=" + source.get()), paths);
      return;
    }
    git.run(List.of("restore", "--staged", "--worktree", "--source=" + source.get()), paths);
  }
}
