package dev.fuse.cli.terminal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A line that moves while something is under way, and says for how long it has been. Whoever draws
 * it sees to it that only one thread at a time does anything with it.
 */
final class Spinner {

  private static final String FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final long FRAME_MILLIS = 120;

  /** Until then the time is of no interest. */
  private static final long SHORT_MILLIS = 2_000;

  private final Runnable redraw;
  private final LongSupplier millis;
  private String what = "";
  private long since;
  private int frame;
  private @Nullable ScheduledExecutorService timer;
  private @Nullable ScheduledFuture<?> ticking;

  Spinner(Runnable redraw) {
    this(redraw, () -> System.nanoTime() / 1_000_000);
  }

  /**
   * A spinner with a clock of its own.
   *
   * @param redraw is called from another thread each time that the line has changed
   */
  Spinner(Runnable redraw, LongSupplier millis) {
    this.redraw = redraw;
    this.millis = millis;
  }

  void show(String text) {
    if (!text.equals(what)) {
      what = text;
      since = millis.getAsLong();
    }
    if (timer == null) {
      timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    }
    if (ticking == null) {
      ticking =
          timer.scheduleAtFixedRate(redraw, FRAME_MILLIS, FRAME_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  boolean visible() {
    return ticking != null;
  }

  /** Says whether it was there. */
  boolean hide() {
    if (ticking == null) {
      return false;
    }
    ticking.cancel(false);
    ticking = null;
    what = "";
    return true;
  }

  /** The next state of the line. */
  String line() {
    long taken = millis.getAsLong() - since;
    var time = taken < SHORT_MILLIS ? "" : "  " + taken / 1000 + "s";
    frame = (frame + 1) % FRAMES.length();
    return "  " + FRAMES.charAt(frame) + " " + what + time;
  }
}
