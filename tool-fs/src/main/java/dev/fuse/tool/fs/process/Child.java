package dev.fuse.tool.fs.process;

import dev.fuse.tool.fs.machine.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that runs in a session of its own, so that it cannot read the person's terminal, and
 * whose descendants are known by a variable in their environment even where they have left their
 * parent.
 */
public final class Child {

  private static final String MARK = "FUSE_RUN";
  private static final long GRACE_MILLIS = 700;
  private static final int ROUNDS = 50;

  /** Output above which a program is taken to have lost its way. */
  private static final long FLOOD = 1L << 30;

  /** How it went. */
  enum End {
    EXITED,
    TIMED_OUT,
    FLOODED
  }

  /** How it went, with what exit code, and what it said. */
  record Outcome(End end, int code, String output, long size, List<Long> left) {}

  private final Process process;
  private final String mark;
  private final HeadAndTail output = new HeadAndTail();
  private final Thread reader;

  private Child(Process process, String mark) {
    this.process = process;
    this.mark = mark;
    this.reader = Thread.ofVirtual().unstarted(this::read);
  }

  public static Child start(
      Programs programs,
      CommandLine command,
      Map<String, String> environment,
      Optional<String> stdin)
      throws IOException {
    var words = new ArrayList<>(session(programs));
    words.add(command.found().toString());
    words.addAll(command.argv().subList(1, command.argv().size()));
    var mark = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    var builder = new ProcessBuilder(words).directory(command.directory().real().toFile());
    builder.redirectErrorStream(true);
    if (stdin.isEmpty()) {
      builder.redirectInput(Path.of("/dev/null").toFile());
    }
    var all = new HashMap<>(environment);
    all.putAll(command.environment());
    all.put(MARK, mark);
    all.remove("FUSE_HOME");
    builder.environment().clear();
    builder.environment().putAll(all);
    var child = new Child(builder.start(), mark);
    child.reader.start();
    stdin.ifPresent(text -> Thread.ofVirtual().start(() -> child.write(text)));
    return child;
  }

  /** Linux has setsid; every Mac has perl. Without either the terminal stays in reach. */
  private static List<String> session(Programs programs) {
    var setsid = programs.find("setsid");
    if (setsid.isPresent()) {
      return List.of(setsid.get().toString(), "-w");
    }
    return programs
        .find("perl")
        .map(
            perl ->
                List.of(
                    perl.toString(),
                    "-e",
                    "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV or exit 127",
                    "--"))
        .orElse(List.of());
  }

  /** Waits; what goes on beyond the time is ended with all that it has started. */
  public Outcome await(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    try {
      while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
        if (output.size() > FLOOD) {
          return ended(End.FLOODED);
        }
        if (System.nanoTime() > end) {
          return ended(End.TIMED_OUT);
        }
      }
    } catch (InterruptedException e) {
      kill();
      throw e;
    }
    // One that it left in the background may hold the pipe open for ever.
    reader.join(Duration.ofMillis(300));
    var left = marked().stream().map(ProcessHandle::pid).toList();
    return outcome(End.EXITED, process.exitValue(), left);
  }

  private Outcome ended(End end) throws InterruptedException {
    kill();
    reader.join(Duration.ofMillis(200));
    return outcome(end, -1, List.of());
  }

  private Outcome outcome(End end, int code, List<Long> left) {
    return new Outcome(end, code, Screen.text(output.text()), output.size(), left);
  }

  /** Asks all of them, waits a moment, and then does not ask. */
  public void kill() {
    var all = family();
    all.forEach(ProcessHandle::destroy);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    for (var one : all) {
      waitFor(one, end - System.nanoTime());
    }
    for (int i = 0; i < ROUNDS; i++) {
      var rest = family();
      if (rest.isEmpty()) {
        return;
      }
      rest.forEach(ProcessHandle::destroyForcibly);
      rest.forEach(one -> waitFor(one, TimeUnit.MILLISECONDS.toNanos(20)));
    }
  }

  private static void waitFor(ProcessHandle one, long nanos) {
    try {
      one.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // It goes on, and is not asked again.
    }
  }

  private Set<ProcessHandle> family() {
    var all = new LinkedHashSet<ProcessHandle>();
    if (process.isAlive()) {
      all.add(process.toHandle());
    }
    process.descendants().forEach(all::add);
    all.addAll(marked());
    all.removeIf(one -> !one.isAlive());
    return all;
  }

  /** Those whose environment tells that they come from here. */
  private List<ProcessHandle> marked() {
    var found = new ArrayList<ProcessHandle>();
    var wanted = MARK + "=" + mark;
    try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var one : all) {
        if (environment(one).contains(wanted)) {
          ProcessHandle.of(Long.parseLong(one.getFileName().toString()))
              .filter(ProcessHandle::isAlive)
              .filter(handle -> !zombie(one))
              .ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // No /proc: a Mac, where the descendants have to do.
    }
    return found;
  }

  private static boolean zombie(Path process) {
    try {
      var stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return true;
    }
  }

  private static String environment(Path process) {
    try {
      return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private void read() {
    try (var in = process.getInputStream()) {
      in.transferTo(output);
    } catch (IOException e) {
      // The pipe is closed when the program is ended.
    }
  }

  private void write(String text) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It does not read what it is given.
    }
  }
}
