package dev.fuse.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.scenario.ScenarioClassifier.Clue;
import org.junit.jupiter.api.Test;

class SignaturesTest {

  private static final String FILE =
      """
      apiVersion: fuse.dev/v1
      kind: Signatures
      system: machine
      scenario: local-environment
      signatures:
        - says: [EADDRINUSE, address already in use]
          pattern: 'in use.*:(?<port>\\d{2,5})'
          tool: system_diagnose
          settles: true
          about: a port that something else holds
        - {says: [command not found], about: a program that is missing}
      """;

  private final Signatures signatures = Signatures.of(SignatureFile.read("f", FILE).signatures());

  @Test
  void a_message_is_found_in_any_case_with_what_it_tells() {
    assertThat(signatures.find("npm start\nError: Address already in use :::3000\nbye"))
        .singleElement()
        .satisfies(
            clue -> {
              assertThat(clue.sort()).isEqualTo(Clue.Sort.MESSAGE);
              assertThat(clue.text())
                  .isEqualTo("'Address already in use': a port that something else holds");
              assertThat(clue.parameters()).containsEntry("port", "3000");
            });
    assertThat(signatures.find("zsh: command not found: kubctl"))
        .extracting(Clue::sort)
        .containsExactly(Clue.Sort.HINT);
  }

  @Test
  void its_pattern_must_be_on_the_same_line() {
    assertThat(signatures.find("address already in use\n:3000")).isEmpty();
    assertThat(signatures.find("")).isEmpty();
  }

  @Test
  void mistakes_in_a_file_are_named_with_their_place() {
    var read =
        SignatureFile.read("f", FILE.replace("'in use", "'(in use").replace("tool:", "tol:"));

    assertThat(read.signatures()).isEmpty();
    assertThat(read.problems())
        .extracting(Problem::toString)
        .anyMatch(it -> it.contains("pattern"));
    assertThat(read.problems()).extracting(Problem::toString).anyMatch(it -> it.contains("'tol'"));
  }
}
