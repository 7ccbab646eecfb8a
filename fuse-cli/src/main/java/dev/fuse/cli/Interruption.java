package dev.fuse.cli;

import dev.fuse.run.Cancellation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM outside a chat: cancel what runs, let it say what it has, end the process with
 * the signal's own exit code, which the JVM sets.
 */
final class Interruption {

  private static final long FAREWELL_MILLIS = 1_500;

  private final Cancellation cancellation = new Cancellation();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();

  private Interruption() {}

  static Interruption install() {
    var interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(interruption::shutDown));
    return interruption;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Everything has been said and written. */
  void finished() {
    finished.complete(null);
  }

  private void shutDown() {
    cancellation.cancel();
    finished.completeOnTimeout(null, FAREWELL_MILLIS, TimeUnit.MILLISECONDS).join();
  }
}
