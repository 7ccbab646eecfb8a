package dev.fuse.scenario;

/**
 * The one place of the classifier's numbers. The weights are those of a logistic regression on the
 * calibration half of the labelled questions, compared with random six tenths of the scenarios'
 * texts, so that they hold for questions unlike any example; the thresholds are those at which, in
 * five parts each judged by the weights of the other four, 97 % of what was guided was guided
 * rightly and 2 % of the others were. What place and previous question weigh is set by hand.
 *
 * @param guide how probable the first must be to guide
 * @param lead by how much it must be more probable than the second
 * @param none under which none is offered
 */
record Calibration(double guide, double lead, double none) {

  private static final double HERE = 1.6;
  private static final double ELSEWHERE = -1.6;
  private static final double PREVIOUS = 1.5;
  private static final double FOR_KNOWLEDGE = 0.4;
  private static final double OF_ANOTHER_PLATFORM = 0.3;

  static Calibration standard() {
    return new Calibration(0.76, 0.25, 0.25);
  }

  /** How probable it is that a scenario is meant. */
  static double probability(
      Index.Signals s,
      boolean knowledge,
      boolean otherPlatform,
      Context.Place place,
      boolean previous) {
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
    sum +=
        switch (place) {
          case HERE -> HERE;
          case ELSEWHERE -> ELSEWHERE;
          case ANYWHERE, EXCLUDED -> 0;
        };
    sum += previous ? PREVIOUS : 0;
    double probability = 1 / (1 + Math.exp(-sum));
    probability *= knowledge ? FOR_KNOWLEDGE : 1;
    return otherPlatform ? probability * OF_ANOTHER_PLATFORM : probability;
  }
}
