package dev.fuse.cli.scenarios;

import dev.fuse.brief.Guidebook;
import dev.fuse.cli.home.Environment;
import dev.fuse.scenario.Aim;
import dev.fuse.scenario.Context;
import dev.fuse.scenario.LexicalClassifier;
import dev.fuse.scenario.Library;
import dev.fuse.scenario.Parameters;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.Scenario.Parameter;
import dev.fuse.scenario.ScenarioClassifier;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.scenario.ToolRanking;
import dev.fuse.spi.Facts;
import dev.fuse.spi.ToolSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The guidebook that the installed scenarios make; a file that changes counts from the next prompt
 * on.
 */
public final class InstalledGuidebook implements Guidebook {

  private final Scenarios scenarios;
  private final Environment environment;
  private final Surroundings surroundings;
  private final BiFunction<Scenario, Parameter, String> asker;
  private final Map<String, String> answers = new HashMap<>();
  private Library library;
  private ScenarioClassifier classifier;

  /**
   * A guidebook.
   *
   * @param asker asks the person for a parameter's value; empty where it is left open
   */
  public InstalledGuidebook(
      Scenarios scenarios,
      Environment environment,
      Surroundings surroundings,
      BiFunction<Scenario, Parameter, String> asker) {
    this.surroundings = surroundings;
    this.scenarios = scenarios;
    this.environment = environment;
    this.asker = asker;
    this.library = scenarios.library();
    this.classifier = LexicalClassifier.of(library.scenarios(), scenarios.installed());
  }

  /**
   * The same facts with what only classification compares: files that exist, values of variables.
   */
  public static Question placed(Question question, Library library, Environment environment) {
    var compared =
        Context.facts(library.scenarios(), environment.directory(), environment.variables());
    return new Question(
        question.prompt(), question.facts().and(compared), question.previous(), question.clues());
  }

  @Override
  public Question seen(Question question) {
    return surroundings.seen(question);
  }

  @Override
  public boolean isTalk(String prompt) {
    return LexicalClassifier.isTalk(prompt);
  }

  @Override
  public Set<String> reachable(Facts facts) {
    return surroundings.reachable();
  }

  @Override
  public synchronized Classification classify(Question question) {
    refresh();
    return classifier.classify(placed(question, library, environment));
  }

  @Override
  public synchronized Optional<Scenario> find(String name) {
    refresh();
    return library.find(name);
  }

  @Override
  public synchronized List<Scenario> always() {
    refresh();
    return library.always();
  }

  private void refresh() {
    var now = scenarios.library();
    if (!now.equals(library)) {
      library = now;
      classifier = LexicalClassifier.of(now.scenarios(), scenarios.installed());
    }
  }

  @Override
  public Filled fill(Scenario scenario, Question question) {
    return filled(Parameters.of(scenario, question), question);
  }

  /** Asks once in a conversation for each value that is asked for and not known. */
  @Override
  public synchronized Filled guide(Scenario scenario, Question question) {
    var parameters = Parameters.of(scenario, question);
    for (var parameter : parameters.asked()) {
      var key = scenario.name() + " " + parameter.name();
      var value = answers.computeIfAbsent(key, _ -> asker.apply(scenario, parameter));
      if (!value.isBlank()) {
        parameters = parameters.with(parameter.name(), value);
      }
    }
    return filled(parameters, question);
  }

  private Filled filled(Parameters parameters, Question question) {
    var scenario = parameters.scenario();
    var missing =
        parameters.missing().stream().map(it -> it.name() + " (" + it.description() + ")").toList();
    return new Filled(
        scenario,
        parameters.instructions(),
        parameters.steps().stream().map(step -> aimed(step, question)).toList(),
        missing,
        lacking(scenario));
  }

  /** A step that looks at what the question names. */
  private Scenario.Step aimed(Scenario.Step step, Question question) {
    var tool = scenarios.installed().tools().get(step.tool());
    return tool == null ? step : Aim.at(step, tool, question.clues());
  }

  private List<Lacking> lacking(Scenario scenario) {
    var wanted =
        Stream.concat(
            scenario.evidence().stream().map(Scenario.Step::tool), scenario.tools().stream());
    var byReason = new LinkedHashMap<String, List<String>>();
    wanted
        .distinct()
        .filter(tool -> !scenarios.installed().tools().containsKey(tool))
        .forEach(
            tool ->
                byReason
                    .computeIfAbsent(scenarios.installed().bringer(tool), _ -> new ArrayList<>())
                    .add(tool));
    return byReason.entrySet().stream()
        .map(entry -> new Lacking(entry.getValue(), "not installed; " + entry.getKey()))
        .toList();
  }

  @Override
  public List<ToolSpec> rank(String question, List<ToolSpec> tools) {
    return ToolRanking.of(tools).rank(question);
  }
}
