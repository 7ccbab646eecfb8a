package dev.fuse.scenario;

import dev.fuse.scenario.Scenario.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Classifies by words - what was trained on labelled questions, nearness to examples, keywords, the
 * margin to what is not meant - and by clues: names, pins and messages of programs.
 */
public final class LexicalClassifier implements ScenarioClassifier {

  private static final int MOST_CANDIDATES = 5;

  private final Index index;
  private final Routing routing;
  private final Reach reach;

  private LexicalClassifier(Index index, Routing routing, Reach reach) {
    this.index = index;
    this.routing = routing;
    this.reach = reach;
  }

  /** A classifier for those of these scenarios that are matched with questions. */
  public static LexicalClassifier of(List<Scenario> scenarios) {
    return of(scenarios, Installed.nothing());
  }

  /** The same, knowing which systems they look at and which of their tools are there. */
  public static LexicalClassifier of(List<Scenario> scenarios, Installed installed) {
    return of(scenarios, installed, Routing.standard());
  }

  /** The same with something newly trained. */
  public static LexicalClassifier of(
      List<Scenario> scenarios, Installed installed, Routing routing) {
    var matched = scenarios.stream().filter(scenario -> scenario.mode() == Mode.AUTO).toList();
    var index = new Index(Words.STANDARD, matched, Words.lines("background.txt"));
    return new LexicalClassifier(index, routing, new Reach(installed));
  }

  @Override
  public Classification classify(Question question) {
    if (question.previous().isEmpty() && Cues.isTalk(question.prompt())) {
      return Classification.none("talk: no word of it is about anything");
    }
    var labels = routing.words().probabilities(question.prompt());
    var scores = scores(question, labels);
    if (scores.isEmpty()) {
      return Classification.none("no scenario is installed");
    }
    double none = none(question, labels);
    var fit = fit(scores, none);
    var candidates =
        scores.stream()
            .limit(MOST_CANDIDATES)
            .map(score -> new Candidate(score.scenario(), score.value()))
            .toList();
    var best = scores.getFirst();
    var explanation = fit == Fit.NONE ? "nearest: " + best : best.toString();
    return new Classification(fit, candidates, explanation, question.clues());
  }

  /** Whether a prompt has no word that any scenario could be about, such as thanks. */
  public static boolean isTalk(String prompt) {
    return Cues.isTalk(prompt);
  }

  /** Words that questions use, so that one of them alone is hardly a name. */
  public static Set<String> commonWords() {
    return Words.COMMON;
  }

  private static Fit fit(List<Score> scores, double none) {
    var first = scores.getFirst();
    double second = scores.size() > 1 ? scores.get(1).value() : 0;
    boolean leads = first.value() - second >= Calibration.LEAD;
    if (!first.trained()) {
      return untrained(first, scores, leads);
    }
    if (first.value() >= Calibration.GUIDE && leads && none <= Calibration.NOT_NONE) {
      return first.usable() || scores.stream().noneMatch(LexicalClassifier::comesInstead)
          ? Fit.GUIDE
          : Fit.UNSURE;
    }
    boolean offered =
        scores.stream().anyMatch(it -> !it.trained() && it.value() > Calibration.OFFER_UNTRAINED);
    return none >= Calibration.NONE && !offered ? Fit.NONE : Fit.UNSURE;
  }

  /** One that the training did not know needs a word of its own, and nothing else near. */
  private static Fit untrained(Score first, List<Score> scores, boolean leads) {
    boolean alone =
        scores.stream().noneMatch(it -> it.trained() && it.value() >= Calibration.TRAINED_BESIDE);
    if (first.value() >= Calibration.GUIDE_UNTRAINED && leads && alone) {
      return Fit.GUIDE;
    }
    return first.value() >= Calibration.OFFER_UNTRAINED ? Fit.UNSURE : Fit.NONE;
  }

  /** Whether one whose tools are there is not improbable. */
  private static boolean comesInstead(Score score) {
    return score.usable() && score.value() >= Calibration.OFFER_UNTRAINED;
  }

