package dev.fuse.scenario;

/**
 * The one place of the classifier's numbers. The weights are those of a logistic regression on the
 * calibration half of the labelled questions, compared with random six tenths of the scenarios'
 * texts, so that they hold for questions unlike any example; the thresholds are the lowest at which
 * 97 % of what was guided there was guided rightly and 1 % of the others were. What place and
 * previous question weigh is set by hand.
 *
 * @param guide how probable the first must be to guide
 * @param lead by how much it must be more probable than the second
 * @param none under which none is offered
 */
record Calibration(double guide, double lead, double none) {

  private static final double HERE = 1.6;
  private static final double ELSEWHERE = -1.6;
  private static final double PREVIOUS = 1.5;
  private static final double NEVER_SURE = 0.5;

  static Calibration standard() {
    return new Calibration(0.85, 0.4, 0.18);
  }

  /** How probable it is that a scenario is meant. */
  static double probability(
      Index.Signals s,
      boolean knowledge,
      boolean otherPlatform,
      Context.Place place,
      boolean previous) {
    double sum =
        -2.34
            + 1.27 * s.best
            + 0.41 * s.second
            + 2.93 * s.key
            + 3.63 * s.breadth()
            + 1.03 * s.lift
            - 0.82 * s.background
            + 0.83 * s.margin()
            - 0.34 * s.unknown
            - (knowledge ? 2.69 : 0);
    sum +=
        switch (place) {
          case HERE -> HERE;
          case ELSEWHERE -> ELSEWHERE;
          case ANYWHERE, EXCLUDED -> 0;
        };
    sum += previous ? PREVIOUS : 0;
    double probability = 1 / (1 + Math.exp(-sum));
    return knowledge || otherPlatform ? probability * NEVER_SURE : probability;
  }
}
