package dev.fuse.tool.gcp.look;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Something that is being read on a thread of its own. */
public final class Later<T> {

  private final FutureTask<T> task;

  private Later(FutureTask<T> task) {
    this.task = task;
  }

  public static <T> Later<T> of(Supplier<T> reading) {
    var task = new FutureTask<>(reading::get);
    // The libraries look for classes through the thread's context loader.
    var loader = Thread.currentThread().getContextClassLoader();
    var thread = Thread.ofVirtual().name("google-read").unstarted(task);
    thread.setContextClassLoader(loader);
    thread.start();
    return new Later<>(task);
  }

  /** What was read; waits for it. */
  public T get() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(e.getMessage());
    }
  }
}
