package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.command.Workbench.Check;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code fuse doctor}: what works here and what does not, each with its remedy. */
final class DoctorCommand {

  private DoctorCommand() {}

  static Command command() {
    return Command.leaf("doctor", "What works here and what does not", "", DoctorCommand::run);
  }

  private static ExitCode run(Given given, Workbench bench) {
    var checks = bench.checks();
    if (given.json()) {
      bench.data(Json.writeIndented(checks.stream().map(DoctorCommand::data).toList()));
    } else {
      var rows = checks.stream().map(DoctorCommand::row).toList();
      bench.data(Columns.of(List.of("", "WHAT", "SEEN", "REMEDY"), rows));
    }
    boolean broken = checks.stream().anyMatch(check -> check.state() == Check.State.BROKEN);
    return broken ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static List<String> row(Check check) {
    var mark =
        switch (check.state()) {
          case OK -> "✓";
          case MISSING -> "–";
          case BROKEN -> "✗";
        };
    return List.of(mark, check.subject(), check.seen(), check.remedy());
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
