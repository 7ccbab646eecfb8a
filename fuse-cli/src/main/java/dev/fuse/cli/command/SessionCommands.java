package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.json.Json;
import dev.fuse.cli.session.Saved;
import dev.fuse.cli.session.SessionExport;
import dev.fuse.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code fuse sessions}: the saved conversations. */
final class SessionCommands {

  private static final int LISTED = 50;
  private static final int SEARCHED = 1_000;
  private static final int AROUND = 40;

  private SessionCommands() {}

  static Command command() {
    return Command.group("sessions", "List, read, search, export and delete conversations")
        .with("list", "List this project's conversations, newest first", "", SessionCommands::list)
        .with("show", "Show a conversation", "ID", SessionCommands::show)
        .with(
            "search", "Find conversations that mention a text", "TEXT...", SessionCommands::search)
        .with("export", "Print a conversation as md, json or html", "ID", SessionCommands::export)
        .with("delete", "Delete a conversation and its outputs", "ID", SessionCommands::delete)
        .uses("list", Flag.LIMIT)
        .uses("export", Flag.FORMAT)
        .uses("delete", Flag.YES)
        .examples("export", "fuse sessions export ID --format html > conversation.html")
        .examples("list", "fuse sessions list", "fuse sessions list -o json --limit 5");
  }

  private static ExitCode list(Given given, Workbench bench) {
    var saved = bench.conversations().list(given.count(Flag.LIMIT, LISTED));
    if (given.json()) {
      bench.data(Json.writeIndented(saved.stream().map(SessionCommands::data).toList()));
      return ExitCode.DONE;
    }
    if (saved.isEmpty()) {
      bench.note("no conversations saved for this project yet");
      return ExitCode.DONE;
    }
    var rows = saved.stream().map(SessionCommands::row).toList();
    bench.data(Columns.of(List.of("ID", "LAST", "TITLE"), rows, bench.width()));
    return ExitCode.DONE;
  }

  private static ExitCode show(Given given, Workbench bench) {
    var saved = bench.conversations().saved(given.word(0));
    if (given.json()) {
      bench.data(SessionExport.json(saved, bench.conversations()));
    } else {
      bench.page(SessionExport.markdown(saved, bench.conversations()));
    }
    return ExitCode.DONE;
  }

  private static ExitCode search(Given given, Workbench bench) {
    var wanted = String.join(" ", given.words()).toLowerCase(Locale.ROOT);
    var found = new LinkedHashMap<Saved, String>();
    for (var saved : bench.conversations().list(SEARCHED)) {
      var text = SessionExport.markdown(saved, bench.conversations());
      int at = text.toLowerCase(Locale.ROOT).indexOf(wanted);
      if (at >= 0) {
        found.put(saved, excerpt(text, at, wanted.length()));
      }
    }
    if (given.json()) {
      bench.data(Json.writeIndented(found.entrySet().stream().map(SessionCommands::hit).toList()));
      return ExitCode.DONE;
    }
    if (found.isEmpty()) {
      bench.note("no conversation mentions '" + wanted + "'");
      return ExitCode.FAILED;
    }
    var rows =
        found.entrySet().stream()
            .map(it -> List.of(it.getKey().id(), it.getKey().heading().title(), it.getValue()))
            .toList();
    bench.data(Columns.of(List.of("ID", "TITLE", "FOUND"), rows, bench.width()));
    return ExitCode.DONE;
  }

  private static Map<String, Object> hit(Map.Entry<Saved, String> found) {
    var data = data(found.getKey());
    data.put("found", found.getValue());
    return data;
  }

  private static String excerpt(String text, int at, int length) {
    int from = Math.max(0, at - AROUND);
    int to = Math.min(text.length(), at + length + AROUND);
    return Printable.line(text.substring(from, to)).strip();
  }

  private static ExitCode export(Given given, Workbench bench) {
    var saved = bench.conversations().saved(given.word(0));
    var format = given.text(Flag.FORMAT).orElse(given.json() ? "json" : "md");
    bench.data(
        switch (format) {
          case "md" -> SessionExport.markdown(saved, bench.conversations()).stripTrailing();
          case "json" -> SessionExport.json(saved, bench.conversations());
          case "html" -> SessionExport.html(saved, bench.conversations());
          default ->
              throw new FuseException(
                  Kind.USAGE, "--format is '" + format + "'; it takes md, json or html", "");
        });
    return ExitCode.DONE;
  }

  private static ExitCode delete(Given given, Workbench bench) {
    var saved = bench.conversations().saved(given.word(0));
    var what = "'" + saved.heading().title() + "' (" + saved.id() + ")";
    if (!Agreement.given("Delete " + what + "?", "delete " + saved.id(), given, bench)) {
      bench.note("nothing deleted");
      return ExitCode.DENIED;
    }
    bench.conversations().delete(saved);
    if (given.json()) {
      bench.data(Json.writeIndented(Map.of("deleted", saved.id())));
    }
    bench.note("deleted " + saved.id());
    return ExitCode.DONE;
  }

  private static List<String> row(Saved saved) {
    return List.of(saved.id(), Time.of(saved.modified()), saved.heading().title());
  }

  private static Map<String, Object> data(Saved saved) {
    var data = new LinkedHashMap<String, Object>();
    data.put("id", saved.id());
    data.put("project", saved.project());
    data.put("modified", saved.modified().toString());
    data.put("title", saved.heading().title());
    return data;
  }

  /** The choices of a picker, one line for each conversation. */
  static List<String> choices(List<Saved> saved) {
    return saved.stream()
        .map(it -> Time.of(it.modified()) + "  " + it.heading().title())
        .collect(Collectors.toList());
  }
}
