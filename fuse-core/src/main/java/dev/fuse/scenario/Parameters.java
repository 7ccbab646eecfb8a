package dev.fuse.scenario;

import dev.fuse.scenario.Scenario.Parameter;
import dev.fuse.scenario.Scenario.Step;
import dev.fuse.scenario.ScenarioClassifier.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scenario with the values that its parameters have for one question.
 *
 * @param values by parameter, and the question itself as {@code prompt}
 */
public record Parameters(Scenario scenario, Map<String, String> values) {

  public Parameters {
    values = Map.copyOf(values);
  }

  /** Fills what the prompt tells by a pattern, then what a fact tells, then the default. */
  public static Parameters of(Scenario scenario, Question question) {
    var values = new LinkedHashMap<String, String>();
    values.put("prompt", question.prompt());
    for (var parameter : scenario.parameters()) {
      parameter
          .pattern()
          .flatMap(pattern -> new BoundedRegex(pattern).findGroup(question.prompt()))
          .or(() -> parameter.from().flatMap(question.facts()::find))
          .or(parameter::byDefault)
          .ifPresent(value -> values.put(parameter.name(), value));
    }
    return new Parameters(scenario, values);
  }

  /** The same with what the person answered. */
  public Parameters with(String parameter, String value) {
    var more = new LinkedHashMap<>(values);
    more.put(parameter, value);
    return new Parameters(scenario, more);
  }

  /** Those without a value that the instructions speak of or a person is asked for. */
  public List<Parameter> missing() {
    var told = Placeholders.in(scenario.instructions());
    return scenario.parameters().stream()
        .filter(one -> !values.containsKey(one.name()))
        .filter(one -> one.ask() || told.contains(one.name()))
        .toList();
  }

  /** Those without a value that a person in a chat is asked for. */
  public List<Parameter> asked() {
    return missing().stream().filter(Parameter::ask).toList();
  }

  /** The instructions with values; one that is not known is said to be so. */
  public String instructions() {
    return Placeholders.fill(
        scenario.instructions(), name -> values.getOrDefault(name, "(" + name + " not known)"));
  }

  /**
   * The steps whose condition holds; an argument that needs a value that is not known is left out.
   */
  public List<Step> steps() {
    return scenario.evidence().stream().filter(this::holds).map(this::filled).toList();
  }

  private boolean holds(Step step) {
    return step.when()
        .map(when -> when.startsWith("!") != values.containsKey(when.replaceFirst("^!", "")))
        .orElse(true);
  }

  private Step filled(Step step) {
    return new Step(step.tool(), map(step.with()), step.when(), step.limit());
  }

  private Map<String, Object> map(Map<?, ?> with) {
    var filled = new LinkedHashMap<String, Object>();
    with.forEach(
        (key, value) -> value(value).ifPresent(found -> filled.put(String.valueOf(key), found)));
    return filled;
  }

  private Optional<Object> value(Object value) {
    return switch (value) {
      case String text ->
          values.keySet().containsAll(Placeholders.in(text))
              ? Optional.of(Placeholders.fill(text, name -> values.getOrDefault(name, "")))
              : Optional.empty();
      case List<?> list ->
          Optional.of(list.stream().flatMap(item -> value(item).stream()).toList());
      case Map<?, ?> map -> Optional.of(map(map));
      default -> Optional.of(value);
    };
  }
}
