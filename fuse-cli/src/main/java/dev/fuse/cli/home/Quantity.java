package dev.fuse.cli.home;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations and counts as people write them. */
public final class Quantity {

  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern DURATION = Pattern.compile("(?:\\d{1,9}(?:ms|s|m|h|d))+");
  private static final Pattern COUNT = Pattern.compile("(\\d{1,12})(k|m)?");

  private Quantity() {}

  /**
   * A duration such as {@code 500ms}, {@code 30s}, {@code 5m} or {@code 1h30m}; a bare number is
   * seconds.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  public static Duration duration(String text) {
    var words = text.strip();
    if (words.matches("\\d{1,9}")) {
      return positive(Duration.ofSeconds(Long.parseLong(words)), text);
    }
    if (!DURATION.matcher(words).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration such as 30s, 5m or 1h30m");
    }
    return positive(
        PART.matcher(words)
            .results()
            .map(part -> of(Long.parseLong(part.group(1)), part.group(2)))
            .reduce(Duration.ZERO, Duration::plus),
        text);
  }

  /**
   * A whole number above zero such as {@code 4000}, {@code 128k} or {@code 1m}, in thousands and
   * millions.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  public static long count(String text) {
    var matcher = COUNT.matcher(text.strip().replace("_", ""));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException("'" + text + "' must be a positive whole number");
    }
    var unit = matcher.group(2);
    return Long.parseLong(matcher.group(1))
        * (unit == null ? 1 : unit.equals("k") ? 1_000 : 1_000_000);
  }

  /** A duration as it would be written. */
  public static String text(Duration duration) {
    var millis = duration.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    var seconds = millis / 1_000;
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
  }

  private static Duration of(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static Duration positive(Duration duration, String text) {
    if (duration.isZero()) {
      throw new IllegalArgumentException("'" + text + "' must be more than nothing");
    }
    return duration;
  }
}
