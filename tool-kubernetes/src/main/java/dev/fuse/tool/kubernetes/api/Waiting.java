package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what another thread finds out; a failure there is one here. */
public final class Waiting {

  private Waiting() {}

  public static <T> T on(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      future.cancel(true);
      throw new ToolFailure(Kind.UNAVAILABLE, "the call was ended before it was done", "");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ToolFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The same, for no longer than that. */
  public static <T> T on(Future<T> future, Duration most) throws TimeoutException {
    try {
      var _ = future.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return on(future); // which says why
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return on(future);
  }
}
