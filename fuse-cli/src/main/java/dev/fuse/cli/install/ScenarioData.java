package dev.fuse.cli.install;

import dev.fuse.rule.Rule;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.Scenario.Match;
import dev.fuse.scenario.Scenario.Parameter;
import dev.fuse.scenario.Scenario.Step;

/** Reads a scenario from its fields in a descriptor. */
final class ScenarioData {

  private ScenarioData() {}

  static Scenario read(Fields fields) {
    return new Scenario(
        fields.text("name"),
        fields.text("title"),
        fields.text("description"),
        match(fields.required("match")),
        fields.constant("mode", Scenario.Mode.values()),
        fields.objects("parameters", ScenarioData::parameter),
        fields.objects("evidence", ScenarioData::step),
        fields.texts("tools"),
        fields.texts("deny").stream().map(Rule::parse).toList(),
        fields.texts("ask").stream().map(Rule::parse).toList(),
        fields.text("instructions"),
        fields.texts("sections"),
        fields.objects("tests", it -> new Scenario.Test(it.text("prompt"), it.flag("matches"))));
  }

  private static Match match(Fields fields) {
    return new Match(
        fields.texts("examples"),
        fields.texts("negatives"),
        fields.texts("keywords"),
        fields.textLists("context"),
        fields.texts("require"));
  }

  private static Parameter parameter(Fields fields) {
    return new Parameter(
        fields.text("name"),
        fields.text("description"),
        fields.findText("pattern"),
        fields.findText("from"),
        fields.findText("byDefault"),
        fields.flag("ask"));
  }

  private static Step step(Fields fields) {
    return new Step(
        fields.text("tool"),
        fields.named("with"),
        fields.findText("when"),
        fields.findInteger("limit"));
  }
}
