package dev.fuse.scenario;

import dev.fuse.scenario.Scenario.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Classifies by words alone: nearness to examples, keywords, and the margin to what is not meant.
 */
public final class LexicalClassifier implements ScenarioClassifier {

  private static final int MOST_CANDIDATES = 5;

  private final Index index;
  private final Calibration calibration;

  private LexicalClassifier(Index index, Calibration calibration) {
    this.index = index;
    this.calibration = calibration;
  }

  /** A classifier for those of these scenarios that are matched with questions. */
  public static LexicalClassifier of(List<Scenario> scenarios) {
    var matched = scenarios.stream().filter(scenario -> scenario.mode() == Mode.AUTO).toList();
    return new LexicalClassifier(
        new Index(Words.STANDARD, matched, Words.lines("background.txt")), Calibration.standard());
  }

  @Override
  public Classification classify(Question question) {
    if (question.previous().isEmpty() && Cues.isTalk(question.prompt())) {
      return Classification.none("talk: no word of it is about anything");
    }
    var scores = scores(question);
    var candidates =
        scores.stream()
            .filter(score -> score.value() >= calibration.none())
            .limit(MOST_CANDIDATES)
            .map(score -> new Candidate(score.scenario(), score.value()))
            .toList();
    if (candidates.isEmpty()) {
      return Classification.none(
          scores.isEmpty() ? "no scenario is installed" : "nearest: " + scores.getFirst());
    }
    double first = candidates.getFirst().score();
    double second = candidates.size() > 1 ? candidates.get(1).score() : 0;
    boolean sure = first >= calibration.guide() && first - second >= calibration.lead();
    return new Classification(
        sure ? Fit.GUIDE : Fit.UNSURE, candidates, scores.getFirst().toString());
  }

  /** How well each scenario fits, the best first, with what speaks for it. */
  public List<Score> scores(Question question) {
    var prompt = question.prompt();
    boolean knowledge = Cues.asksForKnowledge(prompt);
    var platforms = Cues.platforms(prompt);
    var scores = new ArrayList<Score>();
    var signals = index.compare(prompt);
    for (int i = 0; i < signals.size(); i++) {
      int at = i;
      var scenario = index.scenarios().get(i);
      var place = Context.place(scenario.match(), question.facts());
      if (place != Context.Place.EXCLUDED) {
        var other = platforms.stream().filter(name -> !index.speaksOf(at, name)).toList();
        boolean previous = scenario.name().equals(question.previous());
        var value =
            Calibration.probability(signals.get(i), knowledge, !other.isEmpty(), place, previous);
        scores.add(
            new Score(
                scenario.name(),
                value,
                signals.get(i).matched,
                signals.get(i).example,
                remarks(knowledge, other, place, previous)));
      }
    }
    scores.sort(Comparator.comparingDouble(Score::value).reversed());
    return List.copyOf(scores);
  }

  private static List<String> remarks(
      boolean knowledge, List<String> other, Context.Place place, boolean previous) {
    var remarks = new ArrayList<String>();
    if (knowledge) {
      remarks.add("asks for knowledge");
    }
    if (!other.isEmpty()) {
      remarks.add("speaks of " + String.join(", ", other));
    }
    if (place != Context.Place.ANYWHERE) {
      remarks.add("belongs " + place.name().toLowerCase(Locale.ROOT));
    }
    if (previous) {
      remarks.add("guided the question before");
    }
    return remarks;
  }

  /**
   * How well a scenario fits a question.
   *
   * @param value 0 to 1
   * @param matched words of the question, stemmed, that the scenario speaks of
   * @param example the nearest of its texts
   * @param remarks what else counted, in words
   */
  public record Score(
      String scenario, double value, List<String> matched, String example, List<String> remarks) {
    public Score {
      matched = List.copyOf(matched);
      remarks = List.copyOf(remarks);
    }

    @Override
    public String toString() {
      return scenario
          + " "
          + Math.round(value * 100) / 100.0
          + (matched.isEmpty() ? "" : " by " + String.join(", ", matched))
          + (example.isEmpty() ? "" : ", as in '" + example + "'")
          + (remarks.isEmpty() ? "" : "; " + String.join("; ", remarks));
    }
  }
}
