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
      run(List.of("is anything wrong here?"), Map.of(), folder);
      // The server does not speak TLS: it ends the handshake, of which the client's half is
      // trained.
      var secure = new HashMap<>(withModel);
      secure.put("OPENAI_BASE_URL", model.address().replace("http:", "https:"));
      run(List.of("--timeout", "2s", "--no-session", "say hi"), secure, folder);
    }
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
