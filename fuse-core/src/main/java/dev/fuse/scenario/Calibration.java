package dev.fuse.scenario;

import dev.fuse.scenario.ScenarioClassifier.Clue;

/**
 * The one place of the classifier's numbers that are set by hand; what was trained is in {@link
 * Routing}. The thresholds are those at which, in five parts each judged by what was trained on the
 * other four, 96.6 % of what was guided was guided rightly and 1.9 % of the others were.
 */
final class Calibration {

  /** How probable the first must be to guide. */
  static final double GUIDE = 0.8;

  /** By how much it must be more probable than the second. */
  static final double LEAD = 0.1;

  /** How probable "nothing of ours" may be where one guides. */
  static final double NOT_NONE = 0.5;

  /** How probable "nothing of ours" must be to offer nothing. */
  static final double NONE = 0.6;

  /** The same numbers for a scenario that the training did not know. */
  static final double GUIDE_UNTRAINED = 0.76;

  static final double OFFER_UNTRAINED = 0.25;

  /** How probable a trained one may be where an untrained one guides. */
  static final double TRAINED_BESIDE = 0.5;

  private static final double HERE = 1.6;
  private static final double ELSEWHERE = -1.6;
  private static final double PREVIOUS = 1.5;
  private static final double FOR_KNOWLEDGE = 0.4;
  private static final double OF_ANOTHER_PLATFORM = 0.3;

  private Calibration() {}

  /** What nearness to its texts alone says of a scenario: a regression on labelled questions. */
  static double nearness(Index.Signals s, boolean knowledge, boolean otherPlatform) {
    double sum =
        -2.65
            - 0.37 * s.best
            + 1.01 * s.second
            + 4.14 * s.key
            + 4.03 * s.breadth()
            + 0.92 * s.lift
            + 0.05 * s.background
            + 2.49 * s.margin()
            - 0.24 * s.unknown
            - (knowledge ? 4.25 : 0);
    double probability = probability(sum) * (knowledge ? FOR_KNOWLEDGE : 1);
    return otherPlatform ? probability * OF_ANOTHER_PLATFORM : probability;
  }

  /** What place and previous question add. */
  static double of(Context.Place place, boolean previous) {
    double added =
        switch (place) {
          case HERE -> HERE;
          case ELSEWHERE -> ELSEWHERE;
          case ANYWHERE, EXCLUDED -> 0;
        };
    return added + (previous ? PREVIOUS : 0);
  }

  /** What a clue adds to what it speaks for. */
  static double of(Clue.Sort sort) {
    return switch (sort) {
      case MESSAGE -> 6;
      case NAME -> 3;
      case PIN -> 2.5;
      case HINT -> 1.5;
    };
  }

  /** What is left of "nothing of ours" where there is such a clue. */
  static double doubt(Clue.Sort sort) {
    return switch (sort) {
      case MESSAGE -> 0.1;
      case NAME -> 0.25;
      case PIN -> 0.5;
      case HINT -> 0.6;
    };
  }

  static double probability(double sum) {
    return 1 / (1 + Math.exp(-sum));
  }

  static double sum(double probability) {
    double bounded = Math.clamp(probability, 1e-6, 1 - 1e-6);
    return Math.log(bounded / (1 - bounded));
  }
}
