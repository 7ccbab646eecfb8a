package dev.fuse.cli.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.agent.Outcome;
import java.util.Arrays;
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
  void every_way_to_end_a_prompt_has_its_own_code() {
    assertThat(Arrays.stream(Outcome.Status.values()).map(ExitCode::of)).doesNotHaveDuplicates();
  }
}
