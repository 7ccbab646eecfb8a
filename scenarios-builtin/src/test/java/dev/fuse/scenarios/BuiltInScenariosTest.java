package dev.fuse.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.scenario.Problem;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.ScenarioTests;
import dev.fuse.scenario.ScenarioTests.LeftOut;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInScenariosTest {

  @Test
  void all_five_are_there_and_whole() {
    var library = BuiltIn.library();

    assertThat(library.entries())
        .flatExtracting(entry -> entry.file().problems())
        .extracting(Problem::toString)
        .allMatch(problem -> problem.contains("is not installed"));
    assertThat(library.names())
        .containsExactly(
            "github-actions-runs",
            "github-actions-secrets",
            "gke-iam",
            "kubernetes-workload",
            "local-environment");
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void each_says_enough_to_be_found_and_little_enough_to_be_paid_for(Scenario scenario) {
    var match = scenario.match();

    assertThat(match.examples()).hasSizeGreaterThanOrEqualTo(15);
    assertThat(match.negatives()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(new HashSet<>(match.examples())).hasSameSizeAs(match.examples());
    assertThat(scenario.evidence()).isNotEmpty();
    assertThat(scenario.sections()).contains("Not checked");
    assertThat(scenario.tests()).extracting(Scenario.Test::matches).contains(true, false);
    assertThat(scenario.instructions()).hasSizeBetween(600, 3_200);
  }

  @Test
  void their_own_tests_pass_and_most_examples_are_found_by_the_others() {
    var tests = ScenarioTests.run(BuiltIn.library().scenarios());

    assertThat(tests.failures()).isEmpty();
    int examples = tests.leftOut().values().stream().mapToInt(LeftOut::examples).sum();
    int found = tests.leftOut().values().stream().mapToInt(LeftOut::first).sum();
    assertThat((double) found / examples).isGreaterThan(0.84);
  }

  static Stream<Scenario> scenarios() {
    var scenarios = BuiltIn.library().scenarios();
    assertThat(scenarios).isNotEqualTo(List.of());
    return scenarios.stream();
  }
}
