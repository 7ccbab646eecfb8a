package dev.fuse.scenario;

import dev.fuse.spi.Facts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
   * @param clues what says more than the prompt's words, the surest first
   */
  record Question(String prompt, Facts facts, String previous, List<Clue> clues) {
    public Question {
      clues = List.copyOf(clues);
    }

    /** A question of which only words are known. */
    public Question(String prompt, Facts facts, String previous) {
      this(prompt, facts, previous, List.of());
    }

    /** Another prompt at the same place. */
    public Question with(String other) {
      return new Question(other, facts, previous, clues);
    }

    /** The same question, of which these are known too. */
    public Question with(List<Clue> more) {
      return new Question(prompt, facts, previous, more);
    }
  }

  /**
   * Something other than words that says what a question is about.
   *
   * @param system the one that it speaks of, as in {@link dev.fuse.spi.Target#system()}
   * @param scenario the name of the one that it speaks for; empty for all of that system
   * @param text for people: {@code ledger = Deployment team-07/ledger}
   * @param tool that explains it, where it names one
   * @param parameters what it tells, by the names of the parameters that tools of the system take
   */
  record Clue(
      Sort sort,
      String system,
      String scenario,
      String text,
      Optional<String> tool,
      Map<String, String> parameters) {
    public Clue {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** What a clue is, the surest first. */
    public enum Sort {
      /** A message that settles the route by itself. */
      MESSAGE,
      /** A thing of the person's world that the question names. */
      NAME,
      /** A target that the person pinned. */
      PIN,
      /** A message that many programs print. */
      HINT
    }
  }

  /**
   * Which scenario fits.
   *
   * @param candidates the best first, at most five
   * @param explanation what matched, for people
   * @param clues what spoke for it beside words
   */
  record Classification(Fit fit, List<Candidate> candidates, String explanation, List<Clue> clues) {
    public Classification {
      candidates = List.copyOf(candidates);
      clues = List.copyOf(clues);
    }

    /** What words alone said. */
    public Classification(Fit fit, List<Candidate> candidates, String explanation) {
      this(fit, candidates, explanation, List.of());
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
