package dev.fuse.cli.train;

import dev.fuse.cli.Main;
import dev.fuse.cli.home.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs what people run, one after the other in one process, so that the AOT cache holds the classes
 * of all of it. The launcher starts it when it makes the cache.
 */
final class Training {

  /** The commands with a cache of their own; the launcher knows them too. */
  private static final List<List<String>> QUICK = List.of(List.of("--help"), List.of("-h"));

  /** The others; a command that is slow to start belongs here. */
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("plugins", "list"),
          List.of("tools", "list"),
          List.of("tools", "show", "fs_read"),
          List.of("config", "view"),
          List.of("doctor"),
          List.of("--no-session", "say hi"),
          List.of("read the notes and say hi"),
          List.of("-c", "-o", "json", "is my disk full?"),
          List.of("--no-such-flag"));

  /** Those that ask a cluster; the same without a model and with one. */
  private static final List<List<String>> CLUSTER =
      List.of(
          List.of("tools", "run", "k8s_list", "kind=pods"),
          List.of("tools", "run", "k8s_get", "kind=deployment", "name=checkout"),
          List.of("tools", "run", "k8s_describe", "kind=deployment", "name=checkout"),
          List.of("tools", "run", "k8s_logs", "name=checkout"),
          List.of("tools", "run", "k8s_scale", "kind=deployment", "name=checkout", "replicas=2"),
          List.of("--scenario", "kubernetes-workload", "why is checkout crashing?"));

  /** Those that look at a repository, at files and at this machine. */
  private static final List<List<String>> LOCAL =
      List.of(
          List.of("tools", "run", "git_status"),
          List.of("tools", "run", "git_log"),
          List.of("tools", "run", "fs_list"),
          List.of("tools", "run", "fs_find", "name=*.md"),
          List.of("tools", "run", "fs_search", "pattern=note"),
          List.of("is anything wrong here?"));

  private Training() {}

  public static void main(String[] arguments) throws IOException {
    var folder = Files.createTempDirectory("fuse-training");
    try {
      if (List.of(arguments).contains("quick")) {
        Main.main(new String[] {"--version"});
        QUICK.forEach(command -> run(command, Map.of(), folder));
      } else {
        runAll(folder);
      }
    } finally {
      delete(folder);
    }
    System.exit(0);
  }

  private static void runAll(Path folder) throws IOException {
    try (var model = TrainingModel.start()) {
      Files.writeString(folder.resolve("notes.md"), "# Notes\n\nNothing of note.\n");
      var withModel =
          Map.of("OPENAI_BASE_URL", model.address(), "OPENAI_API_KEY", "none", "TERM", "xterm");
      COMMANDS.forEach(command -> run(command, withModel, folder));
      repository(folder);
      LOCAL.forEach(command -> run(command, Map.of(), folder));
      cluster(withModel, folder);
      // The server does not speak TLS: it ends the handshake, of which the client's half is
      // trained.
      var secure = new HashMap<>(withModel);
      secure.put("OPENAI_BASE_URL", model.address().replace("http:", "https:"));
      run(List.of("--timeout", "2s", "--no-session", "say hi"), secure, folder);
    }
  }

  private static void cluster(Map<String, String> withModel, Path folder) throws IOException {
    try (var cluster = TrainingCluster.start(folder)) {
      var alone = Map.of("KUBECONFIG", cluster.kubeconfig().toString(), "TERM", "xterm");
      CLUSTER.forEach(command -> run(command, alone, folder));
      var both = new HashMap<>(withModel);
      both.putAll(alone);
      run(CLUSTER.getLast(), both, folder);
    }
  }

  /** A repository without a commit; Fuse itself makes the first one. */
  private static void repository(Path folder) throws IOException {
    var git = folder.resolve(".git");
    Files.createDirectories(git.resolve("objects"));
    Files.createDirectories(git.resolve("refs/heads"));
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
    Files.writeString(
        git.resolve("config"),
        "[core]\n\trepositoryformatversion = 0\n[user]\n\tname = t\n\temail = t@example.org\n");
    run(
        List.of("--allow", "git_*", "tools", "run", "git_commit", "message=first", "all=true"),
        Map.of(),
        folder);
  }

  private static void run(List<String> command, Map<String, String> variables, Path folder) {
    var process = Environment.current();
    var environment =
        new Environment(
            variables, folder, Optional.of(folder), process.user(), process.os(), folder);
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var streams = new Main.Streams(nowhere, nowhere, InputStream.nullInputStream());
    Main.run(command.toArray(String[]::new), environment, streams);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }
}
