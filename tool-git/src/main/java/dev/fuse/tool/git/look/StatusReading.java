package dev.fuse.tool.git.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.git.repo.BranchState;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Operation;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code git_status}: the branch, what is in the middle, and what differs from HEAD. */
public record StatusReading(Clock clock) implements Reading {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_status",
            "Branch, upstream, operation in the middle, changed files as in git status --short",
            Schemas.ofRepository()
                .optional("limit", Schema.integer("files listed").byDefault(100L).range(1, 10_000)),
            Ceiling.readsSecrets("git"))
        .keywords("uncommitted", "staged", "untracked", "modified", "dirty", "changes");
  }

  @Override
  public String summary(Repo repo, Arguments arguments) {
    return "status of " + repo.root();
  }

  @Override
  public ToolResult read(Repo repo, Arguments arguments, Call call) throws IOException {
    var branch = BranchState.of(repo);
    var lines = new ArrayList<String>();
    lines.add(branch.line());
    Operation.of(repo).ifPresent(operation -> lines.add(operation.line()));
    if (repo.bare()) {
      lines.add("bare repository: no work tree");
      return ToolResult.ok(String.join("\n", lines)).structured(branch.structured());
    }
    var scan = StatusScan.of(repo, Deadline.of(call, clock));
    lines.addAll(lines(scan, arguments.integer("limit", 100)));
    return ToolResult.ok(String.join("\n", lines)).structured(structured(branch, scan));
  }

  private static List<String> lines(StatusScan scan, int limit) {
    var lines = new ArrayList<String>();
    scan.conflicts()
        .forEach(
            (path, sides) ->
                lines.add(StatusScan.conflictLetters(sides) + " " + Printable.line(path)));
    scan.changes().forEach(change -> lines.add(line(change)));
    scan.untracked().forEach(path -> lines.add("?? " + Printable.line(path)));
    if (lines.isEmpty()) {
      lines.add("nothing changed");
    }
    int left = lines.size() - limit;
    if (left > 0) {
      lines.subList(limit, lines.size()).clear();
      lines.add(
          "… %,d more; in all %d conflicts, %d staged, %d changed, %d untracked"
              .formatted(
                  left,
                  scan.conflicts().size(),
                  scan.staged(),
                  scan.unstaged(),
                  scan.untracked().size()));
    }
    if (!scan.complete()) {
      lines.add("not everything was looked at in time");
    }
    return lines;
  }

  private static String line(StatusScan.Change change) {
    var from = change.from().isEmpty() ? "" : Printable.line(change.from()) + " -> ";
    return "" + change.index() + change.work() + " " + from + Printable.line(change.path());
  }

  private static Map<String, Object> structured(BranchState branch, StatusScan scan) {
    var all = new LinkedHashMap<String, Object>(branch.structured());
    all.put("conflicts", List.copyOf(scan.conflicts().keySet()));
    all.put(
        "changes",
        scan.changes().stream()
            .map(
                change ->
                    Map.of(
                        "path", change.path(),
                        "from", change.from(),
                        "index", String.valueOf(change.index()).strip(),
                        "work", String.valueOf(change.work()).strip()))
            .toList());
    all.put("untracked", scan.untracked());
    all.put("complete", scan.complete());
    return all;
  }
}
