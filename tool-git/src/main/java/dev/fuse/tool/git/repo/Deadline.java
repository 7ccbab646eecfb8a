package dev.fuse.tool.git.repo;

import dev.fuse.spi.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When a long look has to stop and tell what it has seen so far. */
public record Deadline(Call call, Clock clock, Instant end) {

  private static final Duration TO_TELL = Duration.ofMillis(500);

  /** The call's own, with time left to write the answer. */
  public static Deadline of(Call call, Clock clock) {
    return new Deadline(call, clock, call.deadline().minus(TO_TELL));
  }

  /** The same, if that is sooner than this much time from now. */
  public Deadline within(Duration time) {
    var sooner = clock.instant().plus(time);
    return sooner.isBefore(end) ? new Deadline(call, clock, sooner) : this;
  }

  public boolean passed() {
    return call.cancelled() || !clock.instant().isBefore(end);
  }
}
