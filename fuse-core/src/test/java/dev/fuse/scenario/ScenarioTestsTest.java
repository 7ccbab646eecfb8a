package dev.fuse.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTestsTest {

  @ParameterizedTest
  @ValueSource(strings = {"It: fails # often", ""})
  void what_the_template_writes_is_valid_and_passes_its_own_tests(String description) {
    var file =
        ScenarioFile.read("ledger.yaml", Template.of("ledger", description), Installed.nothing());

    assertThat(file.problems()).isEmpty();
    assertThat(ScenarioTests.run(List.of(file.scenario().orElseThrow())).failures()).isEmpty();
  }

  @Test
  void a_test_that_fails_an_example_that_others_take_and_one_that_they_find_are_told() {
    var ledger =
        scenario(
            "ledger",
            "[postings differ from balances, the balances differ, pods crash in the cluster]",
            "{prompt: why do pods crash, expect: match}, {prompt: hello, expect: none}");
    var pods = scenario("pods", "[pods crash, pods crash again and again, why do pods crash]", "");

    var tests = ScenarioTests.run(List.of(ledger, pods));

    assertThat(tests.failures())
        .extracting(failure -> failure.scenario() + ": " + failure.test().prompt())
        .containsExactly("ledger: why do pods crash");
    assertThat(tests.collisions())
        .extracting(one -> one.scenario() + ": " + one.example() + " → " + one.taker())
        .containsExactly("ledger: pods crash in the cluster → pods");
    assertThat(tests.leftOut().get("pods").first()).isEqualTo(3);
    assertThat(tests.leftOut().get("ledger"))
        .extracting(ScenarioTests.LeftOut::examples)
        .isEqualTo(3);
  }

  private static Scenario scenario(String name, String examples, String tests) {
    var text =
        """
        apiVersion: fuse.dev/v1
        kind: Scenario
        name: %s
        description: About %s
        match: {examples: %s, keywords: [%s]}
        instructions: Look.
        tests: [%s]
        """
            .formatted(name, name, examples, name, tests);
    return ScenarioFile.read(name + ".yaml", text, Installed.nothing()).scenario().orElseThrow();
  }
}
