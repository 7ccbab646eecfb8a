package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.DisabledScenarios;
import dev.fuse.cli.json.Json;
import dev.fuse.rule.Rule;
import dev.fuse.scenario.Library.Entry;
import dev.fuse.scenario.Library.Layer;
import dev.fuse.scenario.Library.State;
import dev.fuse.scenario.Problem;
import dev.fuse.scenario.Scenario;
import dev.fuse.text.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code fuse scenarios}: the guidance that Fuse knows. */
final class ScenarioCommands {

  private ScenarioCommands() {}

  static Command command() {
    return Command.group("scenarios", "List, write and check the guidance that Fuse knows")
        .with("list", "List every scenario with its source and state", "", ScenarioCommands::list)
        .with("show", "Show a scenario in full", "NAME", ScenarioCommands::show)
        .with(
            "explain",
            "Show which scenario a question gets, and why",
            "[QUESTION...]",
            ScenarioChecks::explain)
        .with(
            "new",
            "Write a template into your own folder",
            "NAME [DESCRIPTION...]",
            ScenarioFiles::create)
        .with(
            "add",
            "Add a scenario from a file or URL (a URL is shown first)",
            "FILE|URL",
            ScenarioFiles::add)
        .with(
            "edit", "Edit a scenario (a built-in one is copied first)", "NAME", ScenarioFiles::edit)
        .with("browse", "Browse, edit, add and delete scenarios", "", ScenarioCommands::browse)
        .with("validate", "Check files, or every scenario", "[FILE...]", ScenarioChecks::validate)
        .with("test", "Run the scenarios' own tests", "", ScenarioChecks::test)
        .with("enable", "Enable a scenario", "NAME", ScenarioCommands::enable)
        .with("disable", "Disable a scenario", "NAME", ScenarioCommands::disable)
        .with("delete", "Delete a scenario of your own", "NAME", ScenarioFiles::delete)
        .uses("explain", Flag.BATCH, Flag.CONTEXT, Flag.NAMESPACE, Flag.PROJECT)
        .uses("validate", Flag.STRICT)
        .uses("add", Flag.YES)
        .uses("delete", Flag.YES)
        .examples(
            "explain",
            "fuse scenarios explain 'why is checkout crashing?'",
            "fuse scenarios explain --batch < questions.txt");
  }

  private static ExitCode list(Given given, Workbench bench) {
    var entries = bench.scenarios().entries();
    if (given.json()) {
      bench.data(Json.writeIndented(entries.stream().map(ScenarioCommands::data).toList()));
      return ExitCode.DONE;
    }
    bench.data(table(entries, bench.width()));
    return ExitCode.DONE;
  }

  private static ExitCode browse(Given given, Workbench bench) {
    var person =
        bench
            .person()
            .orElseThrow(
                () ->
                    new FuseException(
                        Kind.USAGE,
                        "'fuse scenarios browse' needs a terminal",
                        "fuse scenarios list, show, edit, add, delete do the same one by one"));
    return new ScenarioBrowser(bench, person).run();
  }

  private static ExitCode enable(Given given, Workbench bench) {
    return toggle(given.word(0), false, bench);
  }

  private static ExitCode disable(Given given, Workbench bench) {
    return toggle(given.word(0), true, bench);
  }

  static ExitCode toggle(String name, boolean disabled, Workbench bench) {
    var switches = new DisabledScenarios(bench.home());
    // One that was disabled and is gone can still be enabled.
    if (disabled || !switches.names().contains(name)) {
      entry(name, bench);
    }
    boolean changed = switches.set(name, disabled);
    bench.note(name + (changed ? " is " : " already is ") + (disabled ? "disabled" : "enabled"));
    return ExitCode.DONE;
  }

  private static ExitCode show(Given given, Workbench bench) {
    var entry = entry(given.word(0), bench);
    if (given.json()) {
      bench.data(Json.writeIndented(data(entry)));
      return entry.state() == State.BROKEN ? ExitCode.INVALID : ExitCode.DONE;
    }
    entry.file().problems().forEach(problem -> bench.note(problem.toString()));
    lines(entry, bench).forEach(bench::data);
    return entry.state() == State.BROKEN ? ExitCode.INVALID : ExitCode.DONE;
  }

  /** A scenario whole, in lines. */
  static List<String> lines(Entry entry, Workbench bench) {
    var lines = new ArrayList<String>();
    var scenario = entry.file().scenario();
    lines.add(entry.file().name() + ": " + scenario.map(Scenario::title).orElse("has mistakes"));
    scenario.ifPresent(it -> lines.add(it.description()));
    lines.add("from      " + layer(entry) + ", " + entry.file().origin());
    lines.add("state     " + state(entry));
    shadowed(entry, bench).forEach(it -> lines.add("instead   of " + it));
    scenario.ifPresent(it -> lines.addAll(lines(it)));
    return lines;
  }

