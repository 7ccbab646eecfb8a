package dev.fuse.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RenderedMarkdownTest {

  private static final String ALL =
      """
      # Why checkout crashes

      Its **memory limit** is `256Mi`, and it needs *more*: see [the graph](https://x.y/g) or ~~guess~~.
      | it is not

      1. first, which is long enough to be wrapped
         - nested with **bold words** in it

      2. second

      ```sh
      kubectl get pods --namespace payments --output wide
      ```
      > quoted text which is also long enough to be wrapped

      | pod | restarts | 理由 |
      |---|--:|---|
      | checkout-7d9c | 12 | OOMKilled by the kernel |
      | **cart** | 3 | 内存不足 |

      ---
      End of *it with a mark that stays open.
      """;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void every_kind_of_block_is_rendered_and_fits_the_width() {
    assertThat(rendered(ALL, "never", 44))
        .isEqualTo(
            """
            ● Why checkout crashes

              Its memory limit is `256Mi`, and it needs
              more: see the graph (https://x.y/g) or
              guess. | it is not

              1. first, which is long enough to be
                 wrapped
                 • nested with bold words in it

              2. second

                kubectl get pods --namespace payments --output wide
              │ quoted text which is also long enough to
              │ be wrapped

              pod            restarts  理由
              ─────────────  ────────  ─────────────────
              checkout-7d9c        12  OOMKilled by the
                                       kernel
              cart                  3  内存不足

              ────────────────────────────────────────
              End of *it with a mark that stays open.
            """);
  }

  @Test
  void however_the_text_is_cut_the_screen_is_the_same() {
    var random = new Random(7);
    for (int width = 40; width < 90; width += 7) {
      var whole = rendered(ALL, "always", width);
      bytes.reset();
      var stream = MarkdownStream.to(screen("always", width));
      for (int at = 0; at < ALL.length(); ) {
        int end = Math.min(ALL.length(), at + 1 + random.nextInt(5));
        stream.accept(ALL.substring(at, end));
        at = end;
      }
      stream.end();

      // Where a piece ends its style is ended too, and begun again.
      assertThat(plain(shown())).isEqualTo(plain(whole));
    }
  }

  @Test
  void words_appear_as_they_come_and_wait_for_an_open_mark() {
    var stream = MarkdownStream.to(screen("never", 40));

    stream.accept("The pod is **kil");
    assertThat(shown()).isEqualTo("● The pod is");
    stream.accept("led** by ");
    assertThat(shown()).isEqualTo("● The pod is killed by");
    stream.accept("it[1] ");
    assertThat(shown()).isEqualTo("● The pod is killed by it[1]");
  }

  @Test
  void a_line_of_code_appears_when_it_is_whole_and_a_table_with_its_last_row() {
    var stream = MarkdownStream.to(screen("never", 40));

    stream.accept("```\nls -l\nrm ");
    assertThat(shown()).isEqualTo("●   ls -l");
    stream.accept("x\n```\n\na | b\n--|--\n1 | 2\n");
    assertThat(shown()).isEqualTo("●   ls -l\n    rm x\n");
    stream.accept("\nText ");
    assertThat(shown()).isEqualTo("●   ls -l\n    rm x\n\n  a  b\n  ─  ─\n  1  2\n\n  Text");
  }

  @Test
  void where_the_columns_of_a_table_cannot_fit_each_row_is_a_list() {
    assertThat(
            rendered(
                """
                | namespace | deployment | container | image |
                |---|---|---|---|
                | payments | checkout | app | registry.example/checkout:1.2 |
                """,
                "never",
                40))
        .isEqualTo(
            """
            ● namespace: payments
              deployment: checkout
              container: app
              image: registry.example/checkout:1.2
            """);
  }

  @Test
  void nothing_from_outside_moves_the_cursor_even_in_pieces() {
    var stream = MarkdownStream.to(screen("never", 40));
    stream.accept("a\u001b");
    stream.accept("[2Jb\u202ec `\u001b[31m` \ud83d");
    stream.accept("\ude00 \u001b]8;;http://x\u0007y\n");
    stream.end();

    assertThat(shown()).isEqualTo("● ab\\u202ec `` 😀 y\n");
  }

  @Test
  void colours_are_used_where_they_may_be() {
    assertThat(rendered("**bold** `code`", "always", 40))
        .isEqualTo("● \u001b[1mbold\u001b[0m \u001b[36mcode\u001b[0m\n");
  }

  @Test
  void a_pipe_gets_it_as_it_came() {
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var pipe = new Screen(out, out, new Screen.Device(true, false, true, "auto", 40, false));
    var stream = MarkdownStream.to(pipe);
    stream.accept("**a** ");
    stream.accept("| b");
    stream.end();

    assertThat(shown()).isEqualTo("**a** | b\n");
  }

  private String rendered(String text, String color, int width) {
    bytes.reset();
    var stream = MarkdownStream.to(screen(color, width));
    stream.accept(text);
    stream.end();
    return shown();
  }

  private static String plain(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "");
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Screen screen(String color, int width) {
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new Screen(out, out, new Screen.Device(true, true, false, color, width, false));
  }
}
