package dev.fuse.tool.github.look;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Durations and dates in a few letters. */
public final class Times {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private Times() {}

  /** Such as {@code 4m 12s} or {@code 2h 5m}. */
  public static String words(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + "s");
    }
    long minutes = seconds / 60;
    return minutes / 60 + "h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + "m");
  }

  /** Such as {@code 3 days ago}. */
  public static String ago(Instant then, Instant now) {
    long minutes = Math.max(0, Duration.between(then, now).toMinutes());
    if (minutes < 60) {
      return minutes + " min ago";
    }
    if (minutes < 48 * 60) {
      return minutes / 60 + " h ago";
    }
    return minutes / (24 * 60) + " days ago";
  }

  /** The minute, in UTC. */
  public static String minute(Instant time) {
    return DAY.format(time);
  }

  /** The day, in UTC. */
  public static String day(Instant time) {
    return DAY.format(time).substring(0, 10);
  }
}