  /** How probable it is that nothing of what is installed is meant. */
  private double none(Question question, double[] labels) {
    var known = routing.words().labels();
    double none = 0;
    for (int i = 0; i < labels.length; i++) {
      var label = known.get(i);
      boolean here = index.scenarios().stream().anyMatch(scenario -> scenario.name().equals(label));
      none += here ? 0 : labels[i];
    }
    for (var clue : question.clues()) {
      none *= Calibration.doubt(clue.sort());
    }
    return question.previous().isEmpty() ? none : none / 2;
  }

  /** How well each scenario fits, the best first, with what speaks for it. */
  public List<Score> scores(Question question) {
    return scores(question, routing.words().probabilities(question.prompt()));
  }

  private List<Score> scores(Question question, double[] labels) {
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
        scores.add(score(question, at, signals.get(i), labels, new Seen(knowledge, other, place)));
      }
    }
    scores.sort(Comparator.comparingDouble(Score::value).reversed());
    return List.copyOf(scores);
  }

  /** What is measured of each scenario for a question, to be weighed by training. */
  public Map<String, double[]> measures(String prompt) {
    var labels = routing.words().probabilities(prompt);
    boolean knowledge = Cues.asksForKnowledge(prompt);
    var platforms = Cues.platforms(prompt);
    var signals = index.compare(prompt);
    var measures = new LinkedHashMap<String, double[]>();
    for (int i = 0; i < signals.size(); i++) {
      int at = i;
      var name = index.scenarios().get(i).name();
      boolean other = platforms.stream().anyMatch(it -> !index.speaksOf(at, it));
      int label = routing.words().find(name);
      if (label >= 0) {
        measures.put(name, Routing.measures(labels, label, signals.get(i), knowledge, other));
      }
    }
    return measures;
  }

  private record Seen(boolean knowledge, List<String> platforms, Context.Place place) {}

  private Score score(
      Question question, int at, Index.Signals signals, double[] labels, Seen seen) {
    var scenario = index.scenarios().get(at);
    boolean other = !seen.platforms().isEmpty();
    int label = routing.words().find(scenario.name());
    double sum =
        label < 0
            ? Calibration.sum(Calibration.nearness(signals, seen.knowledge(), other))
            : routing.sum(Routing.measures(labels, label, signals, seen.knowledge(), other));
    boolean previous = scenario.name().equals(question.previous());
    var clues = reach.clues(scenario, question.clues());
    sum += Calibration.of(seen.place(), previous);
    sum += clues.stream().map(Clue::sort).distinct().mapToDouble(Calibration::of).sum();
    return new Score(
        scenario.name(),
        Calibration.probability(sum),
        new Score.Standing(label >= 0, reach.usable(scenario)),
        signals.matched,
        signals.example,
        remarks(seen, clues, previous));
  }

  private static List<String> remarks(Seen seen, List<Clue> clues, boolean previous) {
    var remarks = new ArrayList<String>();
    clues.forEach(clue -> remarks.add(clue.text()));
    if (seen.knowledge()) {
      remarks.add("asks for knowledge");
    }
    if (!seen.platforms().isEmpty()) {
      remarks.add("speaks of " + String.join(", ", seen.platforms()));
    }
    if (seen.place() != Context.Place.ANYWHERE) {
      remarks.add("belongs " + seen.place().name().toLowerCase(Locale.ROOT));
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
      String scenario,
      double value,
      Standing standing,
      List<String> matched,
      String example,
      List<String> remarks) {
    public Score {
      matched = List.copyOf(matched);
      remarks = List.copyOf(remarks);
    }

    /**
     * What a scenario is, whatever is asked.
     *
     * @param trained whether the training knew it
     * @param usable whether its tools are there
     */
    public record Standing(boolean trained, boolean usable) {}

    boolean trained() {
      return standing.trained();
    }

    boolean usable() {
      return standing.usable();
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
