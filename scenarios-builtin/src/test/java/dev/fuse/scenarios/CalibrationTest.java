package dev.fuse.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.scenario.LexicalClassifier;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.scenario.WordModel;
import dev.fuse.spi.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What is reported here was neither trained on nor used to choose a threshold. */
class CalibrationTest {

  private static final Path TRAINED =
      Path.of("../fuse-core/src/main/resources/dev/fuse/scenario/routing.bin");

  private static final int PARTS = 5;

  @Test
  void guides_rightly_and_seldom_where_nothing_fits() {
    var report = Report.of(installed(), Labelled.plain("report"));

    System.out.println("short questions that nothing was trained on: " + report);
    assertThat(report.precision()).isGreaterThanOrEqualTo(0.95);
    assertThat(report.falseGuidance()).isLessThanOrEqualTo(0.03);
    assertThat(report.guidedRightly()).isGreaterThanOrEqualTo(0.65);
    assertThat(report.topTwo()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void holds_for_groups_of_questions_that_it_was_not_trained_on() {
    var report =
        Report.of(installed(), Labelled.voices().stream().filter(Labelled::heldOut).toList());

    System.out.println("voices that nothing was trained on: " + report);
    assertThat(report.precision()).isGreaterThanOrEqualTo(0.95);
    assertThat(report.falseGuidance()).isLessThanOrEqualTo(0.03);
    assertThat(report.guidedRightly()).isGreaterThanOrEqualTo(0.55);
    assertThat(report.topTwo()).isGreaterThanOrEqualTo(0.96);
  }

  @Test
  void no_question_is_an_example_and_none_is_in_both_halves() {
    var questions = new HashSet<String>();
    for (var half : List.of("calibration", "report")) {
      for (var question : Labelled.plain(half)) {
        assertThat(questions.add(question.text())).as(question.text()).isTrue();
      }
    }

    assertThat(questions).hasSizeGreaterThan(300);
    assertThat(BuiltIn.library().scenarios())
        .flatExtracting(scenario -> scenario.match().examples())
        .doesNotContainAnyElementsOf(questions);
  }

  /** Writes what the other tests judge: {@code -Dtest=CalibrationTest -Dfuse.train=true}. */
  @Test
  @EnabledIfSystemProperty(named = "fuse.train", matches = "true")
  void trains() throws IOException {
    var training = new Training(BuiltIn.library().scenarios());
    var questions = Labelled.voices().stream().filter(question -> !question.heldOut()).toList();
    try (var out = Files.newOutputStream(TRAINED)) {
      training.on(questions, examples()).write(out);
    }
    for (int part = 0; part < PARTS; part++) {
      int held = part;
      var others = questions.stream().filter(it -> it.part(PARTS, 1) != held).toList();
      var classifier = training.classifier(training.on(others, examples()));
      var left = questions.stream().filter(it -> it.part(PARTS, 1) == held).toList();
      System.out.println("part " + part + " by the others: " + Report.of(classifier, left));
    }
  }

  private static List<Labelled> examples() {
    var ours =
        BuiltIn.library().scenarios().stream()
            .flatMap(
                scenario ->
                    scenario.match().examples().stream()
                        .map(text -> new Labelled(List.of(scenario.name()), text, text)));
    var none =
        BuiltIn.background().stream().map(it -> new Labelled(List.of(WordModel.NONE), it, it));
    return Stream.of(ours, none, Labelled.plain("calibration").stream())
        .flatMap(texts -> texts)
        .toList();
  }

  private static LexicalClassifier installed() {
    return LexicalClassifier.of(BuiltIn.library().scenarios());
  }

  /**
   * Shares, 0 to 1: of what is guided, of what is no scenario's, of all, of what is a scenario's.
   */
  private record Report(
      double precision, double falseGuidance, double unsure, double guidedRightly, double topTwo) {

    static Report of(LexicalClassifier classifier, List<Labelled> all) {
      int guided = 0;
      int right = 0;
      int wrongOfNone = 0;
      int none = 0;
      int unsure = 0;
      int rightOfOurs = 0;
      int among = 0;
      for (var question : all) {
        var got = classifier.classify(new Question(question.text(), Facts.none(), ""));
        boolean guides = got.fit() == Fit.GUIDE;
        boolean fits = guides && question.fits(got.candidates().getFirst().scenario());
        guided += guides ? 1 : 0;
        right += fits ? 1 : 0;
        unsure += got.fit() == Fit.UNSURE ? 1 : 0;
        if (question.isNone()) {
          none++;
          wrongOfNone += guides && !fits ? 1 : 0;
        } else {
          rightOfOurs += fits ? 1 : 0;
          among +=
              got.candidates().stream().limit(2).anyMatch(it -> question.fits(it.scenario()))
                  ? 1
                  : 0;
        }
      }
      int ours = all.size() - none;
      return new Report(
          share(right, guided),
          share(wrongOfNone, none),
          share(unsure, all.size()),
          share(rightOfOurs, ours),
          share(among, ours));
    }

    private static double share(int count, int of) {
      return Math.round(1000.0 * count / Math.max(of, 1)) / 1000.0;
    }
  }
}
