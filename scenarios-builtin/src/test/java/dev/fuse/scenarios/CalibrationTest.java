package dev.fuse.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.scenario.LexicalClassifier;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.spi.Facts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions written without looking at the examples; the report's were never used to tune. */
class CalibrationTest {

  private static final LexicalClassifier CLASSIFIER =
      LexicalClassifier.of(BuiltIn.library().scenarios());

  @Test
  void guides_rightly_and_seldom_where_nothing_fits() {
    var report = Report.of(labelled("report"));

    System.out.println("questions not used for calibration: " + report);
    assertThat(report.precision()).isGreaterThanOrEqualTo(0.95);
    assertThat(report.falseGuidance()).isLessThanOrEqualTo(0.03);
    assertThat(report.guidedRightly()).isGreaterThanOrEqualTo(0.65);
    assertThat(report.unsure()).isLessThanOrEqualTo(0.22);
    assertThat(report.topTwo()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void no_question_is_an_example_and_none_is_in_both_halves() {
    var questions = new HashSet<String>();
    for (var half : List.of("calibration", "report")) {
      for (var line : labelled(half)) {
        assertThat(questions.add(line.question())).as(line.question()).isTrue();
      }
    }

    assertThat(questions).hasSizeGreaterThan(300);
    assertThat(BuiltIn.library().scenarios())
        .flatExtracting(scenario -> scenario.match().examples())
        .doesNotContainAnyElementsOf(questions);
  }

  private static List<Labelled> labelled(String half) {
    try (var lines = Files.lines(BuiltIn.resource("/questions/" + half + ".tsv"))) {
      return lines.map(line -> line.split("\t", -1)).map(p -> new Labelled(p[0], p[1])).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Labelled(String scenario, String question) {

    boolean isNone() {
      return scenario.equals("none");
    }

    Classification classified() {
      return CLASSIFIER.classify(new Question(question, Facts.none(), ""));
    }

    boolean guided() {
      return classified().fit() == Fit.GUIDE;
    }

    boolean rightlyGuided() {
      return guided() && among(1);
    }

    boolean among(int first) {
      return CLASSIFIER.scores(new Question(question, Facts.none(), "")).stream()
          .limit(first)
          .anyMatch(score -> score.scenario().equals(scenario));
    }
  }

  /**
   * Shares, 0 to 1: of what is guided, of what is no scenario's, of all, of what is a scenario's.
   */
  private record Report(
      double precision, double falseGuidance, double unsure, double guidedRightly, double topTwo) {

    static Report of(List<Labelled> all) {
      var ours = all.stream().filter(question -> !question.isNone()).toList();
      var none = all.stream().filter(Labelled::isNone).toList();
      var guided = all.stream().filter(Labelled::guided).toList();
      return new Report(
          share(guided.stream().filter(Labelled::rightlyGuided).count(), guided),
          share(none.stream().filter(Labelled::guided).count(), none),
          share(all.stream().filter(q -> q.classified().fit() == Fit.UNSURE).count(), all),
          share(ours.stream().filter(Labelled::rightlyGuided).count(), ours),
          share(ours.stream().filter(question -> question.among(2)).count(), ours));
    }

    private static double share(long count, List<?> of) {
      return Math.round(1000.0 * count / of.size()) / 1000.0;
    }
  }
}
