package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.json.CallData;
import dev.fuse.cli.json.Json;
import dev.fuse.cli.session.UndoEntry;
import dev.fuse.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code fuse undo}: takes back what can be taken back, through the gate. */
final class UndoCommand {

  private static final List<String> HEADER =
      List.of("ID", "WHEN", "CONVERSATION", "TOOL", "CHANGE");

  private UndoCommand() {}

  static Command command() {
    return Command.leaf("undo", "Undo what Fuse changed", "[ID...]", UndoCommand::run)
        .calls("", Flag.LAST, Flag.LIST, Flag.ALL)
        .examples("", "fuse undo", "fuse undo --last");
  }

  private static ExitCode run(Given given, Workbench bench) {
    boolean all = given.is(Flag.ALL);
    var choice = new UndoChoice(bench.conversations().undoLog());
    boolean list = given.is(Flag.LIST) || given.words().equals(List.of("list"));
    if (given.is(Flag.LAST)) {
      return takeBack(List.of(choice.latest()), given, bench);
    }
    if (!list && !given.words().isEmpty()) {
      return takeBack(choice.named(given.words()), given, bench);
    }
    var entries = choice.entries(all);
    if (given.json()) {
      bench.data(Json.writeIndented(entries.stream().map(UndoCommand::data).toList()));
      return ExitCode.DONE;
    }
    if (entries.isEmpty()) {
      bench.note("nothing can be taken back; what Fuse changes is kept here for seven days");
      return ExitCode.DONE;
    }
    if (list || all) {
      bench.data(
          Columns.of(HEADER, entries.stream().map(UndoCommand::row).toList(), bench.width()));
      return ExitCode.DONE;
    }
    return choose(entries, choice, given, bench);
  }

  private static ExitCode choose(
      List<UndoEntry> entries, UndoChoice choice, Given given, Workbench bench) {
    var rows = new ArrayList<List<String>>();
    for (var entry : entries) {
      var row = new ArrayList<>(row(entry));
      row.addFirst(String.valueOf(rows.size() + 1));
      rows.add(row);
    }
    var header = new ArrayList<>(HEADER);
    header.addFirst("");
    bench.note(Columns.of(header, rows));
    var answer =
        bench
            .person()
            .orElseThrow(UndoCommand::nobody)
            .ask("Which one? A number or several, Enter for none: ")
            .orElse("");
    if (answer.isBlank()) {
      bench.note("nothing was taken back");
      return ExitCode.DONE;
    }
    return takeBack(choice.numbered(answer, entries), given, bench);
  }

  private static FuseException nobody() {
    return new FuseException(
        Kind.USAGE,
        "there is no terminal to choose on",
        "name what to take back: fuse undo ID, or fuse undo --last");
  }

  /** One after the other; what comes after a failure may stand on it and is left alone. */
  private static ExitCode takeBack(List<UndoEntry> entries, Given given, Workbench bench) {
    var done = new ArrayList<Map<String, Object>>();
    var code = ExitCode.DONE;
    for (var entry : entries) {
      var call = bench.undo(entry);
      var data = data(entry);
      data.put("call", CallData.of(call));
      done.add(data);
      code = CallOutcome.tell(call, bench);
      if (code != ExitCode.DONE) {
        tellRest(entries.subList(done.size(), entries.size()), bench);
        break;
      }
      tellDone(entry, bench);
    }
    if (given.json()) {
      var document = new LinkedHashMap<String, Object>();
      document.put("exitCode", code.code());
      document.put("undone", done);
      bench.data(Json.writeIndented(document));
    }
    return code;
  }

  private static void tellDone(UndoEntry entry, Workbench bench) {
    var again =
        bench.conversations().undoLog().entries().stream()
            .filter(other -> other.undoes().isPresent() && other.undoes().get().equals(entry.id()))
            .findFirst()
            .map(other -> "; fuse undo " + other.shortId() + " makes the change again")
            .orElse("");
    bench.note("taken back: " + Printable.line(entry.summary()) + again);
  }

  private static void tellRest(List<UndoEntry> rest, Workbench bench) {
    if (!rest.isEmpty()) {
      var names = rest.stream().map(UndoEntry::shortId).toList();
      bench.note("  left alone: " + String.join(", ", names));
    }
  }

  private static List<String> row(UndoEntry entry) {
    return List.of(
        entry.shortId(),
        Time.of(entry.time()),
        entry.conversation(),
        entry.tool(),
        Printable.line((entry.undoes().isPresent() ? "(took back) " : "") + entry.summary()));
  }

  private static Map<String, Object> data(UndoEntry entry) {
    var data = new LinkedHashMap<String, Object>();
    data.put("id", entry.shortId());
    data.put("time", entry.time().toString());
    data.put("conversation", entry.conversation());
    data.put("tool", entry.tool());
    data.put("change", entry.summary());
    data.put("undo", entry.undo().summary());
    data.put("tookBack", entry.undoes());
    return data;
  }
}
