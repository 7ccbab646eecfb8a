package dev.fuse.cli.command;

import dev.fuse.boundary.Printable;
import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.home.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code fuse audit}: what Fuse did and who allowed it. */
final class AuditCommands {

  private static final int SHOWN = 50;

  private AuditCommands() {}

  static Command command() {
    return Command.group("audit", "What Fuse did and who allowed it")
        .with("show", "The last calls, of all conversations or of one", "[ID]", AuditCommands::show)
        .option("show", FlagSpecs.flag("Only what changes something", "--changes"))
        .option("show", FlagSpecs.whole("N", "Show at most N calls (50)", "--limit"))
        .with("verify", "Whether every line is as it was written", "", AuditCommands::verify);
  }

  private static ExitCode show(Given given, Workbench bench) {
    var all = bench.conversations().audit().last(Integer.MAX_VALUE);
    int limit = given.parsed().matchedOptionValue("--limit", SHOWN);
    boolean changes = given.parsed().matchedOptionValue("--changes", false);
    var ended = ended(all);
    var lines =
        all.stream()
            .filter(
                line ->
                    given.words().isEmpty() || text(line, "conversation").startsWith(given.word(0)))
            .filter(line -> !text(line, "outcome").equals("begun") || !ended.contains(key(line)))
            .filter(line -> !changes || changes(line))
            .toList();
    var last = lines.subList(Math.max(0, lines.size() - limit), lines.size());
    if (given.json()) {
      bench.data(Json.writeIndented(last));
      return ExitCode.DONE;
    }
    if (last.isEmpty()) {
      bench.note("the audit holds no such call");
      return ExitCode.DONE;
    }
    var header = List.of("TIME", "CONVERSATION", "OUTCOME", "RULED", "TOOL", "WHAT");
    bench.data(Columns.of(header, last.stream().map(AuditCommands::row).toList()));
    return ExitCode.DONE;
  }

  private static ExitCode verify(Given given, Workbench bench) {
    var check = bench.conversations().audit().verify();
    if (given.json()) {
      bench.data(Json.writeIndented(Map.of("lines", check.lines(), "problems", check.problems())));
    } else if (check.problems().isEmpty()) {
      bench.data(check.lines() + " lines, each as it was written");
    } else {
      check.problems().forEach(bench::data);
    }
    return check.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** A call that has ended needs no line that says it has begun. */
  private static Set<String> ended(List<Map<String, @Nullable Object>> lines) {
    var ended = new HashSet<String>();
    for (var line : lines) {
      if (!text(line, "outcome").equals("begun")) {
        ended.add(key(line));
      }
    }
    return ended;
  }

  private static boolean changes(Map<String, @Nullable Object> line) {
    return !(line.get("effects") instanceof List<?> effects)
        || effects.stream()
            .anyMatch(
                effect ->
                    effect instanceof Map<?, ?> map
                        && !String.valueOf(map.get("verb")).startsWith("read"));
  }

  private static List<String> row(Map<String, @Nullable Object> line) {
    var outcome = text(line, "outcome");
    return List.of(
        time(text(line, "time")),
        text(line, "conversation"),
        outcome.equals("begun") ? "begun, end not seen" : outcome,
        (text(line, "verdict") + ": " + text(line, "rule")).replaceFirst("^: $", ""),
        text(line, "tool"),
        Printable.line(what(line)));
  }

  private static String what(Map<String, @Nullable Object> line) {
    if (line.get("undid") instanceof Map<?, ?> undid) {
      return "took back " + undid.get("tool") + " " + undid.get("summary");
    }
    if (line.get("effects") instanceof List<?> effects && !effects.isEmpty()) {
      var more = effects.size() > 1 ? " and " + (effects.size() - 1) + " more" : "";
      return effect(effects.getFirst()) + more;
    }
    return String.valueOf(line.get("arguments"));
  }

  private static String effect(@Nullable Object effect) {
    if (!(effect instanceof Map<?, ?> map) || !(map.get("target") instanceof Map<?, ?> target)) {
      return "";
    }
    var coordinates =
        target.entrySet().stream()
            .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());
    return map.get("verb") + " " + map.get("system") + coordinates;
  }

  private static String key(Map<String, @Nullable Object> line) {
    return text(line, "conversation") + " " + text(line, "call");
  }

  private static String text(Map<String, @Nullable Object> line, String name) {
    return line.get(name) instanceof String text ? Printable.line(text) : "";
  }

  private static String time(String text) {
    try {
      return Time.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return text;
    }
  }
}
