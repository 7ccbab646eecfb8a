package dev.fuse.tool.git;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Facts;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.testkit.RecordedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A home and a repository of a person, the real git on it, and the plugin opened there. */
public final class World {

  public final Path root;
  public final Path home;
  public final Path repository;
  public final Map<String, String> environment = new HashMap<>();
  public final RecordedCall call = RecordedCall.create();

  World(Path root) throws IOException {
    this.root = Files.createDirectories(root).toRealPath();
    home = Files.createDirectories(this.root.resolve("home"));
    repository = Files.createDirectories(this.root.resolve("repo"));
    environment.putAll(
        Map.of("HOME", home.toString(), "PATH", System.getenv("PATH"), "GIT_CONFIG_NOSYSTEM", "1"));
    Files.writeString(
        home.resolve(".gitconfig"),
        """
        [user]
          name = Ann Lee
          email = ann@example.com
        [init]
          defaultBranch = main
        [protocol "file"]
          allow = always
        """);
  }

  /** A world whose repository has one commit of {@code a.txt}. */
  public static World withCommit(Path root) throws IOException {
    var world = new World(root);
    world.git("init", "-q");
    world.write("a.txt", "one\ntwo\nthree\n");
    world.commit("First");
    return world;
  }

  public Path write(String name, String content) throws IOException {
    var file = repository.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** Writes a program for the shell. */
  public Path script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("not executable: " + file);
    }
    return file;
  }

  public void commit(String message) throws IOException {
    git("add", "-A");
    git("commit", "-q", "-m", message);
  }

  public String git(String... arguments) throws IOException {
    return gitIn(repository, arguments);
  }

  public String gitIn(Path folder, String... arguments) throws IOException {
    var outcome = tryGitIn(folder, arguments);
    if (outcome.code() != 0) {
      throw new IOException(String.join(" ", arguments) + ": " + outcome.text());
    }
    return outcome.text();
  }

  public Said tryGitIn(Path folder, String... arguments) throws IOException {
    var argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    return start(folder, argv);
  }

  private Said start(Path folder, List<String> argv) throws IOException {
    var builder = new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Said(process.waitFor(), text.stripTrailing());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Runs another program in this world. */
  public String run(String... argv) throws IOException {
    var said = start(repository, List.of(argv));
    if (said.code() != 0) {
      throw new IOException(String.join(" ", argv) + ": " + said.text());
    }
    return said.text();
  }

  /** Whether a program can be started at all. */
  boolean tryIn(String... argv) {
    try {
      start(repository, List.of(argv));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  Tool tool(String name) {
    return tool(plugin(), name);
  }

  record Said(int code, String text) {}

  GitPlugin plugin() {
    return plugin(repository);
  }

  GitPlugin plugin(Path directory) {
    var plugin = new GitPlugin();
    plugin.open(new Context(directory, Map.copyOf(environment)));
    return plugin;
  }

  public Action prepare(Path directory, String tool, Object... arguments) {
    return tool(plugin(directory), tool).prepare(Arguments.of(arguments), call);
  }

  public Action prepare(String tool, Object... arguments) {
    return prepare(repository, tool, arguments);
  }

  public ToolResult.Ok in(Path directory, String tool, Object... arguments) throws Exception {
    var result = prepare(directory, tool, arguments).body().run(call);
    if (result instanceof ToolResult.Ok ok) {
      return ok;
    }
    throw new AssertionError(result.toString());
  }

  public ToolResult.Ok ok(String tool, Object... arguments) throws Exception {
    return in(repository, tool, arguments);
  }

  public String text(String tool, Object... arguments) throws Exception {
    return ok(tool, arguments).text();
  }

  public ToolResult.Failed failed(String tool, Object... arguments) throws Exception {
    return failedIn(repository, tool, arguments);
  }

  ToolResult.Failed failedIn(Path directory, String tool, Object... arguments) throws Exception {
    try {
      return (ToolResult.Failed) prepare(directory, tool, arguments).body().run(call);
    } catch (ToolFailure failure) {
      return failure.result();
    }
  }

  /** Takes a change back as the host would: by preparing the call, comparing and running it. */
  public ToolResult.Ok undo(ToolResult.Ok done) throws Exception {
    var undo = done.undo().orElseThrow();
    var action = tool(plugin(), undo.tool()).prepare(new Arguments(undo.arguments()), call);
    if (!action.version().equals(undo.precondition())) {
      throw new AssertionError(undo + " does not fit " + action.version());
    }
    var result = action.body().run(call);
    if (result instanceof ToolResult.Ok ok) {
      return ok;
    }
    throw new AssertionError(result.toString());
  }

  /** All that a person would see of the state: HEAD, branches, tags, index, files, stashes. */
  public String state() throws IOException {
    return String.join(
        "\n",
        git("symbolic-ref", "-q", "HEAD"),
        git("for-each-ref", "refs/heads", "refs/tags"),
        git("ls-files", "-s"),
        git("status", "--short"),
        git("diff"),
        git("stash", "list", "--format=%H"));
  }

  static Tool tool(GitPlugin plugin, String name) {
    return plugin.tools().stream()
        .filter(tool -> tool.spec().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private record Context(Path directory, Map<String, String> environment) implements PluginContext {
    @Override
    public Optional<String> setting(String key) {
      return Optional.empty();
    }

    @Override
    public Facts facts() {
      return Facts.none();
    }

    @Override
    public Optional<String> pinned(String coordinate) {
      return Optional.empty();
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      return resource;
    }
  }
}
