package dev.fuse.tool.git.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.git.repo.ChangedFiles;
import dev.fuse.tool.git.repo.Commits;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Decorations;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Range;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.revwalk.FollowFilter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.filter.AndRevFilter;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** {@code git_log}: commits, newest first; reads no more of history than the answer needs. */
public record LogReading(Clock clock) implements Reading {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_log",
            "Commits, newest first, one a line; of a file (renames followed) or folder, by author,"
                + " message, time, range",
            Schemas.ofRepository()
                .optional("range", Schema.string("A, A..B or A...B").byDefault("HEAD"))
                .optional("path", Schema.string("file or folder, from the root"))
                .optional("author", Schema.string("part of name or address"))
                .optional("text", Schema.string("part of the message"))
                .optional("changed", Schema.string("text that a commit added or removed"))
                .optional("since", Schema.string("2026-11-23, '3 days ago'"))
                .optional("until", Schema.string("as since"))
                .optional("files", Schema.bool("with the files each changed"))
                .optional("skip", Schema.integer("leave out the first").range(0, 1_000_000))
                .optional("limit", Schema.integer("commits at most").byDefault(20L).range(1, 1000)),
            Ceiling.readsSecrets("git"))
        .keywords("history", "commits", "changed", "lately", "recently", "who", "when");
  }

  @Override
  public String summary(Repo repo, Arguments arguments) {
    return "log of "
        + Printable.line(arguments.string("range", "HEAD"))
        + arguments.findString("path").map(path -> " -- " + Printable.line(path)).orElse("");
  }

  @Override
  public List<Effect> effects(Repo repo, Arguments arguments) {
    return List.of(
        repo.read(
            "ref",
            arguments.string("range", "HEAD"),
            "path",
            arguments.findString("path").map(repo::path).orElse("")));
  }

  @Override
  public ToolResult read(Repo repo, Arguments arguments, Call call) throws IOException {
    int skip = arguments.integer("skip", 0);
    int limit = arguments.integer("limit", 20);
    try (var walk = new BoundedWalk(repo.git(), Deadline.of(call, clock))) {
      walk.setRetainBody(false);
      walk.setRewriteParents(false);
      start(walk, repo, Range.of(arguments.string("range", "HEAD")));
      var path = arguments.findString("path").map(repo::path).filter(p -> !p.isEmpty());
      var changed = arguments.findString("changed").filter(text -> !text.isEmpty());
      if (path.isPresent() && changed.isEmpty()) {
        walk.setTreeFilter(only(repo, path.get()));
      }
      RevFilter filter = CommitFilter.of(arguments, masked(call, repo));
      if (changed.isPresent()) {
        var text = new TextChange(walk.getObjectReader(), changed.get(), path, masked(call, repo));
        filter = AndRevFilter.create(filter, text);
      }
      walk.setRevFilter(filter);
      var found = new ArrayList<RevCommit>();
      for (var commit = walk.next(); commit != null; commit = walk.next()) {
        found.add(commit);
        if (found.size() > skip + limit) {
          break;
        }
      }
      boolean more = found.size() > skip + limit;
      var shown = found.subList(Math.min(skip, found.size()), Math.min(skip + limit, found.size()));
      return answer(repo, walk, shown, more, arguments);
    }
  }

  private static UnaryOperator<String> masked(Call call, Repo repo) {
    return text -> call.masked(text, repo.target());
  }

  private static void start(BoundedWalk walk, Repo repo, Range range) throws IOException {
    var to = Revisions.commit(walk, repo, range.to());
    walk.markStart(to);
    if (range.from().isEmpty()) {
      return;
    }
    var from = Revisions.commit(walk, repo, range.from().get());
    if (!range.symmetric()) {
      walk.markUninteresting(from);
      return;
    }
    walk.setRevFilter(RevFilter.MERGE_BASE);
    walk.markStart(from);
    var bases = new ArrayList<RevCommit>();
    for (var base = walk.next(); base != null; base = walk.next()) {
      bases.add(base);
    }
    walk.reset();
    walk.markStart(List.of(walk.parseCommit(to), walk.parseCommit(from)));
    for (var base : bases) {
      walk.markUninteresting(walk.parseCommit(base));
    }
  }

  /** A file is followed through renames, a folder is not; what is gone counts as a file. */
  private static TreeFilter only(Repo repo, String path) throws IOException {
    var head = repo.head();
    if (head.isPresent()) {
      try (var walk = new org.eclipse.jgit.revwalk.RevWalk(repo.git());
          var at = TreeWalk.forPath(repo.git(), path, walk.parseTree(head.get()))) {
        if (at != null && at.getFileMode(0) == FileMode.TREE) {
          return AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF);
        }
      }
    }
    return FollowFilter.create(path, repo.git().getConfig().get(DiffConfig.KEY));
  }

  private ToolResult answer(
      Repo repo, BoundedWalk walk, List<RevCommit> shown, boolean more, Arguments arguments)
      throws IOException {
    var decorations = Decorations.of(repo);
    var lines = new ArrayList<String>();
    var structured = new ArrayList<Map<String, Object>>();
    for (var commit : shown) {
      walk.parseBody(commit);
      var refs = decorations.at(commit);
      lines.add(Commits.line(Commits.shortId(walk.getObjectReader(), commit), commit, refs));
      var data = new LinkedHashMap<>(Commits.structured(commit, refs));
      if (arguments.bool("files", false)) {
        var files = ChangedFiles.of(repo, commit);
        files.stream().limit(20).forEach(file -> lines.add("  " + file));
        if (files.size() > 20) {
          lines.add("  … " + (files.size() - 20) + " more files");
        }
        data.put("files", files);
      }
      structured.add(data);
    }
    if (shown.isEmpty()) {
      lines.add(walk.stopped() ? "none found yet" : "no such commit");
    }
    if (walk.stopped()) {
      lines.add(
          "stopped in time after looking at %,d commits; narrow it with 'range' or 'since'"
              .formatted(walk.discovered()));
    }
    if (more) {
      int next = arguments.integer("skip", 0) + shown.size();
      lines.add("… more: skip=" + next);
    }
    return ToolResult.ok(String.join("\n", lines)).structured(structured);
  }
}
