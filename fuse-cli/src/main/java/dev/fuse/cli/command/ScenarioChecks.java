package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.json.Json;
import dev.fuse.scenario.LexicalClassifier;
import dev.fuse.scenario.LexicalClassifier.Score;
import dev.fuse.scenario.Problem;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import dev.fuse.scenario.ScenarioFile;
import dev.fuse.scenario.ScenarioTests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says how scenarios are understood: scores, mistakes, tests. */
final class ScenarioChecks {

  private ScenarioChecks() {}

  static ExitCode explain(Given given, Workbench bench) {
    var classifier = LexicalClassifier.of(bench.scenarios().scenarios(), bench.installed());
    if (given.is(Flag.BATCH)) {
      bench
          .input()
          .lines()
          .filter(line -> !line.isBlank())
          .map(line -> data(line, classifier.classify(bench.question(line))))
          .forEach(data -> bench.data(Json.write(data)));
      return ExitCode.DONE;
    }
    var text = given.words().isEmpty() ? bench.input().strip() : String.join(" ", given.words());
    if (text.isEmpty()) {
      throw new FuseException(
          Kind.USAGE,
          "'fuse scenarios explain' needs a QUESTION",
          "fuse scenarios explain 'why is checkout crashing?'");
    }
    var question = bench.question(text);
    var classification = classifier.classify(question);
    if (given.json()) {
      bench.data(Json.writeIndented(data(question.prompt(), classification)));
      return ExitCode.DONE;
    }
    bench.data(classification.fit() + "  " + classification.explanation());
    var rows = classifier.scores(question).stream().map(ScenarioChecks::row).toList();
    bench.data(Columns.of(List.of("SCENARIO", "SCORE", "MATCHED", "REMARKS"), rows, bench.width()));
    return ExitCode.DONE;
  }

  private static List<String> row(Score score) {
    return List.of(
        score.scenario(),
        String.format(Locale.ROOT, "%.2f", score.value()),
        String.join(" ", score.matched()),
        String.join("; ", score.remarks()));
  }

  private static Map<String, Object> data(String prompt, Classification classification) {
    var data = new LinkedHashMap<String, Object>();
    boolean guided = classification.fit() == Fit.GUIDE;
    data.put("question", prompt);
    data.put("verdict", classification.fit().name());
    data.put("scenario", guided ? classification.candidates().getFirst().scenario() : "");
    data.put(
        "candidates",
        classification.candidates().stream()
            .map(candidate -> Map.of("scenario", candidate.scenario(), "score", candidate.score()))
            .toList());
    return data;
  }

  static ExitCode validate(Given given, Workbench bench) {
    boolean strict = given.is(Flag.STRICT);
    var files = new ArrayList<ScenarioFile>();
    if (given.words().isEmpty()) {
      files.addAll(bench.checkedScenarios());
    }
    for (var word : given.words()) {
      files.add(ScenarioFile.read(bench.environment().path(word), bench.installed()));
    }
    var problems = files.stream().flatMap(file -> file.problems().stream()).toList();
    boolean wrong = problems.stream().anyMatch(problem -> strict || !problem.warning());
    if (given.json()) {
      bench.data(Json.writeIndented(problems.stream().map(ScenarioChecks::data).toList()));
      return wrong ? ExitCode.INVALID : ExitCode.DONE;
    }
    problems.forEach(problem -> bench.data(problem.toString()));
    if (!wrong) {
      bench.note(
          files.size()
              + (files.size() == 1 ? " file" : " files")
              + ", 0 errors, "
              + problems.size()
              + (problems.size() == 1 ? " warning" : " warnings"));
    }
    return wrong ? ExitCode.INVALID : ExitCode.DONE;
  }

  private static Map<String, Object> data(Problem problem) {
    var data = new LinkedHashMap<String, Object>();
    data.put("file", problem.origin());
    data.put("line", problem.line());
    data.put("column", problem.column());
    data.put("severity", problem.warning() ? "warning" : "error");
    data.put("message", problem.message());
    return data;
  }

  static ExitCode test(Given given, Workbench bench) {
    var result = ScenarioTests.run(bench.scenarios().scenarios());
    if (given.json()) {
      bench.data(Json.writeIndented(data(result)));
      return result.failures().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
    result.failures().forEach(failure -> bench.data(words(failure)));
    result.collisions().forEach(collision -> bench.data(words(collision)));
    var rows = new ArrayList<List<String>>();
    result
        .leftOut()
        .forEach(
            (name, left) ->
                rows.add(
                    List.of(
                        name,
                        String.valueOf(left.examples()),
                        String.valueOf(left.first()),
                        String.valueOf(left.guided()))));
    bench.data(
        Columns.of(
            List.of("SCENARIO", "EXAMPLES LEFT OUT", "FOUND FIRST", "GUIDED"),
            rows,
            bench.width()));
    return result.failures().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String words(ScenarioTests.Failure failure) {
    return failure.scenario()
        + ": '"
        + failure.test().prompt()
        + "' was "
        + failure.got().fit()
        + " and should "
        + (failure.test().matches() ? "" : "not ")
        + "match";
  }

  private static String words(ScenarioTests.Collision collision) {
    return collision.scenario()
        + ": its example '"
        + collision.example()
        + "' goes to "
        + collision.taker();
  }

  private static Map<String, Object> data(ScenarioTests result) {
    var data = new LinkedHashMap<String, Object>();
    data.put("failures", result.failures().stream().map(ScenarioChecks::words).toList());
    data.put("collisions", result.collisions().stream().map(ScenarioChecks::words).toList());
    var leftOut = new LinkedHashMap<String, Object>();
    result
        .leftOut()
        .forEach(
            (name, left) ->
                leftOut.put(
                    name,
                    Map.of(
                        "examples", left.examples(),
                        "found-first", left.first(),
                        "guided", left.guided())));
    data.put("left-out", leftOut);
    return data;
  }
}
