package dev.fuse.tool.github.diagnose;

import dev.fuse.tool.github.look.Run;
import dev.fuse.tool.github.look.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The numbers of a window of runs, the oldest first.
 *
 * @param runs those that are done
 */
record Figures(List<Run> runs) {

  private static final int WEEK = 7;

  static Figures of(List<Run> runs) {
    return new Figures(runs.stream().filter(Run::done).toList());
  }

  long green() {
    return runs.stream().filter(Run::succeeded).count();
  }

  long red() {
    return runs.stream().filter(Run::failed).count();
  }

  long cancelled() {
    return runs.stream().filter(Run::cancelled).count();
  }

  long flaky() {
    return runs.stream().filter(it -> it.succeeded() && it.attempt() > 1).count();
  }

  String rate() {
    return percent(green(), runs.size());
  }

  private static String percent(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  private String duration(double quantile) {
    var times =
        runs.stream()
            .filter(Run::succeeded)
            .filter(it -> it.attempt() == 1)
            .map(Run::took)
            .sorted()
            .toList();
    return times.isEmpty()
        ? "-"
        : Times.words(
            times.get(
                (int) Math.min(times.size() - 1L, Math.round(quantile * (times.size() - 1)))));
  }

  private long minutes() {
    return runs.stream()
        .map(Run::took)
        .filter(it -> it.compareTo(Duration.ofDays(3)) < 0)
        .mapToLong(Duration::toMinutes)
        .sum();
  }

  /** In a sentence. */
  String words() {
    return "%d runs: %d succeeded (success rate %s), %d failed, %d cancelled, %d passed only on a later attempt; p50 %s, p95 %s, about %d minutes of run time"
        .formatted(
            runs.size(),
            green(),
            rate(),
            red(),
            cancelled(),
            flaky(),
            duration(0.5),
            duration(0.95),
            minutes());
  }

  /** A line a week where there are few, else a line for each four weeks. */
  String table() {
    var first = runs.getFirst().created();
    long days = Duration.between(first, runs.getLast().created()).toDays() + 1;
    int step = days > 8 * WEEK ? 4 * WEEK : WEEK;
    var parts = new TreeMap<Long, List<Run>>();
    for (var run : runs) {
      long part = Duration.between(first, run.created()).toDays() / step;
      parts.computeIfAbsent(part, _ -> new ArrayList<>()).add(run);
    }
    var text = new StringBuilder("from | runs | green | failed | cancelled | flaky | p50 | p95\n");
    for (var part : parts.values()) {
      text.append(new Figures(part).row(Times.day(part.getFirst().created())));
    }
    text.append(row("all"));
    return text.toString();
  }

  private String row(String label) {
    return "%s | %d | %s | %d | %d | %d | %s | %s\n"
        .formatted(
            label, runs.size(), rate(), red(), cancelled(), flaky(), duration(0.5), duration(0.95));
  }
}
