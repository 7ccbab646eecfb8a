package dev.fuse.tool.kubernetes.look;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The lines of a log made fit for reading: control characters gone, alike lines told once with a
 * count, lines that speak of trouble kept.
 */
public record LogText(List<String> lines) {

  private static final Pattern CONTROL =
      Pattern.compile(
          "\\x1b\\[[0-9;?]*[ -/]*[@-~]|\\x1b][^\\x07\\x1b]{0,4096}(?:\\x07|\\x1b\\\\)?"
              + "|[\\p{Cntrl}&&[^\\t]]");
  private static final Pattern STAMP =
      Pattern.compile(
          "^\\[?\\d{4}-\\d\\d-\\d\\d[T"
              + " ]\\d\\d:\\d\\d:\\d\\d[.,\\d]*(Z|[+-]\\d\\d:?\\d\\d)?\\]?\\s*");
  private static final Pattern VARYING =
      Pattern.compile(
          "0x[0-9a-f]+|[0-9a-f]{8}-[0-9a-f-]{27}|\\d+(\\.\\d+)*", Pattern.CASE_INSENSITIVE);
  private static final Pattern TROUBLE =
      Pattern.compile(
          "\\b(error|fatal|panic|exception|fail(ed|ure)?|denied|forbidden|refused|timed? ?out"
              + "|cannot|can't|unable|no such|not found|unauthorized|killed|missing|invalid"
              + "|undefined|unknown host|critical|traceback|abort(ed)?)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final int LONGEST = 400;

  public LogText {
    lines = List.copyOf(lines);
  }

  public static LogText of(String raw) {
    return new LogText(
        raw.lines()
            .map(line -> CONTROL.matcher(line).replaceAll(""))
            .filter(line -> !line.isBlank())
            .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line)
            .toList());
  }

  LogText matching(Pattern pattern) {
    return new LogText(lines.stream().filter(line -> pattern.matcher(line).find()).toList());
  }

  /** Alike lines once, at their last place, with how often they came. */
  public LogText folded() {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (var line : lines) {
      var key = VARYING.matcher(STAMP.matcher(line).replaceFirst("")).replaceAll("#");
      var known = alike.remove(key);
      var group = known == null ? new ArrayList<String>() : known;
      group.add(line);
      alike.put(key, group);
    }
    return new LogText(
        alike.values().stream()
            .map(group -> group.getLast() + (group.size() > 1 ? " (×" + group.size() + ")" : ""))
            .toList());
  }

  /** At most that many lines: those of trouble first, then the last ones. */
  public LogText capped(int most) {
    if (lines.size() <= most) {
      return this;
    }
    var troubled =
        lines.stream().filter(LogText::troubled).collect(Collectors.toCollection(ArrayList::new));
    var first = troubled.subList(Math.max(0, troubled.size() - most / 2), troubled.size());
    var kept = new java.util.LinkedHashSet<>(first);
    for (int i = lines.size() - 1; i >= 0 && kept.size() < most; i--) {
      kept.add(lines.get(i));
    }
    return new LogText(lines.stream().filter(kept::contains).limit(most).toList());
  }

  /** Lines that speak of trouble, without their time stamps. */
  public List<String> trouble() {
    return lines.stream()
        .filter(LogText::troubled)
        .map(line -> STAMP.matcher(line).replaceFirst(""))
        .toList();
  }

  List<String> last(int count) {
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  public static boolean troubled(String line) {
    return TROUBLE.matcher(line).find();
  }

  String text() {
    return String.join("\n", lines);
  }
}
