package dev.fuse.agent;

import dev.fuse.agent.Outcome.Status;
import dev.fuse.run.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** How a prompt's time ends: by the person, or by its limit. */
final class Ending implements AutoCloseable {

  private final Cancellation own;
  private final Instant end;
  private final Future<?> clock;

  Ending(Cancellation person, Duration time) {
    this.own = Cancellation.within(person);
    this.end = Instant.now().plus(time);
    var later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
    this.clock = CompletableFuture.runAsync(own::cancel, later);
  }

  Cancellation cancellation() {
    return own;
  }

  boolean over() {
    return own.cancelled();
  }

  Status status() {
    return late() ? Status.LIMIT : Status.INTERRUPTED;
  }

  String problem() {
    return late() ? "the time for this prompt ran out" : "interrupted";
  }

  @Override
  public void close() {
    clock.cancel(false);
  }

  private boolean late() {
    return !Instant.now().isBefore(end);
  }
}
