package dev.fuse.tool.github.log;

import java.time.Instant;

/**
 * The part of a log that a step wrote, by the seconds in which it ran.
 *
 * @param from such as {@code 2026-11-29T02:17:39}; empty where it is open
 */
public record Span(String from, String to) {

  public static final Span ALL = new Span("", "");

  private static final int SECONDS = 19;

  /** A step's span; GitHub rounds its times to seconds. */
  public static Span of(String started, String completed) {
    return new Span(cut(started), completed.isEmpty() ? "" : cut(later(completed)));
  }

  private static String later(String time) {
    try {
      return Instant.parse(time).plusSeconds(1).toString();
    } catch (RuntimeException unreadable) {
      return time;
    }
  }

  private static String cut(String time) {
    return time.length() > SECONDS ? time.substring(0, SECONDS) : time;
  }

  boolean holds(String second) {
    return second.isEmpty()
        || ((from.isEmpty() || second.compareTo(from) >= 0)
            && (to.isEmpty() || second.compareTo(to) <= 0));
  }
}
