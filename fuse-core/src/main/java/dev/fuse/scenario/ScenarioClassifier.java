package dev.fuse.scenario;

import dev.fuse.spi.Facts;
import java.util.List;

/** Says which scenario fits a question: local, pure, about a millisecond. */
public interface ScenarioClassifier {

  Classification classify(Question question);

  /** Makes a classifier for a set of scenarios. */
  @FunctionalInterface
  interface Factory {
    ScenarioClassifier of(List<Scenario> scenarios);
  }

  /**
   * What is classified.
   *
   * @param previous the name of the scenario of the question before in the same chat, or empty
   */
  record Question(String prompt, Facts facts, String previous) {

    /** Another prompt at the same place. */
    public Question with(String other) {
      return new Question(other, facts, previous);
    }
  }

  /**
   * Which scenario fits.
   *
   * @param candidates the best first, at most five
   * @param explanation what matched, for people
   */
  record Classification(Fit fit, List<Candidate> candidates, String explanation) {
    public Classification {
      candidates = List.copyOf(candidates);
    }

    /** Nothing fits. */
    public static Classification none(String explanation) {
      return new Classification(Fit.NONE, List.of(), explanation);
    }
  }

  /**
   * A scenario and how well it fits.
   *
   * @param score 0 to 1
   */
  record Candidate(String scenario, double score) {}

  /** How sure the classifier is. */
  enum Fit {
    /** The first candidate guides the answer. */
    GUIDE,
    /** The first two are offered to the model inside the main request. */
    UNSURE,
    NONE
  }
}
