package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.Json;
import dev.fuse.cli.home.PrivateFile;
import dev.fuse.scenario.Installed;
import dev.fuse.scenario.LexicalClassifier;
import dev.fuse.scenario.Library;
import dev.fuse.scenario.Problem;
import dev.fuse.scenario.ScenarioFile;
import dev.fuse.scenario.ScenarioTests;
import dev.fuse.scenario.Template;
import dev.fuse.spi.Scenario;
import dev.fuse.spi.ScenarioClassifier.Classification;
import dev.fuse.spi.ScenarioClassifier.Question;
import dev.fuse.spi.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code fuse scenarios}: the guidance that Fuse knows. */
final class ScenarioCommands {

  private ScenarioCommands() {}

  static Command command() {
    var command =
        Command.group("scenarios", "The guidance that Fuse knows")
            .with(
                "list",
                "Every scenario, where it is from and its state",
                "",
                ScenarioCommands::list)
            .with("show", "A scenario whole", "NAME", ScenarioCommands::show)
            .with(
                "explain",
                "Which scenario a question gets, and why",
                "[QUESTION...]",
                ScenarioCommands::explain)
            .with(
                "new",
                "Write a template into your own folder",
                "NAME [DESCRIPTION...]",
                ScenarioCommands::create)
            .with("add", "Copy a file into your own folder", "FILE", ScenarioCommands::add)
            .with(
                "validate",
                "Check files, or every scenario",
                "[FILE...]",
                ScenarioCommands::validate)
            .with("test", "Run the scenarios' own tests", "", ScenarioCommands::test)
            .with("delete", "Delete one of your own", "NAME", ScenarioCommands::delete);
    return command
        .option(
            "explain",
            FlagSpecs.flag(
                "A question a line from standard input, a JSON object a line out", "--batch"))
        .option("validate", FlagSpecs.flag("A tool that is not installed is an error", "--strict"));
  }

  private static ExitCode list(Given given, Workbench bench) {
    var entries = bench.scenarios().entries();
    if (given.json()) {
      bench.data(Json.writeIndented(entries.stream().map(ScenarioCommands::data).toList()));
      return ExitCode.DONE;
    }
    var rows = entries.stream().map(ScenarioCommands::row).toList();
    bench.data(Columns.of(List.of("NAME", "FROM", "STATE", "DESCRIPTION"), rows));
    return ExitCode.DONE;
  }

  private static ExitCode show(Given given, Workbench bench) {
    var entry = find(given.word(0), bench);
    var scenario = entry.file().scenario().orElseThrow();
    bench.data(scenario.name() + ": " + scenario.title());
    bench.data(scenario.description());
    bench.data(
        "from      "
            + entry.layer().name().toLowerCase(Locale.ROOT)
            + ", "
            + entry.file().origin());
    bench.data("keywords  " + String.join(", ", scenario.match().keywords()));
    section("for", scenario.match().examples(), bench);
    section("not for", scenario.match().negatives(), bench);
    section(
        "evidence",
        scenario.evidence().stream().map(step -> step.tool() + " " + step.with()).toList(),
        bench);
    bench.data("");
    bench.data(scenario.instructions().stripTrailing());
    return ExitCode.DONE;
  }

  private static ExitCode explain(Given given, Workbench bench) {
    var classifier = LexicalClassifier.of(bench.scenarios().scenarios());
    if (given.parsed().matchedOptionValue("--batch", false)) {
      bench
          .input()
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(
              line ->
                  bench.data(Json.write(data(line, classifier.classify(question(line, bench))))));
      return ExitCode.DONE;
    }
    if (given.words().isEmpty()) {
      throw new FuseException(
          Kind.USAGE, "there is no question", "fuse scenarios explain 'why is checkout crashing?'");
    }
    var prompt = String.join(" ", given.words());
    var classification = classifier.classify(question(prompt, bench));
    if (given.json()) {
      bench.data(Json.writeIndented(data(prompt, classification)));
      return ExitCode.DONE;
    }
    bench.data(classification.fit() + "  " + classification.explanation());
    var rows =
        classifier.scores(question(prompt, bench)).stream()
            .map(
                score ->
                    List.of(
                        score.scenario(),
                        String.format(Locale.ROOT, "%.2f", score.value()),
                        String.join(" ", score.matched()),
                        String.join("; ", score.remarks())))
            .toList();
    bench.data(Columns.of(List.of("SCENARIO", "SCORE", "MATCHED", "REMARKS"), rows));
    return ExitCode.DONE;
  }

