package dev.fuse.tool.git;

import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The person's git in one work tree, for the time of one call. */
record Git(GitProgram program, Path root, Call call) {

  /** Runs it, whatever comes of it. */
  GitProgram.Outcome attempt(List<String> arguments) throws IOException {
    return program.run(root, call, new byte[0], arguments);
  }

  /**
   * Runs it and gives what it wrote.
   *
   * @throws ToolFailure if it did not end with 0
   */
  GitProgram.Outcome run(String... arguments) throws IOException {
    return run(List.of(arguments));
  }

  /** The same. */
  GitProgram.Outcome run(List<String> arguments) throws IOException {
    return run(arguments, new byte[0]);
  }

  /** The same, with something to read. */
  GitProgram.Outcome run(List<String> arguments, byte[] stdin) throws IOException {
    var outcome = program.run(root, call, stdin, arguments);
    if (!outcome.ok()) {
      throw Failures.thrown(Failures.ofGit("git " + arguments.getFirst(), outcome));
    }
    return outcome;
  }

  /** Runs it on paths, which are taken neither for options nor for patterns. */
  GitProgram.Outcome run(List<String> arguments, List<String> paths) throws IOException {
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

  /** Bytes for {@link #run(List, byte[])}. */
  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
