package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.tool.kubernetes.look.LogText;
import org.junit.jupiter.api.Test;

class LogTextTest {

  @Test
  void alike_lines_are_told_once_with_a_count() {
    var log = LogText.of("start\nERROR attempt 1: refused\nERROR attempt 2: refused\nend");
    assertThat(log.folded().lines())
        .containsExactly("start", "ERROR attempt 2: refused (×2)", "end");
  }

  @Test
  void control_characters_do_not_reach_a_terminal() {
    assertThat(LogText.of("\u001b[31mred\u001b[0m\u0007\r\n").lines()).containsExactly("red");
  }

  @Test
  void a_line_of_trouble_survives_a_flood() {
    var flood = "FATAL no disk\n" + "line of work\n".repeat(5);
    var text = new StringBuilder(flood);
    for (char letter = 'a'; letter <= 'z'; letter++) {
      text.append("step ").append(letter).append('\n');
    }
    assertThat(LogText.of(text.toString()).folded().capped(6).lines()).contains("FATAL no disk");
  }
}
