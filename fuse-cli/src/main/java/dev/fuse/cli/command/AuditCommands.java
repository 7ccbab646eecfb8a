package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.json.Json;
import dev.fuse.cli.session.AuditLine;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code fuse audit}: what Fuse did and who allowed it. */
final class AuditCommands {

  private static final int SHOWN = 50;

  private AuditCommands() {}

  static Command command() {
    return Command.group("audit", "Show what Fuse did and who allowed it")
        .with(
            "show",
            "Show the last calls, of all conversations or of one",
            "[ID]",
            AuditCommands::show)
        .uses("show", Flag.CHANGES_ONLY, Flag.LIMIT)
        .examples("show", "fuse audit show --changes", "fuse audit show -o json --limit 200")
        .with("verify", "Check that no line was altered", "", AuditCommands::verify);
  }

  private static ExitCode show(Given given, Workbench bench) {
    var id = given.words().isEmpty() ? "" : given.word(0);
    int limit = given.count(Flag.LIMIT, SHOWN);
    boolean changes = given.is(Flag.CHANGES_ONLY);
    var lines =
        withoutBegun(bench.conversations().audit().lines()).stream()
            .filter(line -> line.text("conversation").startsWith(id))
            .filter(line -> !changes || line.changes())
            .toList();
    var last = lines.subList(Math.max(0, lines.size() - limit), lines.size());
    if (given.json()) {
      bench.data(json(last));
      return ExitCode.DONE;
    }
    if (last.isEmpty()) {
      bench.note(id.isEmpty() ? "no calls recorded yet" : "no calls of conversation '" + id + "'");
      return id.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
    var header = List.of("TIME", "CONVERSATION", "OUTCOME", "DECISION", "TOOL", "WHAT");
    bench.data(Columns.of(header, last.stream().map(AuditCommands::row).toList(), bench.width()));
    return ExitCode.DONE;
  }

  private static ExitCode verify(Given given, Workbench bench) {
    var check = bench.conversations().audit().verify();
    if (given.json()) {
      bench.data(Json.writeIndented(Map.of("lines", check.lines(), "problems", check.problems())));
    } else if (check.problems().isEmpty()) {
      bench.data(
          check.lines() + (check.lines() == 1 ? " line" : " lines") + " verified, unaltered");
    } else {
      check.problems().forEach(bench::data);
    }
    return check.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** A call that has ended needs no line that says it has begun. */
  private static List<AuditLine> withoutBegun(List<AuditLine> lines) {
    var ended =
        lines.stream()
            .filter(line -> !line.begun())
            .map(AuditLine::call)
            .collect(Collectors.toSet());
    return lines.stream().filter(line -> !line.begun() || !ended.contains(line.call())).toList();
  }

  private static String json(List<AuditLine> lines) {
    var all = new ArrayList<Object>();
    lines.forEach(line -> all.add(line.fields()));
    return Json.writeIndented(all);
  }

  private static List<String> row(AuditLine line) {
    return List.of(
        time(line.text("time")),
        line.text("conversation"),
        line.begun() ? "begun, end not seen" : line.text("outcome"),
        (line.text("verdict") + ": " + line.text("rule")).replaceFirst("^: $", ""),
        line.text("tool"),
        line.what());
  }

  private static String time(String text) {
    try {
      return Time.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return text;
    }
  }
}
