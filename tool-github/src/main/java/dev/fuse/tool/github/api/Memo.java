package dev.fuse.tool.github.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads that several tools want at the same moment are made once. */
final class Memo {

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  private record Entry(FutureTask<?> task, Instant since) {
    boolean stale() {
      return since.plus(FRESH).isBefore(Instant.now());
    }
  }

  /** The result of the work of this name, which is done by whoever wants it first. */
  <T> T of(String name, Supplier<T> work) {
    var mine = new FutureTask<T>(work::get);
    var entry =
        entries.compute(
            name, (_, old) -> old == null || old.stale() ? new Entry(mine, Instant.now()) : old);
    if (entry.task().equals(mine)) {
      mine.run();
    }
    try {
      @SuppressWarnings("unchecked")
      var result = (T) entry.task().get();
      return result;
    } catch (ExecutionException e) {
      entries.remove(name, entry);
      throw runtime(e.getCause());
    } catch (InterruptedException e) {
      throw Parallel.interrupted();
    }
  }

  private static RuntimeException runtime(@Nullable Throwable cause) {
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  /** Something was changed, so nothing that was read holds. */
  void clear() {
    entries.clear();
  }
}
