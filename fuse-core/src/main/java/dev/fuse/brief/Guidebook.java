package dev.fuse.brief;

import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.spi.Facts;
import dev.fuse.spi.ToolSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The guidance there is; implemented over the scenarios of files and plugins. */
public interface Guidebook {

  Classification classify(Question question);

  /** The question with the clues that there are in it: names, pins, messages of programs. */
  default Question seen(Question question) {
    return question;
  }

  /** Whether a prompt is about nothing, such as thanks. */
  default boolean isTalk(String prompt) {
    return false;
  }

  /** The systems that can be reached from where we are: machine, repository, current cluster. */
  default Set<String> reachable(Facts facts) {
    return Set.of();
  }

  Optional<Scenario> find(String name);

  /** Those for every question. */
  List<Scenario> always();

  /** A scenario with its parameters filled; nobody is asked. */
  Filled fill(Scenario scenario, Question question);

  /** The same for one that guides the answer, for which the person may be asked. */
  default Filled guide(Scenario scenario, Question question) {
    return fill(scenario, question);
  }

  /** The tools that a question calls for, the best first; those it does not are left out. */
  List<ToolSpec> rank(String question, List<ToolSpec> tools);

  /**
   * A scenario made ready for one question.
   *
   * @param instructions with values in place of parameters
   * @param steps those whose condition holds, with values in place of parameters
   * @param missing parameters without a value, with what they are
   * @param lacking tools that it wants and that are not there
   */
  record Filled(
      Scenario scenario,
      String instructions,
      List<Scenario.Step> steps,
      List<String> missing,
      List<Lacking> lacking) {
    public Filled {
      steps = List.copyOf(steps);
      missing = List.copyOf(missing);
      lacking = List.copyOf(lacking);
    }
  }

  /** Tools that are not there for one reason. */
  record Lacking(List<String> tools, String why) {
    public Lacking {
      tools = List.copyOf(tools);
    }

    @Override
    public String toString() {
      return String.join(", ", tools) + ": " + why;
    }
  }

  /** A book without pages. */
  static Guidebook empty() {
    return new Guidebook() {
      @Override
      public Classification classify(Question question) {
        return Classification.none("no scenario is installed");
      }

      @Override
      public Optional<Scenario> find(String name) {
        return Optional.empty();
      }

      @Override
      public List<Scenario> always() {
        return List.of();
      }

      @Override
      public Filled fill(Scenario scenario, Question question) {
        return new Filled(
            scenario, scenario.instructions(), scenario.evidence(), List.of(), List.of());
      }

      @Override
      public List<ToolSpec> rank(String question, List<ToolSpec> tools) {
        return tools;
      }
    };
  }
}