  private static List<String> lines(Scenario scenario) {
    var lines = new ArrayList<String>();
    var match = scenario.match();
    lines.add("mode      " + scenario.mode().name().toLowerCase(Locale.ROOT));
    lines.add("keywords  " + String.join(", ", match.keywords()));
    match.context().forEach((fact, globs) -> lines.add("where     " + fact + " " + globs));
    section("for", match.examples(), lines);
    section("not for", match.negatives(), lines);
    section(
        "evidence",
        scenario.evidence().stream().map(step -> step.tool() + " " + step.with()).toList(),
        lines);
    section("tools", scenario.tools(), lines);
    section("denied", scenario.deny().stream().map(Rule::text).toList(), lines);
    section("asked about", scenario.ask().stream().map(Rule::text).toList(), lines);
    lines.add("");
    lines.addAll(scenario.instructions().stripTrailing().lines().toList());
    return lines;
  }

  private static void section(String title, List<String> items, List<String> lines) {
    if (!items.isEmpty()) {
      lines.add("");
      lines.add(title);
      items.forEach(item -> lines.add("  " + item));
    }
  }

  /** The one of a name that counts, or else what is of that name. */
  static Entry entry(String name, Workbench bench) {
    var entries = bench.scenarios().entries();
    return entries.stream()
        .filter(entry -> entry.file().name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              var names = entries.stream().map(entry -> entry.file().name()).toList();
              return new FuseException(
                  Kind.USAGE,
                  "there is no scenario '" + name + "'" + Spelling.didYouMean(name, names),
                  "fuse scenarios list");
            });
  }

  /** Where those of the same name are that do not count because of this one. */
  static List<String> shadowed(Entry entry, Workbench bench) {
    return bench.scenarios().entries().stream()
        .filter(other -> other.state() == State.SHADOWED)
        .filter(other -> other.file().name().equals(entry.file().name()))
        .filter(other -> other.by().filter(entry.file().origin()::equals).isPresent())
        .map(other -> "the one " + layer(other) + ", " + other.file().origin())
        .toList();
  }

  static String table(List<Entry> entries, int width) {
    var rows = entries.stream().map(ScenarioCommands::row).toList();
    return Columns.of(List.of("NAME", "FROM", "STATE", "DESCRIPTION"), rows, width);
  }

  private static List<String> row(Entry entry) {
    var said =
        entry.state() == State.BROKEN
            ? entry.file().problems().stream()
                .filter(problem -> !problem.warning())
                .map(Problem::toString)
                .findFirst()
                .orElse("")
            : entry.file().scenario().map(Scenario::description).orElse("");
    return List.of(entry.file().name(), layer(entry), state(entry), said);
  }

  static String state(Entry entry) {
    var state = entry.state().name().toLowerCase(Locale.ROOT);
    return entry.by().map(by -> state + " by " + by).orElse(state);
  }

  private static String layer(Entry entry) {
    return switch (entry.layer()) {
      case BUILT_IN -> "built-in";
      case PLUGIN -> "plugin";
      case PERSON -> "you";
      case PROJECT -> "project";
    };
  }

  private static Map<String, Object> data(Entry entry) {
    var data = new LinkedHashMap<String, Object>();
    data.put("name", entry.file().name());
    data.put("origin", entry.file().origin());
    data.put("layer", layer(entry));
    data.put("state", entry.state().name().toLowerCase(Locale.ROOT));
    entry.by().ifPresent(by -> data.put("by", by));
    entry.file().scenario().ifPresent(it -> describe(it, data));
    data.put("problems", entry.file().problems().stream().map(Problem::toString).toList());
    return data;
  }

  private static void describe(Scenario scenario, Map<String, Object> data) {
    data.put("title", scenario.title());
    data.put("description", scenario.description());
    data.put("mode", scenario.mode().name().toLowerCase(Locale.ROOT));
    var tools =
        Stream.concat(
            scenario.evidence().stream().map(Scenario.Step::tool), scenario.tools().stream());
    data.put("tools", tools.distinct().toList());
  }

  /** Whether it is in the person's own folder of scenarios. */
  static boolean own(Entry entry, Workbench bench) {
    return entry.layer() == Layer.PERSON
        && bench
            .home()
            .find("scenarios")
            .filter(folder -> entry.file().origin().startsWith(folder + "/"))
            .isPresent();
  }
}
