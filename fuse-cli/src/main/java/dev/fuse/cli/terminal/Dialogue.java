package dev.fuse.cli.terminal;

import dev.fuse.run.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Questions and answers on a terminal. */
record Dialogue(Tty tty, Cancellation cancellation) {

  void say(String line) {
    tty.out().println(line);
  }

  /** The answer; empty if it was cancelled. */
  Optional<String> ask(String question) {
    tty.out().print(question);
    tty.out().flush();
    var line = tty.line(cancellation);
    if (line.isEmpty()) {
      tty.out().println();
    }
    return line;
  }

  /** Waits; says whether it was cancelled meanwhile. */
  boolean pause(Duration time) {
    var stop = new CompletableFuture<Void>();
    var forget = cancellation.onCancel(() -> stop.complete(null));
    try {
      stop.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a pause cannot fail", e);
    } finally {
      forget.run();
    }
  }
}
