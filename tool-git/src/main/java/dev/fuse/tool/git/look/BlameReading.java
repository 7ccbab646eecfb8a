package dev.fuse.tool.git.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.git.repo.Commits;
import dev.fuse.tool.git.repo.CredentialFiles;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.blame.BlameGenerator;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** {@code git_blame}: which commit last touched each line, renames followed. */
public record BlameReading(Clock clock) implements Reading {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_blame",
            "Who last touched lines of a file, when and in which commit",
            Schemas.ofRepository()
                .required("path", Schema.string("from the root"))
                .optional("from", Schema.integer("first line").range(1, Integer.MAX_VALUE))
                .optional("to", Schema.integer("last line").range(1, Integer.MAX_VALUE))
                .optional("revision", Schema.string("default: work tree")),
            Ceiling.readsSecrets("git"))
        .keywords("who", "wrote", "line", "author", "introduced", "annotate");
  }

  @Override
  public String summary(Repo repo, Arguments arguments) {
    return "blame of " + Printable.line(arguments.string("path"));
  }

  @Override
  public List<Effect> effects(Repo repo, Arguments arguments) {
    var path = repo.path(arguments.string("path"));
    var ref = arguments.string("revision", "");
    return List.of(
        CredentialFiles.has(path)
            ? Effect.readSecret(repo.target("ref", ref, "path", path))
            : repo.read("ref", ref, "path", path));
  }

  @Override
  public ToolResult read(Repo repo, Arguments arguments, Call call) throws Exception {
    var path = repo.path(arguments.string("path"));
    try (var generator = new BlameGenerator(repo.git(), path).setFollowFileRenames(true)) {
      begin(generator, repo, arguments, path);
      var content = generator.getResultContents();
      if (content == null) {
        throw ToolFailure.notFound(
            "there is no file '" + Printable.line(path) + "' to blame",
            "git_log with this 'path' tells when it came and went");
      }
      int from = arguments.integer("from", 1);
      int to = Math.min(arguments.integer("to", from + 199), content.size());
      if (from > to) {
        throw ToolFailure.invalid(
            "line %d is not in '%s', which has %d lines"
                .formatted(from, Printable.line(path), content.size()),
            "give 'from' and 'to' within the file");
      }
      var text = content.getString(0, content.size(), false);
      var seen = call.masked(text, repo.target("path", path)).split("\n", -1);
      return answer(generator, seen, from, to, Deadline.of(call, clock));
    }
  }

  private static void begin(BlameGenerator generator, Repo repo, Arguments arguments, String path)
      throws Exception {
    var revision = arguments.findString("revision");
    if (revision.isPresent() || repo.bare()) {
      try (var walk = new RevWalk(repo.git())) {
        generator.push(null, Revisions.commit(walk, repo, revision.orElse("HEAD")));
      }
      return;
    }
    if (repo.head().isEmpty()) {
      throw ToolFailure.notFound(
          "'" + Printable.line(path) + "' has no history: the branch has no commit yet", "");
    }
    generator.prepareHead();
  }

  private static ToolResult answer(
      BlameGenerator generator, String[] content, int from, int to, Deadline deadline)
      throws IOException {
    var touched = new TreeMap<Integer, Touch>();
    int missing = to - from + 1;
    while (missing > 0 && !deadline.passed() && generator.next()) {
      var touch = Touch.of(generator);
      for (int i = generator.getResultStart(); i < generator.getResultEnd(); i++) {
        if (i >= from - 1 && i < to && touched.put(i + 1, touch) == null) {
          missing--;
        }
      }
    }
    var lines = new ArrayList<String>();
    var structured = new ArrayList<Map<String, Object>>();
    Optional<Touch> above = Optional.empty();
    for (int line = from; line <= to; line++) {
      var touch = touched.getOrDefault(line, Touch.UNKNOWN);
      if (above.isEmpty() || !above.get().equals(touch)) {
        lines.add(touch.text());
        above = Optional.of(touch);
      }
      var text = Printable.line(content[line - 1].replace("\t", "    "), 400);
      lines.add("  " + line + "| " + text);
      structured.add(touch.structured(line));
    }
    if (to < lineCount(content)) {
      lines.add("… " + lineCount(content) + " lines in all");
    }
    if (missing > 0) {
      lines.add(missing + " lines come from further back than could be looked at in time");
    }
    return ToolResult.ok(String.join("\n", lines)).structured(structured);
  }

  /** Without what stands behind the last line feed. */
  private static int lineCount(String[] content) {
    return content[content.length - 1].isEmpty() ? content.length - 1 : content.length;
  }

  /** The commit that touched a line; without an id where it is not committed. */
  private record Touch(String id, String text) {

    static final Touch UNKNOWN = new Touch("", "not looked at in time");

    static Touch of(BlameGenerator generator) throws IOException {
      RevCommit commit = generator.getSourceCommit();
      if (commit == null) {
        return new Touch("", "not committed yet");
      }
      var author = generator.getSourceAuthor();
      var from = generator.getSourcePath();
      try (var reader = generator.getRepository().newObjectReader()) {
        var text =
            Commits.shortId(reader, commit)
                + " "
                + Commits.day(author)
                + " "
                + Commits.name(author)
                + (from.equals(generator.getResultPath()) ? "" : " in " + Printable.line(from))
                + "  "
                + Printable.line(commit.getShortMessage(), 120);
        return new Touch(commit.name(), text);
      }
    }

    Map<String, Object> structured(int line) {
      return Map.of("line", (long) line, "commit", id);
    }
  }
}
