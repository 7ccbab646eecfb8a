package dev.fuse.scenario;

import dev.fuse.scenario.Scenario.Step;
import dev.fuse.scenario.ScenarioClassifier.Clue;
import dev.fuse.scenario.ScenarioClassifier.Clue.Sort;
import dev.fuse.spi.ToolSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Points reading calls at what a question names, so that no tool resolves a name again. */
public final class Aim {

  private static final String QUESTION = "question";

  private Aim() {}

  /**
   * The step with what the clues tell of its tool's systems: a thing that is named stands above
   * what a pattern or a fact supplied, a message only fills what is left open.
   */
  public static Step at(Step step, ToolSpec tool, List<Clue> clues) {
    var with = new LinkedHashMap<String, Object>(step.with());
    var named = new HashSet<String>();
    for (var clue : clues) {
      if (!tool.ceiling().systems().contains(clue.system())) {
        continue;
      }
      if (clue.sort() == Sort.NAME && named.add(clue.system())) {
        fitting(tool, clue).forEach(with::put);
      } else if (clue.sort() == Sort.MESSAGE || clue.sort() == Sort.HINT) {
        fitting(tool, clue).forEach(with::putIfAbsent);
      }
    }
    return new Step(step.tool(), with, step.when(), step.limit());
  }

  /** A call of a diagnoser that no scenario prepared; empty where it needs what is not known. */
  public static Optional<Step> diagnosis(ToolSpec tool, String prompt, List<Clue> clues) {
    var with =
        tool.parameters().properties().containsKey(QUESTION)
            ? Map.<String, Object>of(QUESTION, prompt)
            : Map.<String, Object>of();
    var step = at(new Step(tool.name(), with, Optional.empty(), Optional.empty()), tool, clues);
    return step.with().keySet().containsAll(tool.parameters().required())
        ? Optional.of(step)
        : Optional.empty();
  }

  private static Map<String, Object> fitting(ToolSpec tool, Clue clue) {
    var properties = tool.parameters().properties();
    var fitting = new LinkedHashMap<String, Object>();
    clue.parameters()
        .forEach(
            (name, value) -> {
              if (properties.containsKey(name)) {
                typed(properties.get(name), value).ifPresent(it -> fitting.put(name, it));
              }
            });
    return fitting;
  }

  private static Optional<Object> typed(Map<String, Object> schema, String value) {
    if ("integer".equals(schema.get("type"))) {
      return value.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
    }
    return "string".equals(schema.get("type")) ? Optional.of(value) : Optional.empty();
  }
}
