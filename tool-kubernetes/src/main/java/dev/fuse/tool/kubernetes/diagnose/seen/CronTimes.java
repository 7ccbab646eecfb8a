package dev.fuse.tool.kubernetes.diagnose.seen;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The minutes at which a schedule of five fields comes due, in UTC.
 *
 * @param fields minute, hour, day of month, month, day of week
 * @param free whether day of month and day of week are both given, so that one of them is enough
 */
public record CronTimes(List<BitSet> fields, boolean free) {

  private static final Map<String, String> SHORT =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *");
  private static final int[] LEAST = {0, 0, 1, 1, 0};
  private static final int[] MOST = {59, 23, 31, 12, 7};
  private static final String NAMES = "sun mon tue wed thu fri sat";
  private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";

  /** Empty where the schedule cannot be read. */
  public static Optional<CronTimes> of(String schedule) {
    var parts = SHORT.getOrDefault(schedule.strip(), schedule).strip().split("\\s+", -1);
    if (parts.length != 5) {
      return Optional.empty();
    }
    try {
      var fields = new java.util.ArrayList<BitSet>();
      for (int i = 0; i < 5; i++) {
        fields.add(field(parts[i].toLowerCase(java.util.Locale.ROOT), i));
      }
      return Optional.of(
          new CronTimes(
              List.copyOf(fields), !parts[2].startsWith("*") && !parts[4].startsWith("*")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static BitSet field(String text, int at) {
    var bits = new BitSet();
    for (var part : text.split(",", -1)) {
      var step = part.split("/", -1);
      var range = step[0].split("-", -1);
      boolean all = step[0].equals("*") || step[0].equals("?");
      int from = all ? LEAST[at] : number(range[0], at);
      int to =
          all || (range.length == 1 && step.length > 1)
              ? MOST[at]
              : number(range[range.length - 1], at);
      int by = step.length > 1 ? Math.max(1, Integer.parseInt(step[1])) : 1;
      for (int value = from; value <= to; value += by) {
        bits.set(at == 4 ? value % 7 : value);
      }
    }
    return bits;
  }

  private static int number(String text, int at) {
    var names = at == 4 ? NAMES : at == 3 ? MONTHS : "";
    int index = text.length() == 3 ? names.indexOf(text) : -1;
    return index < 0 ? Integer.parseInt(text) : index / 4 + (at == 3 ? 1 : 0);
  }

  /** The first due minute after that time, within a year. */
  public Optional<Instant> after(Instant time) {
    var at = time.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    var end = at.plusYears(1);
    while (at.isBefore(end)) {
      if (!day(at)) {
        at = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
      } else if (!fields.get(1).get(at.getHour())) {
        at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!fields.get(0).get(at.getMinute())) {
        at = at.plusMinutes(1);
      } else {
        return Optional.of(at.toInstant());
      }
    }
    return Optional.empty();
  }

  private boolean day(ZonedDateTime at) {
    boolean date = fields.get(2).get(at.getDayOfMonth());
    boolean weekday = fields.get(4).get(at.getDayOfWeek().getValue() % 7);
    return fields.get(3).get(at.getMonthValue()) && (free ? date || weekday : date && weekday);
  }
}
