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
import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.Operation;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;

/** {@code git_conflicts}: what has not been merged, and the three sides of one file. */
public record ConflictsReading() implements Reading {

  private static final int LONGEST = 300_000;
  private static final List<String> SIDES = List.of("base", "ours", "theirs");

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_conflicts",
            "Files that are not merged; with 'path', its base, ours and theirs",
            Schemas.ofRepository()
                .optional("path", Schema.string("from the root"))
                .optional("side", Schema.choice("only this one", "base", "ours", "theirs")),
            Ceiling.readsSecrets("git"))
        .keywords("conflict", "merge", "ours", "theirs", "unmerged");
  }

  @Override
  public String summary(Repo repo, Arguments arguments) {
    return "conflicts"
        + arguments.findString("path").map(path -> " in " + Printable.line(path)).orElse("");
  }

  @Override
  public List<Effect> effects(Repo repo, Arguments arguments) {
    var path = arguments.findString("path").map(repo::path).orElse("");
    return List.of(
        CredentialFiles.has(path)
            ? Effect.readSecret(repo.target("path", path))
            : repo.read("path", path));
  }

  @Override
  public ToolResult read(Repo repo, Arguments arguments, Call call) throws IOException {
    var index = Index.read(repo);
    var conflicts = StatusScan.conflicts(index);
    var path = arguments.findString("path").map(repo::path);
    if (path.isPresent()) {
      if (!conflicts.containsKey(path.get())) {
        throw ToolFailure.notFound(
            "'" + Printable.line(path.get()) + "' has no conflict",
            conflicts.isEmpty()
                ? "nothing is unmerged"
                : "unmerged: " + StatusScan.some(List.copyOf(conflicts.keySet()), 10));
      }
      return sides(repo, index, path.get(), arguments.string("side", ""));
    }
    if (conflicts.isEmpty()) {
      return ToolResult.ok("nothing is unmerged").structured(List.of());
    }
    var lines = new ArrayList<String>();
    Operation.of(repo).ifPresent(operation -> lines.add(operation.line()));
    conflicts.forEach(
        (file, sides) -> lines.add(Printable.line(file) + ": " + StatusScan.conflictWords(sides)));
    return ToolResult.ok(String.join("\n", lines)).structured(List.copyOf(conflicts.keySet()));
  }

  private static ToolResult sides(Repo repo, DirCache index, String path, String only)
      throws IOException {
    var text = new StringBuilder();
    Map<String, Object> data = new LinkedHashMap<>();
    int at = Math.max(0, index.findEntry(path));
    for (int i = at; i < index.getEntryCount(); i++) {
      var entry = index.getEntry(i);
      if (!entry.getPathString().equals(path)) {
        break;
      }
      var side = SIDES.get(entry.getStage() - 1);
      if (!only.isEmpty() && !only.equals(side)) {
        continue;
      }
      var content = content(repo, entry);
      text.append("== ").append(side).append(' ').append(label(repo, side)).append('\n');
      text.append(content).append(content.endsWith("\n") ? "" : "\n");
      data.put(side, content);
    }
    for (var side : SIDES) {
      if (!data.containsKey(side) && (only.isEmpty() || only.equals(side))) {
        text.append("== ").append(side).append(" has no such file\n");
      }
    }
    return ToolResult.ok(text.toString()).structured(data);
  }

  /** What a side is: in a rebase "ours" is what is rebased onto. */
  private static String label(Repo repo, String side) throws IOException {
    var operation = Operation.of(repo).map(Operation::name).orElse("");
    boolean rebase = operation.equals("rebase") || operation.equals("am");
    return switch (side) {
      case "base" -> "(before both)";
      case "ours" ->
          rebase ? "(what is rebased onto)" : "(" + repo.branch().orElse("detached HEAD") + ")";
      default -> rebase ? "(the commit being applied)" : "(the other side)";
    };
  }

  private static String content(Repo repo, DirCacheEntry entry) throws IOException {
    if (entry.getFileMode() == FileMode.GITLINK) {
      return "submodule at " + entry.getObjectId().name();
    }
    var loader = repo.git().open(entry.getObjectId(), Constants.OBJ_BLOB);
    try (var in = loader.openStream()) {
      var bytes = in.readNBytes(LONGEST);
      if (RawText.isBinary(bytes)) {
        return "binary, %,d bytes".formatted(loader.getSize());
      }
      var text = Printable.block(new String(bytes, StandardCharsets.UTF_8));
      return loader.getSize() > LONGEST ? text + "\n… cut" : text;
    }
  }
}
