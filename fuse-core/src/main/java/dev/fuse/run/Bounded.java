package dev.fuse.run;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a tool's code so that it can neither throw, nor hang, nor outlive a cancellation by more
 * than 200 ms: it is interrupted, waited for, and abandoned.
 */
public final class Bounded {

  private static final long GRACE_MILLIS = 200;

  private Bounded() {}

  /** What became of it. */
  public sealed interface End<T> {}

  public record Done<T>(T value) implements End<T> {}

  /** It threw, ran out of time or was cancelled; {@code unseen} where it may still be going on. */
  public record Failed<T>(ToolResult.Failed why, boolean unseen) implements End<T> {}

  public static <T> End<T> run(
      String name, Callable<T> body, Instant deadline, Cancellation cancellation) {
    var result = new CompletableFuture<T>();
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name("fuse-" + name)
            .unstarted(
                () -> {
                  try {
                    result.complete(body.call());
                  } catch (Throwable e) {
                    result.completeExceptionally(e);
                  }
                });
    var stop = new CompletableFuture<String>();
    var forget = cancellation.onCancel(() -> stop.complete("was cancelled"));
    thread.start();
    try {
      var left = Duration.between(Instant.now(), deadline).toMillis();
      CompletableFuture.anyOf(result.exceptionally(_ -> null), stop)
          .get(Math.max(1, left), TimeUnit.MILLISECONDS);
      if (result.isDone()) {
        return ended(name, result);
      }
    } catch (TimeoutException e) {
      stop.complete("took longer than it may");
    } catch (InterruptedException e) {
      stop.complete("was interrupted");
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a result that cannot fail did", e);
    } finally {
      forget.run();
    }
    return abandoned(name, thread, result, stop.join());
  }

  private static <T> End<T> abandoned(
      String name, Thread thread, CompletableFuture<T> result, String why) {
    boolean interrupted = Thread.interrupted();
    thread.interrupt();
    try {
      thread.join(Duration.ofMillis(GRACE_MILLIS));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    boolean unseen = !result.isDone() || result.isCompletedExceptionally();
    if (!unseen) {
      return ended(name, result);
    }
    return new Failed<>(
        ToolResult.failed(
            ToolResult.Kind.LIMIT, name + " " + why, "ask for less, or go on without"),
        true);
  }

  private static <T> End<T> ended(String name, CompletableFuture<T> result) {
    try {
      return new Done<>(result.join());
    } catch (java.util.concurrent.CompletionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof ToolFailure failure) {
        return new Failed<>(failure.result(), false);
      }
      return new Failed<>(
          ToolResult.failed(
              ToolResult.Kind.UNAVAILABLE,
              name + " failed: " + sentence(cause),
              "this is a fault of the tool or of what it talks to; try another way"),
          true);
    }
  }

  /** An exception in words; its type says more than many a message. */
  static String sentence(Throwable cause) {
    var message = cause.getMessage();
    var type = cause.getClass().getSimpleName();
    return message == null || message.isBlank()
        ? type
        : type + ": " + message.lines().findFirst().orElse(type);
  }
}
