package dev.fuse.tool.git.change;

import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.tool.git.repo.Failures;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The person's git in one work tree, for the time of one call. */
record Git(GitProgram program, Path root, Call call) {

  /** Runs it, whatever comes of it. */
  Program.Outcome attempt(List<String> arguments) throws IOException {
    return program.run(root, call, new byte[0], arguments);
  }

  /**
   * Runs it and gives what it wrote.
   *
   * @throws ToolFailure if it did not end with 0
   */
  Program.Outcome run(String... arguments) throws IOException {
    return run(List.of(arguments));
  }

  /** The same. */
  Program.Outcome run(List<String> arguments) throws IOException {
    return run(arguments, new byte[0]);
  }

  /** The same, with something to read. */
  Program.Outcome run(List<String> arguments, byte[] stdin) throws IOException {
    var outcome = program.run(root, call, stdin, arguments);
    if (!outcome.ok()) {
      throw Failures.thrown(failed("git " + arguments.getFirst(), outcome));
    }
    return outcome;
  }

  /** Runs it on paths, which are taken neither for options nor for patterns. */
  Program.Outcome run(List<String> arguments, List<String> paths) throws IOException {
    var all = new ArrayList<>(arguments);
    all.add("--");
    all.addAll(literal(paths));
    return run(all);
  }

  /** Paths as they are, without what git would read in them. */
  static List<String> literal(List<String> paths) {
    return paths.stream().map(path -> ":(literal)" + path).toList();
  }

  /**
   * Saves staged and changed files as a stash, which stays in the list of stashes.
   *
   * @return its commit; empty where there is nothing to save
   */
  String save(String before) throws IOException {
    var commit = run("stash", "create").out().strip();
    if (!commit.isEmpty()) {
      run("stash", "store", "--quiet", "-m", "fuse: before " + before, commit);
    }
    return commit;
  }

  /**
   * The same where something is not merged, which git does not stash: the files as they are become
   * a stash of one content.
   */
  String saveUnmerged(Repo repo, String before) throws IOException {
    var index = repo.own().resolve("index");
    var copy = Files.createTempFile("fuse", ".index");
    try {
      Files.copy(index, copy, StandardCopyOption.REPLACE_EXISTING);
      var aside = new Git(program.with("GIT_INDEX_FILE", copy.toString()), root, call);
      aside.run("add", "--update", "--", ".");
      var tree = aside.run("write-tree").out().strip();
      var head = repo.head().orElseThrow().name();
      var message = "fuse: before " + before;
      var staged = run("commit-tree", "-p", head, "-m", message, tree).out().strip();
      var commit = run("commit-tree", "-p", head, "-p", staged, "-m", message, tree).out().strip();
      run("stash", "store", "--quiet", "-m", message, commit);
      return commit;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** What a git that did not do it said. */
  static ToolResult.Failed failed(String command, Program.Outcome outcome) {
    if (!outcome.ended()) {
      return ToolResult.failed(
          Kind.UNKNOWN_OUTCOME,
          "'" + command + "' was ended before it was done",
          "look with git_status and git_diagnose; a hook or a signing program may wait for input");
    }
    var said = outcome.said();
    var known = Symptom.of(said);
    return ToolResult.failed(
        known.map(Symptom::kind).orElse(Kind.CONFLICT),
        "'" + command + "' ended with " + outcome.code() + ": " + said,
        known.map(Symptom::hint).orElse(""));
  }

  /** Bytes for {@link #run(List, byte[])}. */
  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
