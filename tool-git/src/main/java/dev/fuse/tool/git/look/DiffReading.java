package dev.fuse.tool.git.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.git.repo.CredentialFiles;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Differences;
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.MaskedPatch;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Range;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;

/** {@code git_diff}: what differs between work tree, index and revisions. */
public record DiffReading(Clock clock) implements Reading {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_diff",
            "Unified diff: work tree against index (default), index against HEAD (staged), work"
                + " tree against a revision (range 'A'), two revisions ('A..B'), B since it left A"
                + " ('A...B')",
            Schemas.ofRepository()
                .optional("range", Schema.string("A, A..B or A...B"))
                .optional("staged", Schema.bool("index against HEAD"))
                .optional("paths", Schemas.paths("files or folders, from the root"))
                .optional("stat", Schema.bool("counts only"))
                .optional(
                    "context",
                    Schema.integer("lines around a change").byDefault(3L).range(0, 1000)),
            Ceiling.readsSecrets("git"))
        .keywords("changes", "difference", "compare", "patch", "uncommitted");
  }

  @Override
  public String summary(Repo repo, Arguments arguments) {
    var sides =
        arguments
            .findString("range")
            .map(Printable::line)
            .orElse(staged(arguments) ? "index" : "work tree");
    var paths = arguments.strings("paths");
    return "diff of " + sides + (paths.isEmpty() ? "" : " -- " + StatusScan.some(paths, 3));
  }

  @Override
  public List<Effect> effects(Repo repo, Arguments arguments) {
    var ref = arguments.string("range", "");
    var effects = new ArrayList<Effect>();
    for (var path : repo.paths(arguments.strings("paths"))) {
      effects.add(
          CredentialFiles.has(path)
              ? Effect.readSecret(repo.target("ref", ref, "path", path))
              : repo.read("ref", ref, "path", path));
    }
    return effects.isEmpty() ? List.of(repo.read("ref", ref)) : effects;
  }

  @Override
  public ToolResult read(Repo repo, Arguments arguments, Call call) throws IOException {
    if (staged(arguments) && arguments.has("range")) {
      throw ToolFailure.invalid("'staged' and 'range' do not go together", "give one of them");
    }
    var sides = sides(repo, arguments);
    try (var differences =
        new Differences(
            repo,
            sides.before(),
            sides.after(),
            repo.paths(arguments.strings("paths")),
            arguments.integer("context", 3),
            Deadline.of(call, clock))) {
      if (differences.entries().isEmpty()) {
        return ToolResult.ok("no difference").structured(List.of());
      }
      var text = new StringBuilder(differences.sum()).append('\n');
      text.append(
          arguments.bool("stat", false)
              ? String.join("\n", differences.stat())
              : differences.masked(new MaskedPatch(repo, call)).patch());
      return ToolResult.ok(text.toString()).structured(differences.structured());
    }
  }

  private static boolean staged(Arguments arguments) {
    return arguments.bool("staged", false);
  }

  private static Sides sides(Repo repo, Arguments arguments) throws IOException {
    var git = repo.git();
    if (arguments.has("range")) {
      return sides(repo, Range.of(arguments.string("range")));
    }
    if (staged(arguments)) {
      return new Sides(StatusScan.head(repo), new DirCacheIterator(Index.read(repo)));
    }
    return new Sides(new DirCacheIterator(Index.read(repo)), new FileTreeIterator(git));
  }

  private static Sides sides(Repo repo, Range range) throws IOException {
    try (var walk = new RevWalk(repo.git())) {
      var to = Revisions.commit(walk, repo, range.to());
      if (range.from().isEmpty()) {
        return new Sides(StatusScan.tree(repo, to), new FileTreeIterator(repo.git()));
      }
      var from = Revisions.commit(walk, repo, range.from().get());
      if (!range.symmetric()) {
        return new Sides(StatusScan.tree(repo, from), StatusScan.tree(repo, to));
      }
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(List.of(from, to));
      var base = walk.next();
      if (base == null) {
        throw ToolFailure.invalid(
            "'" + range.from().get() + "' and '" + range.to() + "' have no common commit",
            "compare them with two dots");
      }
      return new Sides(StatusScan.tree(repo, base), StatusScan.tree(repo, to));
    }
  }

  private record Sides(AbstractTreeIterator before, AbstractTreeIterator after) {}
}
