package dev.fuse.scenario;

import dev.fuse.scenario.Scenario.Mode;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.spi.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What testing scenarios brought to light.
 *
 * @param failures tests of the files that did not come out as expected
 * @param leftOut by scenario, what became of each of its examples when it was left out
 * @param collisions examples that another scenario takes
 */
public record ScenarioTests(
    List<Failure> failures, Map<String, LeftOut> leftOut, List<Collision> collisions) {

  /** A test of a file that came out otherwise. */
  public record Failure(String scenario, Scenario.Test test, Classification got) {}

  /** How many examples there are, and how many of them the others find. */
  public record LeftOut(int examples, int first, int guided) {}

  /** An example of one scenario that is nearer to another. */
  public record Collision(String scenario, String example, String taker, double score) {}

  /**
   * Runs the tests of these among all scenarios; needs no model, knows no place.
   *
   * @param all those that count
   */
  public static ScenarioTests run(List<Scenario> all) {
    var auto =
        all.stream()
            .filter(scenario -> scenario.mode() == Mode.AUTO)
            .map(ScenarioTests::placeless)
            .toList();
    var classifier = LexicalClassifier.of(auto);
    var failures = new ArrayList<Failure>();
    for (var scenario : auto) {
      for (var test : scenario.tests()) {
        var got = classifier.classify(question(test.prompt()));
        if (guides(got, scenario) != test.matches()) {
          failures.add(new Failure(scenario.name(), test, got));
        }
      }
    }
    var leftOut = new TreeMap<String, LeftOut>();
    var collisions = new ArrayList<Collision>();
    int most = auto.stream().mapToInt(one -> one.match().examples().size()).max().orElse(0);
    // One example of each scenario at a time, so that the index is made only as often as one has
    // examples.
    for (int at = 0; at < most; at++) {
      leaveOut(auto, at, leftOut, collisions);
    }
    return new ScenarioTests(List.copyOf(failures), leftOut, List.copyOf(collisions));
  }

  private static void leaveOut(
      List<Scenario> all, int at, Map<String, LeftOut> leftOut, List<Collision> collisions) {
    var classifier =
        LexicalClassifier.of(all.stream().map(scenario -> without(scenario, at)).toList());
    for (var scenario : all) {
      if (at >= scenario.match().examples().size()) {
        continue;
      }
      var example = scenario.match().examples().get(at);
      var got = classifier.classify(question(example));
      var first = got.candidates().stream().findFirst();
      var taker = first.filter(one -> !one.scenario().equals(scenario.name()));
      boolean found = first.isPresent() && taker.isEmpty();
      leftOut.merge(
          scenario.name(),
          new LeftOut(1, found ? 1 : 0, guides(got, scenario) ? 1 : 0),
          (a, b) -> new LeftOut(a.examples() + 1, a.first() + b.first(), a.guided() + b.guided()));
      taker.ifPresent(
          one ->
              collisions.add(new Collision(scenario.name(), example, one.scenario(), one.score())));
    }
  }

  private static boolean guides(Classification got, Scenario scenario) {
    return got.fit() == Fit.GUIDE && got.candidates().getFirst().scenario().equals(scenario.name());
  }

  private static Question question(String prompt) {
    return new Question(prompt, Facts.none(), "");
  }

  private static Scenario placeless(Scenario scenario) {
    return with(scenario, scenario.match().examples());
  }

  private static Scenario without(Scenario scenario, int example) {
    var examples = scenario.match().examples();
    return with(
        scenario,
        IntStream.range(0, examples.size())
            .filter(i -> i != example)
            .mapToObj(examples::get)
            .toList());
  }

  private static Scenario with(Scenario s, List<String> examples) {
    var match =
        new Scenario.Match(
            examples, s.match().negatives(), s.match().keywords(), Map.of(), List.of());
    return s.matching(match);
  }
}
