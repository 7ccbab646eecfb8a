package dev.fuse.cli.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.agent.Outcome;
import dev.fuse.cli.json.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void the_graver_of_several_wins() {
    var found =
        Stream.of(ExitCode.LIMIT, ExitCode.FAILED, ExitCode.UNCONFIRMED, ExitCode.DENIED)
            .reduce(ExitCode.DONE, ExitCode::or);

    assertThat(found).isEqualTo(ExitCode.UNCONFIRMED);
  }

  @Test
  void the_order_is_the_published_one() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
        .containsSubsequence(130, 70, 4, 3, 5, 6, 1, 0);
  }

  @Test
  void each_has_a_number_and_a_meaning_of_its_own() {
    assertThat(ExitCode.byNumber().stream().map(ExitCode::code)).doesNotHaveDuplicates();
    assertThat(ExitCode.byNumber().stream().map(ExitCode::meaning))
        .doesNotHaveDuplicates()
        .noneMatch(String::isBlank);
  }

  @Test
  void a_persons_no_is_not_done_whatever_was_answered() {
    var outcome = Samples.outcome(Outcome.Status.DONE, List.of(Samples.declined("c1")));
    assertThat(ExitCode.of(outcome)).isEqualTo(ExitCode.DENIED);
  }

  @Test
  void every_kind_of_error_ends_with_a_code_that_help_names() {
    assertThat(FuseException.Kind.values())
        .allSatisfy(kind -> assertThat(ExitCode.byNumber()).contains(kind.exitCode()));
  }
}
