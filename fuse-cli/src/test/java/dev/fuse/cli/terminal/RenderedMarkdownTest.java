package dev.fuse.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RenderedMarkdownTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Screen screen = screen("never");

  @Test
  void blocks_are_rendered_and_wrapped() {
    var text =
        """
        # Title

        Some **bold** and `code` text that is long enough to be wrapped here.

        - one
        - two

        | a | bb |
        |---|---|
        | 1 | 2 |
        """;

    assertThat(rendered(text))
        .isEqualTo(
            """
            Title

            Some bold and code text that is long
            enough to be wrapped here.

            • one
            • two

            a  bb
            ─  ──
            1  2
            """);
  }

  @Test
  void however_the_text_is_cut_the_screen_is_the_same() {
    var text =
        """
        A paragraph that is long enough to need three lines of forty columns, or even more.

        1. first
        2. second with **bold words** in it

        ```sh
        kubectl get pods
        ```

        End [here](https://x.y).
        """;
    var whole = rendered(text);
    bytes.reset();
    var stream = MarkdownStream.to(screen);
    text.codePoints().forEach(c -> stream.accept(Character.toString(c)));
    stream.end();

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(whole);
  }

  @Test
  void the_lines_of_a_long_paragraph_appear_before_its_end() {
    var stream = MarkdownStream.to(screen);
    for (int i = 0; i < 12; i++) {
      stream.accept("word and word ");
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSizeGreaterThan(2);
  }

  @Test
  void nothing_from_outside_moves_the_cursor() {
    assertThat(rendered("a\u001b[2Jb\u202ec\n")).doesNotContain("\u001b", "\u202e");
  }

  @Test
  void colours_are_used_where_they_may_be() {
    var stream = MarkdownStream.to(screen("always"));
    stream.accept("**bold**");
    stream.end();

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\u001b[1mbold\u001b[0m\n");
  }

  private String rendered(String text) {
    var stream = MarkdownStream.to(screen);
    stream.accept(text);
    stream.end();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Screen screen(String color) {
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new Screen(out, out, new Screen.Device(true, true, true, color, 40, false));
  }
}
