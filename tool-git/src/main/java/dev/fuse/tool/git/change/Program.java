package dev.fuse.tool.git.change;

import dev.fuse.spi.Call;
import dev.fuse.tool.git.repo.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program by argument vector until it ends, the call is cancelled or its time is over. */
record Program(Map<String, String> environment, Clock clock) {

  private static final int KEPT = 200_000;
  private static final Duration TO_TELL = Duration.ofMillis(500);

  /**
   * What a program said, made printable.
   *
   * @param ended whether it came to an end by itself
   */
  record Outcome(int code, String out, String err, boolean ended) {

    boolean ok() {
      return ended && code == 0;
    }

    /** The last lines that it wrote, for an answer. */
    String said() {
      return last(40);
    }

    /** Some of the last lines that it wrote. */
    String last(int count) {
      var lines = (err + "\n" + out).strip().lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
  }

  /**
   * Runs it.
   *
   * @param limit how long at most, and never longer than the call
   */
  Outcome run(List<String> argv, Path folder, byte[] stdin, Call call, Duration limit)
      throws IOException {
    var builder = new ProcessBuilder(argv).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    call.onCancel(() -> end(process));
    var out = new Sink(process.getInputStream());
    var err = new Sink(process.getErrorStream());
    try (var in = process.getOutputStream()) {
      in.write(stdin);
    } catch (IOException _) {
      // it ended without reading; its code tells why
    }
    var end = clock.instant().plus(limit);
    var last = call.deadline().minus(TO_TELL);
    boolean ended = await(process, end.isBefore(last) ? end : last);
    return new Outcome(ended ? process.exitValue() : -1, out.text(), err.text(), ended);
  }

  private boolean await(Process process, Instant end) {
    try {
      long left = Duration.between(clock.instant(), end).toMillis();
      if (process.waitFor(Math.max(1, left), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    end(process);
    return false;
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Reads a stream to its end, and keeps the first part. */
  private static final class Sink {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread thread;

    Sink(InputStream in) {
      thread = Thread.ofVirtual().start(() -> drain(in));
    }

    private void drain(InputStream in) {
      var buffer = new byte[8192];
      try (in) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          synchronized (kept) {
            kept.write(buffer, 0, Math.min(n, KEPT - kept.size()));
          }
        }
      } catch (IOException _) {
        // the process was ended
      }
    }

    String text() {
      try {
        // a background process of a hook may hold the stream open
        thread.join(Duration.ofSeconds(1));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      synchronized (kept) {
        return Printable.block(kept.toString(StandardCharsets.UTF_8));
      }
    }
  }
}
