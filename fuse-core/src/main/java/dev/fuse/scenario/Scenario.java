package dev.fuse.scenario;

import dev.fuse.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Guidance for a kind of question.
 *
 * @param name the file's name without its ending
 * @param title a few words for the screen
 * @param description one sentence: when it applies
 * @param evidence reading calls made before the model is asked
 * @param tools the tools it wants offered
 * @param deny rules (see {@link Rule}) for calls that are refused while it guides
 * @param ask rules for calls that are asked about while it guides
 * @param instructions Markdown for the model, with <code>${parameter}</code>
 * @param sections headings of the answer
 */
public record Scenario(
    String name,
    String title,
    String description,
    Match match,
    Mode mode,
    List<Parameter> parameters,
    List<Step> evidence,
    List<String> tools,
    List<Rule> deny,
    List<Rule> ask,
    String instructions,
    List<String> sections,
    List<Test> tests) {

  public Scenario {
    parameters = List.copyOf(parameters);
    evidence = List.copyOf(evidence);
    tools = List.copyOf(tools);
    deny = List.copyOf(deny);
    ask = List.copyOf(ask);
    sections = List.copyOf(sections);
    tests = List.copyOf(tests);
  }

  /** The same for other questions. */
  public Scenario matching(Match other) {
    return new Scenario(
        name,
        title,
        description,
        other,
        mode,
        parameters,
        evidence,
        tools,
        deny,
        ask,
        instructions,
        sections,
        tests);
  }

  /** When a scenario is considered. */
  public enum Mode {
    /** When the question fits. */
    AUTO,
    /** Only when the person names it. */
    MANUAL,
    /** For every question, beside the one that fits. */
    ALWAYS
  }

  /**
   * What it fits.
   *
   * @param examples questions that it is for
   * @param negatives questions that look alike and are not
   * @param context globs by the name of a fact; one of a list must fit. {@code files} stands for
   *     files that exist below the directory, {@code env:NAME} for an environment variable
   * @param require names of facts that must be known and, where {@code context} has them, fit
   */
  public record Match(
      List<String> examples,
      List<String> negatives,
      List<String> keywords,
      Map<String, List<String>> context,
      List<String> require) {
    public Match {
      examples = List.copyOf(examples);
      negatives = List.copyOf(negatives);
      keywords = List.copyOf(keywords);
      context = Map.copyOf(context);
      require = List.copyOf(require);
    }
  }

  /**
   * A value that steps and instructions use.
   *
   * @param pattern a regular expression on the prompt whose first group is the value
   * @param from the name of a fact to take it from, where the prompt does not tell it
   * @param byDefault what it is where neither tells it
   * @param ask whether a person in a chat is asked where nothing else tells it
   */
  public record Parameter(
      String name,
      String description,
      Optional<String> pattern,
      Optional<String> from,
      Optional<String> byDefault,
      boolean ask) {}

  /**
   * A reading call made before the model is asked.
   *
   * @param with arguments, whose strings may hold <code>${parameter}</code> or <code>${prompt}
   *     </code>
   * @param when the name of a parameter that must have a value, {@code !name} for one that must not
   * @param limit how many tokens of its result go into the request
   */
  public record Step(
      String tool, Map<String, Object> with, Optional<String> when, Optional<Integer> limit) {
    public Step {
      with = Map.copyOf(with);
    }
  }

  /**
   * A check of the scenario itself.
   *
   * @param matches whether the prompt must be guided by it, or must not
   */
  public record Test(String prompt, boolean matches) {}
}
