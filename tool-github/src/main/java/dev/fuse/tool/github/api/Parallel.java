package dev.fuse.tool.github.api;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Requests side by side; ended all together when the call is. */
public final class Parallel {

  private Parallel() {}

  /** What the function gives for each, in their order. */
  public static <T, R> List<R> map(List<T> items, Function<T, R> function) {
    if (items.size() == 1) {
      return List.of(function.apply(items.getFirst()));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = items.stream().<Callable<R>>map(it -> () -> function.apply(it)).toList();
      var results = new ArrayList<R>();
      for (var future : threads.invokeAll(tasks)) {
        results.add(get(future));
      }
      return results;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Begins at once what is wanted later; {@link Later#get} waits for it. */
  public static <T> Later<T> begin(Supplier<T> work) {
    var task = new FutureTask<>(work::get);
    Thread.ofVirtual().start(task);
    return new Later<>(task);
  }

  /** Something that is known already, where something later is expected. */
  public static <T> Later<T> known(T value) {
    return new Later<>(CompletableFuture.completedFuture(value));
  }

  /** A result under way. */
  public record Later<T>(Future<T> future) {
    /** The result, if it comes in that time. */
    public Optional<T> within(Duration time) {
      try {
        return Optional.of(future.get(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS));
      } catch (TimeoutException | ExecutionException late) {
        return Optional.empty();
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }

    public T get() {
      try {
        return Parallel.get(future);
      } catch (InterruptedException e) {
        future.cancel(true);
        throw interrupted();
      }
    }
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static ToolFailure interrupted() {
    Thread.currentThread().interrupt();
    return new ToolFailure(Kind.UNAVAILABLE, "the call was cancelled", "");
  }
}