  private static ExitCode create(Given given, Workbench bench) {
    var name = given.word(0);
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new FuseException(
          Kind.USAGE,
          "'" + name + "' is no name",
          "lower case words with hyphens: ledger-reconcile");
    }
    var file = folder(bench).resolve(name + ".yaml");
    var description = String.join(" ", given.words().subList(1, given.words().size()));
    write(file, Template.of(name, description));
    bench.note("written: " + file);
    bench.note("  edit it, then: fuse scenarios validate " + file);
    return ExitCode.DONE;
  }

  private static ExitCode add(Given given, Workbench bench) {
    var source = bench.environment().path(given.word(0));
    var read = ScenarioFile.read(source, Installed.of(bench.catalog().specs()));
    read.problems().forEach(problem -> bench.note(problem.toString()));
    if (read.scenario().isEmpty()) {
      return ExitCode.INVALID;
    }
    var ending = source.toString().endsWith(".md") ? ".md" : ".yaml";
    var file = folder(bench).resolve(read.name() + ending);
    try {
      write(file, Files.readString(source));
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED, "'" + source + "' cannot be read: " + e.getMessage(), "");
    }
    bench.note("added: " + file);
    return ExitCode.DONE;
  }

  private static ExitCode validate(Given given, Workbench bench) {
    boolean strict = given.parsed().matchedOptionValue("--strict", false);
    var installed = Installed.of(bench.catalog().specs());
    var files = new ArrayList<ScenarioFile>();
    if (given.words().isEmpty()) {
      bench.scenarios().entries().forEach(entry -> files.add(entry.file()));
    }
    given
        .words()
        .forEach(word -> files.add(ScenarioFile.read(bench.environment().path(word), installed)));
    var problems = files.stream().flatMap(file -> file.problems().stream()).toList();
    problems.forEach(problem -> bench.data(problem.toString()));
    boolean wrong = problems.stream().anyMatch(problem -> strict || !problem.warning());
    if (!wrong) {
      bench.note(files.size() + (files.size() == 1 ? " file is valid" : " files are valid"));
    }
    return wrong ? ExitCode.INVALID : ExitCode.DONE;
  }

  private static ExitCode test(Given given, Workbench bench) {
    var result = ScenarioTests.run(bench.scenarios().scenarios());
    for (var failure : result.failures()) {
      bench.data(
          failure.scenario()
              + ": '"
              + failure.test().prompt()
              + "' was "
              + failure.got().fit()
              + " and should "
              + (failure.test().matches() ? "" : "not ")
              + "match");
    }
    for (var collision : result.collisions()) {
      bench.data(
          collision.scenario()
              + ": its example '"
              + collision.example()
              + "' goes to "
              + collision.taker());
    }
    var rows =
        result.leftOut().entrySet().stream()
            .map(
                entry ->
                    List.of(
                        entry.getKey(),
                        String.valueOf(entry.getValue().examples()),
                        String.valueOf(entry.getValue().first()),
                        String.valueOf(entry.getValue().guided())))
            .toList();
    bench.data(Columns.of(List.of("SCENARIO", "EXAMPLES LEFT OUT", "FOUND FIRST", "GUIDED"), rows));
    return result.failures().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static ExitCode delete(Given given, Workbench bench) {
    var entry = find(given.word(0), bench);
    if (entry.layer() != Library.Layer.PERSON) {
      throw new FuseException(
          Kind.USAGE,
          "'" + given.word(0) + "' is not one of your own",
          "only those can be deleted");
    }
    try {
      Files.delete(Path.of(entry.file().origin()));
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED, "'" + entry.file().origin() + "' cannot be deleted: " + e.getMessage(), "");
    }
    bench.note("deleted: " + entry.file().origin());
    return ExitCode.DONE;
  }

  private static Question question(String prompt, Workbench bench) {
    return new Question(prompt, bench.questionFacts(), "");
  }

  private static Path folder(Workbench bench) {
    return bench
        .home()
        .findFolder("scenarios")
        .orElseThrow(
            () ->
                new FuseException(Kind.FAILED, "there is no home to keep it in", "set FUSE_HOME"));
  }

  private static void write(Path file, String text) {
    if (Files.exists(file)) {
      throw new FuseException(Kind.USAGE, "'" + file + "' is there already", "delete it first");
    }
    try {
      PrivateFile.write(file, text);
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED, "'" + file + "' cannot be written: " + e.getMessage(), "");
    }
  }

  private static Library.Entry find(String name, Workbench bench) {
    return bench.scenarios().entries().stream()
        .filter(entry -> entry.state() == Library.State.ACTIVE && entry.file().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new FuseException(
                    Kind.USAGE,
                    "there is no scenario '"
                        + name
                        + "'"
                        + Spelling.didYouMean(name, bench.scenarios().names()),
                    "fuse scenarios list"));
  }

  private static void section(String title, List<String> lines, Workbench bench) {
    if (!lines.isEmpty()) {
      bench.data("");
      bench.data(title);
      lines.forEach(line -> bench.data("  " + line));
    }
  }

  private static List<String> row(Library.Entry entry) {
    var state = entry.state().name().toLowerCase(Locale.ROOT);
    var said =
        entry.state() == Library.State.BROKEN
            ? entry.file().problems().stream().map(Problem::toString).findFirst().orElse("")
            : entry.file().scenario().map(Scenario::description).orElse("");
    return List.of(
        entry.file().name(),
        entry.layer().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        entry.by().map(by -> state + " by " + by).orElse(state),
        said);
  }

  private static Map<String, Object> data(Library.Entry entry) {
    var data = new LinkedHashMap<String, Object>();
    data.put("name", entry.file().name());
    data.put("origin", entry.file().origin());
    data.put("layer", entry.layer().name().toLowerCase(Locale.ROOT));
    data.put("state", entry.state().name().toLowerCase(Locale.ROOT));
    data.put("problems", entry.file().problems().stream().map(Problem::toString).toList());
    return data;
  }

  private static Map<String, Object> data(String prompt, Classification classification) {
    var data = new LinkedHashMap<String, Object>();
    data.put("question", prompt);
    data.put("verdict", classification.fit().name());
    boolean guided = classification.fit() == dev.fuse.spi.ScenarioClassifier.Fit.GUIDE;
    data.put("scenario", guided ? classification.candidates().getFirst().scenario() : "");
    data.put(
        "candidates",
        classification.candidates().stream()
            .map(candidate -> Map.of("scenario", candidate.scenario(), "score", candidate.score()))
            .toList());
    return data;
  }
}
