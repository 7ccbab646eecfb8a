package dev.fuse.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.spi.Facts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private static final Scenario SCENARIO =
      ScenarioFile.read(
              "ledger.yaml",
              """
              apiVersion: fuse.dev/v1
              kind: Scenario
              name: ledger
              description: The ledger
              mode: manual
              parameters:
                namespace: {pattern: 'namespace ([a-z-]+)', from: kube-namespace, default: ledger}
                job: {pattern: 'job ([a-z-]+)', ask: true}
                slow: {pattern: '(zz+y)'}
                flag: {pattern: '(lately)'}
              evidence:
                - tool: k8s_logs
                  with:
                    name: '${job}'
                    namespace: '${namespace}'
                    question: '${prompt}'
                    labels: ['app=${job}', 'in=${namespace}']
                    nested: {job: 'x ${job}', lines: 20}
                - {tool: k8s_list, when: job}
                - {tool: k8s_events, when: '!job'}
                - {tool: k8s_top, when: '!namespace'}
                - {tool: git_log, when: flag}
              instructions: In ${namespace}, look at ${job} ${slow}; leave $${job} and ${HOME}.
              """,
              Installed.nothing())
          .scenario()
          .orElseThrow();

  @Test
  void the_prompt_counts_before_a_fact_and_a_fact_before_the_default() {
    var facts = new Facts(Map.of("kube-namespace", "staging"));

    assertThat(of("Why, in Namespace data-x?", facts).values())
        .containsEntry("namespace", "data-x");
    assertThat(of("why?", facts).values()).containsEntry("namespace", "staging");
    assertThat(of("why?", Facts.none()).values()).containsEntry("namespace", "ledger");
  }

  @Test
  void an_argument_without_a_value_is_left_out_and_conditions_hold() {
    var steps = of("why?", Facts.none()).steps();

    assertThat(steps).extracting(Scenario.Step::tool).containsExactly("k8s_logs", "k8s_events");
    assertThat(steps.getFirst().with())
        .containsOnly(
            Map.entry("namespace", "ledger"),
            Map.entry("question", "why?"),
            Map.entry("labels", List.of("in=ledger")),
            Map.entry("nested", Map.of("lines", 20L)));
  }

  @Test
  void what_the_person_answers_fills_the_rest() {
    var parameters = of("why?", Facts.none());

    assertThat(parameters.missing())
        .extracting(Scenario.Parameter::name)
        .containsExactly("job", "slow");
    assertThat(parameters.asked()).extracting(Scenario.Parameter::name).containsExactly("job");
    var answered = parameters.with("job", "reconcile");
    assertThat(answered.instructions())
        .isEqualTo("In ledger, look at reconcile (slow not known); leave ${job} and ${HOME}.");
    assertThat(answered.steps())
        .extracting(Scenario.Step::tool)
        .containsExactly("k8s_logs", "k8s_list");
  }

  @Test
  void a_value_is_never_filled_again() {
    var parameters = of("why? ${job}", Facts.none()).with("job", "${prompt} $1 \\");

    assertThat(parameters.steps().getFirst().with())
        .containsEntry("name", "${prompt} $1 \\")
        .containsEntry("question", "why? ${job}");
  }

  @Test
  void looking_for_a_value_ends_whatever_the_prompt() {
    var regex = new BoundedRegex("((a+)+)+$");

    assertThat(regex.findGroup("a".repeat(3_000) + "!")).isEmpty();
    assertThat(new BoundedRegex("(b+)").findGroup("ab".repeat(5_000))).contains("b");
  }

  private static Parameters of(String prompt, Facts facts) {
    return Parameters.of(SCENARIO, new Question(prompt, facts, ""));
  }
}
