package dev.fuse.cli.command;

import dev.fuse.cli.command.Workbench.Person;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.scenario.Library.Entry;
import dev.fuse.scenario.Library.State;
import dev.fuse.scenario.Scenario;
import java.util.List;
import java.util.Locale;

/** Looks through the scenarios with a person, a line at a time. */
final class ScenarioBrowser {

  private static final String KEYS =
      "[N] show  [/text] filter  [e N] edit  [x N] on or off  [d N] delete  [n NAME] new"
          + "  [a FILE|URL] add  [q] quit";

  private final Workbench bench;
  private final Person person;
  private String filter = "";

  ScenarioBrowser(Workbench bench, Person person) {
    this.bench = bench;
    this.person = person;
  }

  ExitCode run() {
    list();
    while (true) {
      var line = person.ask("scenarios> ").map(String::strip);
      if (line.isEmpty() || line.get().matches("q|quit|exit")) {
        return ExitCode.DONE;
      }
      try {
        obey(line.get());
      } catch (FuseException e) {
        person.tell(e.problem());
        if (!e.hint().isEmpty()) {
          person.tell("  " + e.hint());
        }
      }
    }
  }

  private void obey(String line) {
    if (line.isEmpty() || line.startsWith("/")) {
      filter = line.isEmpty() ? "" : line.substring(1).strip().toLowerCase(Locale.ROOT);
      list();
      return;
    }
    if (line.matches("\\d+")) {
      ScenarioCommands.lines(chosen(line), bench).forEach(person::tell);
      return;
    }
    var words = line.split("\\s+", 2);
    var rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "e" -> ScenarioFiles.edit(chosen(rest).file().name(), person, bench);
      case "x" -> {
        var entry = chosen(rest);
        boolean on = entry.state() == State.DISABLED;
        ScenarioCommands.toggle(entry.file().name(), !on, bench);
      }
      case "d" -> delete(chosen(rest).file().name());
      case "n" -> ScenarioFiles.create(rest, "", bench);
      case "a" -> ScenarioFiles.add(rest, false, bench);
      default -> {
        person.tell(KEYS);
        return;
      }
    }
    list();
  }

  private void delete(String name) {
    if (person.agrees("Delete '" + name + "'?")) {
      ScenarioFiles.delete(name, bench);
    }
  }

  private void list() {
    var entries = filtered();
    for (int i = 0; i < entries.size(); i++) {
      var entry = entries.get(i);
      var title = entry.file().scenario().map(Scenario::title).orElse("");
      var state = ScenarioCommands.state(entry);
      person.tell("%3d  %-28s %-9s %s".formatted(i + 1, entry.file().name(), state, title));
    }
    if (entries.isEmpty()) {
      person.tell("no scenario has '" + filter + "' in it; / alone shows all");
    }
    person.tell(KEYS);
  }

  private List<Entry> filtered() {
    return bench.scenarios().entries().stream().filter(this::fits).toList();
  }

  private boolean fits(Entry entry) {
    var text =
        entry.file().name()
            + " "
            + entry.file().scenario().map(it -> it.title() + " " + it.description()).orElse("")
            + " "
            + entry.file().origin();
    return text.toLowerCase(Locale.ROOT).contains(filter);
  }

  private Entry chosen(String number) {
    var entries = filtered();
    if (number.matches("\\d{1,4}")) {
      int index = Integer.parseInt(number) - 1;
      if (index >= 0 && index < entries.size()) {
        return entries.get(index);
      }
    }
    return ScenarioCommands.entry(number, bench);
  }
}
