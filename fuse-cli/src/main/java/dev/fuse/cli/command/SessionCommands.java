package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.json.Json;
import dev.fuse.cli.session.Saved;
import java.util.List;
import java.util.Map;

/** {@code fuse sessions}: the saved conversations. */
final class SessionCommands {

  private static final int LISTED = 50;

  private SessionCommands() {}

  static Command command() {
    return Command.group("sessions", "Saved conversations")
        .with("list", "Those of this project, the latest first", "", SessionCommands::list)
        .with("show", "What was said and done in one", "ID", SessionCommands::show)
        .with("delete", "Delete one and its outputs", "ID", SessionCommands::delete);
  }

  private static ExitCode list(Given given, Workbench bench) {
    var saved = bench.conversations().list(LISTED);
    if (given.json()) {
      bench.data(Json.writeIndented(saved.stream().map(SessionCommands::data).toList()));
      return ExitCode.DONE;
    }
    var rows = saved.stream().map(SessionCommands::row).toList();
    bench.data(Columns.of(List.of("ID", "LAST", "BEGAN WITH"), rows));
    return ExitCode.DONE;
  }

  private static ExitCode show(Given given, Workbench bench) {
    var saved = bench.conversations().saved(given.word(0));
    for (var event : bench.conversations().events(saved)) {
      bench.data(Json.write(event));
    }
    return ExitCode.DONE;
  }

  private static ExitCode delete(Given given, Workbench bench) {
    var saved = bench.conversations().saved(given.word(0));
    bench.conversations().delete(saved);
    bench.note("deleted " + saved.id());
    return ExitCode.DONE;
  }

  private static List<String> row(Saved saved) {
    return List.of(saved.id(), Time.of(saved.modified()), saved.heading().title());
  }

  private static Map<String, Object> data(Saved saved) {
    return Map.of(
        "id", saved.id(),
        "project", saved.project(),
        "modified", saved.modified().toString(),
        "title", saved.heading().title());
  }
}
