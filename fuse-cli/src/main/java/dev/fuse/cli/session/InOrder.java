package dev.fuse.cli.session;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does what must not be waited for, one after the other, on a thread of its own. */
public final class InOrder implements AutoCloseable {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("fuse-writer").daemon().factory());

  /** Has this done after everything before it; it must not throw. */
  public void add(Runnable work) {
    thread.execute(work);
  }

  /** Waits until everything so far is done, whether the thread is interrupted or not. */
  public void flush() {
    boolean interrupted = false;
    var done = thread.submit(() -> {});
    while (true) {
      try {
        done.get();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until everything is done, and takes no more. */
  @Override
  public void close() {
    flush();
    thread.shutdown();
  }
}
