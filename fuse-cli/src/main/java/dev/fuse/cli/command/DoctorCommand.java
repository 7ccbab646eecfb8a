package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.command.Workbench.Check;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code fuse doctor}: what works here and what does not, each with its remedy. */
final class DoctorCommand {

  private static final int SUBJECT = 22;

  private DoctorCommand() {}

  static Command command() {
    return Command.leaf(
            "doctor", "Check what works here and how to fix the rest", "", DoctorCommand::run)
        .uses("", Flag.FIX, Flag.CONTEXT, Flag.NAMESPACE, Flag.PROJECT);
  }

  private static ExitCode run(Given given, Workbench bench) {
    var checks = bench.checks(given.is(Flag.FIX));
    if (given.json()) {
      bench.data(Json.writeIndented(checks.stream().map(DoctorCommand::data).toList()));
    } else {
      checks.forEach(check -> bench.data(String.join("\n", lines(check, bench.width()))));
    }
    boolean broken = checks.stream().anyMatch(check -> check.state() == Check.State.BROKEN);
    return broken ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static List<String> lines(Check check, int width) {
    var mark =
        switch (check.state()) {
          case OK -> "✓ ";
          case MISSING -> "– ";
          case BROKEN -> "✗ ";
        };
    var start =
        mark + check.subject() + " ".repeat(Math.max(1, SUBJECT - check.subject().length()));
    var lines = new ArrayList<String>();
    for (var part : Columns.wrapped(check.seen(), width - start.length())) {
      lines.add((lines.isEmpty() ? start : " ".repeat(start.length())) + part);
    }
    if (!check.remedy().isEmpty()) {
      Columns.wrapped("→ " + check.remedy(), width - start.length())
          .forEach(part -> lines.add(" ".repeat(start.length()) + part));
    }
    return lines;
  }

  private static Map<String, Object> data(Check check) {
    var data = new LinkedHashMap<String, Object>();
    data.put("subject", check.subject());
    data.put("state", check.state().name().toLowerCase(Locale.ROOT));
    data.put("seen", check.seen());
    data.put("remedy", check.remedy());
    return data;
  }
}
