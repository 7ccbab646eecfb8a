package dev.fuse.tool.fs.machine;

import dev.fuse.tool.fs.place.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Programs on PATH, asked for what they know. They run at the root of the file system and never
 * from the working directory: a project's {@code .mvn/jvm.config}, {@code go.mod} or {@code
 * .tool-versions} would have them run what it likes.
 */
public final class Programs {

  private static final int OUTPUT = 1 << 18;

  private final Place place;

  public Programs(Place place) {
    this.place = place;
  }

  /** The program that a shell would run. */
  public Optional<Path> find(String name) {
    return all(name).stream().findFirst();
  }

  /** Every program of that name on PATH, in its order, but those of the working directory. */
  public List<Path> all(String name) {
    var found = new ArrayList<Path>();
    for (var folder : folders()) {
      var program = folder.resolve(name);
      if (Files.isRegularFile(program) && Files.isExecutable(program) && outside(program)) {
        found.add(program);
      }
    }
    return found;
  }

  public List<Path> folders() {
    var folders = new LinkedHashSet<Path>();
    for (var text : place.environment().getOrDefault("PATH", "").split(":", -1)) {
      try {
        if (text.startsWith("/")) {
          folders.add(Path.of(text));
        }
      } catch (InvalidPathException e) {
        // No folder, so there is no program in it.
      }
    }
    return List.copyOf(folders);
  }

  /**
   * What a program prints on both streams.
   *
   * @return empty if it is not on PATH, fails, or takes longer
   */
  public Optional<String> ask(Duration most, String name, String... arguments) {
    return find(name).flatMap(program -> ask(most, program, arguments));
  }

  public Optional<String> ask(Duration most, Path program, String... arguments) {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    builder.redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment());
    try {
      var process = builder.start();
      try {
        return answer(process, most);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> answer(Process process, Duration most) {
    var output = new CompletableFuture<String>();
    Thread.ofVirtual().start(() -> read(process.getInputStream(), output));
    try {
      var text = output.get(most.toMillis(), TimeUnit.MILLISECONDS);
      boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
      return ended && process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  private static void read(InputStream in, CompletableFuture<String> output) {
    var bytes = new ByteArrayOutputStream();
    try {
      in.transferTo(new Capped(bytes));
      output.complete(bytes.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      output.completeExceptionally(e);
    }
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(place.environment());
    environment.put("LC_ALL", "C");
    // Asking for a version must neither fetch a toolchain nor call home.
    environment.put("GOTOOLCHAIN", "local");
    environment.put("CHECKPOINT_DISABLE", "1");
    environment.put("GH_NO_UPDATE_NOTIFIER", "1");
    environment.put("DOTNET_CLI_TELEMETRY_OPTOUT", "1");
    return environment;
  }

  private boolean outside(Path program) {
    try {
      return place.directory().getNameCount() == 0
          || !program.toRealPath().startsWith(place.directory());
    } catch (IOException e) {
      return false;
    }
  }

  /** Keeps the beginning and lets the rest pass, so that the program does not wait for a reader. */
  private static final class Capped extends OutputStream {
    private final ByteArrayOutputStream kept;

    Capped(ByteArrayOutputStream kept) {
      this.kept = kept;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      kept.write(bytes, from, Math.clamp(length, 0, OUTPUT - kept.size()));
    }
  }
}
