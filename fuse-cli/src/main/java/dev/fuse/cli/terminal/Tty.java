package dev.fuse.cli.terminal;

import dev.fuse.run.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The controlling terminal, which is there even where standard input is a pipe. Only what is there
 * is read, so that what is typed for somebody else is never swallowed.
 */
public final class Tty implements AutoCloseable {

  private static final Path DEVICE = Path.of("/dev/tty");
  private static final long LOOK_MILLIS = 15;

  /** So long the rest of a key's sequence, or of a paste, may take. */
  private static final long SETTLE_MILLIS = 25;

  private final InputStream in;
  private final PrintStream out;

  Tty(InputStream in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  /** The controlling terminal of this process, if it has one. */
  public static Optional<Tty> open() {
    if (!Files.isReadable(DEVICE)) {
      return Optional.empty();
    }
    try {
      var in = new FileInputStream(DEVICE.toFile());
      var out =
          new PrintStream(new FileOutputStream(DEVICE.toFile()), true, StandardCharsets.UTF_8);
      return Optional.of(new Tty(in, out));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public PrintStream out() {
    return out;
  }

  /** Asks for a line; empty if it is cancelled or the terminal goes away. */
  public Optional<String> ask(String question, Cancellation cancellation) {
    return new Dialogue(this, cancellation).ask(question);
  }

  /** What was typed before; nobody else gets it any more. */
  String drain() {
    try {
      int waiting = in.available();
      return waiting == 0 ? "" : new String(in.readNBytes(waiting), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** The next line without its end; empty if it is cancelled or the terminal goes away. */
  Optional<String> line(Cancellation cancellation) {
    if (!awaited(cancellation)) {
      return Optional.empty();
    }
    try {
      var bytes = new ByteArrayOutputStream();
      int read;
      while ((read = in.read()) >= 0 && read != '\n') {
        bytes.write(read);
      }
      return Optional.of(bytes.toString(StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * What comes next at once: a key, its sequence, or a paste; empty if it is cancelled or the
   * terminal goes away.
   */
  Optional<String> burst(Cancellation cancellation) {
    if (!awaited(cancellation)) {
      return Optional.empty();
    }
    var bytes = new ByteArrayOutputStream();
    try {
      while (in.available() > 0) {
        bytes.write(in.readNBytes(in.available()));
        if (pasting(bytes.toString(StandardCharsets.UTF_8)) || in.available() == 0) {
          Thread.sleep(SETTLE_MILLIS);
        }
      }
      return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static boolean pasting(String text) {
    return text.contains(Keys.PASTE) && !text.contains(Keys.PASTED);
  }

  /** Waits for something to read. */
  private boolean awaited(Cancellation cancellation) {
    var stop = new CompletableFuture<Boolean>();
    var forget = cancellation.onCancel(() -> stop.complete(true));
    try {
      while (in.available() == 0) {
        if (waited(stop) || !Files.isReadable(DEVICE)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      forget.run();
    }
  }

  /** Whether the wait was cut short. */
  private static boolean waited(CompletableFuture<Boolean> stop) {
    try {
      return stop.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wait cannot fail", e);
    }
  }

  @Override
  public void close() {
    out.close();
    try {
      in.close();
    } catch (IOException e) {
      // Nothing was written through it.
      out.flush();
    }
  }
}
