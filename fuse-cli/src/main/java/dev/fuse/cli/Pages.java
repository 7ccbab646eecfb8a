package dev.fuse.cli;

import dev.fuse.agent.Guidebook;
import dev.fuse.scenario.Library;
import dev.fuse.scenario.Parameters;
import dev.fuse.scenario.ToolRanking;
import dev.fuse.spi.Scenario;
import dev.fuse.spi.ScenarioClassifier;
import dev.fuse.spi.ScenarioClassifier.Classification;
import dev.fuse.spi.ScenarioClassifier.Question;
import dev.fuse.spi.ToolSpec;
import java.util.List;
import java.util.Optional;

/** The guidebook that the installed scenarios make. */
record Pages(Library library, ScenarioClassifier classifier) implements Guidebook {

  @Override
  public Classification classify(Question question) {
    return classifier.classify(question);
  }

  @Override
  public Optional<Scenario> find(String name) {
    return library.find(name);
  }

  @Override
  public List<Scenario> always() {
    return library.always();
  }

  @Override
  public Filled fill(Scenario scenario, Question question) {
    var parameters = Parameters.of(scenario, question);
    return new Filled(
        scenario,
        parameters.instructions(),
        parameters.steps(),
        parameters.missing().stream()
            .map(it -> it.name() + " (" + it.description() + ")")
            .toList());
  }

  @Override
  public List<ToolSpec> rank(String question, List<ToolSpec> tools) {
    return ToolRanking.of(tools).rank(question);
  }
}
