package dev.fuse.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The built command, run as a process in a home of its own, without a controlling terminal.
 *
 * @param home is HOME; {@code ~/.fuse} is in it
 * @param directory where it is started
 */
public record FuseCommand(Path launcher, Path home, Path directory, Map<String, String> variables) {

  private static final long LONGEST_SECONDS = 120;

  /** How it ended. */
  public record Result(int exitCode, String out, String err) {}

  public FuseCommand {
    variables = Map.copyOf(variables);
  }

  /** One with an empty home and an empty directory. */
  public static FuseCommand of(Path launcher, Path temporary) throws IOException {
    var home = Files.createDirectories(temporary.resolve("home"));
    var directory = Files.createDirectories(temporary.resolve("work"));
    return new FuseCommand(launcher.toAbsolutePath(), home, directory, Map.of());
  }

  public FuseCommand with(String variable, String value) {
    var more = new HashMap<>(variables);
    more.put(variable, value);
    return new FuseCommand(launcher, home, directory, more);
  }

  public FuseCommand in(Path other) {
    return new FuseCommand(launcher, home, other, variables);
  }

  /** Runs it to its end with an empty standard input. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    return runWith("", arguments);
  }

  /** Runs it to its end. */
  public Result runWith(String input, String... arguments)
      throws IOException, InterruptedException {
    var process = start(arguments);
    var out = text(process.getInputStream());
    var err = text(process.getErrorStream());
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It may end without reading.
      process.getOutputStream();
    }
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("it has not ended: " + List.of(arguments));
    }
    return new Result(process.exitValue(), out.join(), err.join());
  }

  /** Starts it; {@code setsid} takes the controlling terminal away. */
  public Process start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.addAll(List.of("/usr/bin/setsid", "-w"));
    }
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    var environment = builder.environment();
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("FUSE_") || name.startsWith("OPENAI_") || name.startsWith("GIT_"));
    environment.put("HOME", home.toString());
    environment.put("CI", "true");
    environment.putAll(variables);
    return builder.start();
  }

  private static CompletableFuture<String> text(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
