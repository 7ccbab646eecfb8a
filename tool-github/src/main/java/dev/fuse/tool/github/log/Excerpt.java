package dev.fuse.tool.github.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is worth reading of a job's log.
 *
 * @param head what the runner said of itself
 * @param command the failing step's own lines: what it ran, with which inputs and environment
 * @param windows the lines around signs of trouble, in the order of the log
 * @param tail the last lines of the step, repeats folded
 * @param size what was read
 */
public record Excerpt(
    Head head, List<String> command, List<Window> windows, List<Folded> tail, Size size) {

  /** How much was read; {@code cut} if the log ended too early. */
  public record Size(long lines, long bytes, boolean cut) {}

  /** What the runner said first. */
  public record Head(String secretSource, String runner, List<String> permissions) {}

  /** Nothing. */
  public static Excerpt empty() {
    return new Excerpt(
        new Head("", "", List.of()), List.of(), List.of(), List.of(), new Size(0, 0, false));
  }

  /** The window that most likely holds the cause; of several the first. */
  public Optional<Window> best() {
    return windows.stream()
        .max(Comparator.comparingInt(Window::score).thenComparing(w -> -w.first()));
  }

  /** The names of the tests that failed. */
  public List<String> tests() {
    return windows.stream().map(Window::test).filter(it -> !it.isEmpty()).distinct().toList();
  }

  /** The best windows' lines in the order of the log, at most so many. */
  public List<String> quoted(int most) {
    var chosen =
        windows.stream()
            .sorted(Comparator.comparingInt((Window w) -> -w.score()).thenComparing(Window::first))
            .limit(4)
            .toList();
    var kept = new ArrayList<Window>();
    int room = most;
    for (var window : chosen) {
      if (kept.isEmpty() || (window.score() >= 40 && room > 1)) {
        kept.add(window);
        room -= Math.min(window.lines().size(), 8);
      }
    }
    kept.sort(Comparator.comparing(Window::first));
    int each = kept.isEmpty() ? 0 : Math.max(2, most / kept.size());
    return kept.stream()
        .flatMap(window -> lines(window, each))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Stream<String> lines(Window window, int most) {
    var lines = window.lines().stream().filter(it -> !it.isBlank()).toList();
    int from = Math.max(0, Math.min(lines.indexOf(window.line()) - 1, lines.size() - most));
    var shown = lines.subList(from, Math.min(lines.size(), from + most));
    var text = shown.stream().map(it -> it.length() > 300 ? it.substring(0, 300) + "…" : it);
    return window.times() > 1
        ? Stream.concat(text, Stream.of("(the like " + window.times() + " times)"))
        : text;
  }

  /** The last lines that tell something, folded. */
  public List<String> lastLines(int most) {
    var lines = tail.stream().filter(it -> !it.text().isBlank()).map(Folded::toString).toList();
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }
}
