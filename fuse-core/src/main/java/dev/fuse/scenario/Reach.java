package dev.fuse.scenario;

import dev.fuse.scenario.ScenarioClassifier.Clue;
import dev.fuse.spi.ToolSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the tools of a scenario look at, and whether they are there. */
record Reach(Installed installed) {

  /** The systems that its evidence looks at; those of its tools where it has no evidence. */
  Set<String> systems(Scenario scenario) {
    var ofSteps = systems(scenario.evidence().stream().map(Scenario.Step::tool));
    return ofSteps.isEmpty() ? systems(scenario.tools().stream()) : ofSteps;
  }

  /** Those clues that speak for this scenario. */
  List<Clue> clues(Scenario scenario, List<Clue> clues) {
    if (clues.isEmpty()) {
      return List.of();
    }
    var systems = systems(scenario);
    return clues.stream()
        .filter(
            clue ->
                clue.scenario().isEmpty()
                    ? systems.contains(clue.system())
                    : clue.scenario().equals(scenario.name()))
        .toList();
  }

  /** Whether half of its tools are there, or nothing is known of tools. */
  boolean usable(Scenario scenario) {
    var wanted =
        Stream.concat(
                scenario.evidence().stream().map(Scenario.Step::tool), scenario.tools().stream())
            .distinct()
            .toList();
    long there = wanted.stream().filter(tool -> installed.find(tool).isPresent()).count();
    return installed.tools().isEmpty() || 2 * there >= wanted.size();
  }

  private Set<String> systems(Stream<String> tools) {
    var systems = new LinkedHashSet<String>();
    tools
        .flatMap(tool -> installed.find(tool).stream())
        .map(ToolSpec::ceiling)
        .forEach(ceiling -> systems.addAll(ceiling.systems()));
    return systems;
  }
}
