package dev.fuse.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.rule.Rule;
import dev.fuse.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Feeds changed texts to what reads hostile ones, for some seconds or for as long as {@code
 * -Dfuse.fuzz.seconds} says.
 */
class BoundaryFuzz {

  private static final long SECONDS = Long.getLong("fuse.fuzz.seconds", 5);
  private static final String SECRET = "Xk9vQ2mRt7Lp";

  private interface Case {
    void of(String text);
  }

  private static void each(long seed, Case feed) throws IOException {
    var seeds = seeds();
    long end = System.nanoTime() + SECONDS * 1_000_000_000;
    for (long round = 0; System.nanoTime() < end; round++) {
      var mutation = new Mutation(seed + round);
      var text =
          mutation.of(
              seeds.get(mutation.below(seeds.size())), seeds.get(mutation.below(seeds.size())));
      try {
        feed.of(text);
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError("round " + (seed + round) + ": " + text, e);
      }
    }
  }

  private static List<String> seeds() throws IOException {
    var seeds = new ArrayList<String>();
    LayoutsTest.all().forEach(layout -> seeds.add(layout.text().replace("§", SECRET)));
    seeds.add("process_run(argv:[\"docker\",\"ps\",\"**\"])");
    seeds.add("fs_write(path:\"/srv/**\", risk:HIGH)");
    return seeds;
  }

  @Test
  void masking_ends_soon_and_never_throws() throws IOException {
    each(
        1,
        text -> {
          long start = System.nanoTime();
          SecretVault.of(Map.of()).mask(text, "a file");
          assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(3000);
        });
  }

  @Test
  void masking_again_gives_back_no_more_of_a_text() throws IOException {
    each(
        100_000,
        text -> {
          var vault = SecretVault.of(Map.of());
          var once = vault.mask(text, "a file");
          assertThat(vault.mask(once, "a file").length()).isLessThanOrEqualTo(once.length() + 200);
        });
  }

  @Test
  void no_words_before_make_a_secret_visible() throws IOException {
    var layouts = LayoutsTest.all();
    each(
        200_000,
        text -> {
          var vault = SecretVault.of(Map.of());
          vault.maskWords(text, "the model");
          vault.mask(text, "a file");
          var layout = layouts.get(Math.floorMod(text.hashCode(), layouts.size()));
          if (!layout.kinds().startsWith("b")) {
            var value = "Jw5zT8nBc3Yd";
            assertThat(vault.mask(layout.text().replace("§", value), "another file"))
                .as(layout.name())
                .doesNotContain(value);
          }
        });
  }

  @Test
  void lines_stay_lines_whatever_is_masked() throws IOException {
    each(
        300_000,
        text -> {
          var masked = SecretVault.of(Map.of()).maskLines(text, "a file");
          assertThat(masked.chars().filter(c -> c == '\n').count())
              .isEqualTo(text.chars().filter(c -> c == '\n').count());
        });
  }

  @Test
  void what_is_printed_cannot_act_on_a_terminal() throws IOException {
    each(
        400_000,
        text ->
            assertThat(Printable.line(text).codePoints())
                .allMatch(c -> c >= ' ' && !(c >= 0x7f && c < 0xa0) && c != 0x202e && c != 0x200b));
  }

  @Test
  void a_rule_is_read_or_refused_in_a_sentence() throws IOException {
    each(
        500_000,
        text -> {
          try {
            Rule.parse(text);
          } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        });
  }
}
