package dev.fuse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds turns out of what Fuse prints that docs/wording.md advises against. */
class WordingTest {

  private static final Path SOURCES = Path.of("src/main/java");

  /** A text of the program, or a sentence of its documentation. */
  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");

  private static final Pattern UNWANTED =
      Pattern.compile(
          String.join(
              "|",
              "(?<!there )\\bis no (?!longer|such|more|answer)[a-z]+",
              "count no more|counts? again|lets? it through",
              "nobody (?:was|is) there",
              "(?:is|being) led\\b|goes on with|gone on with",
              "said nothing|none of the keys",
              "\\bhence\\b|\\bmend(?:ed)?\\b|made anew|stands? twice",
              "\\bnoes\\b|than it may|as it was written"));

  @Test
  void no_text_has_a_turn_that_is_not_wanted() throws IOException {
    var found = new ArrayList<String>();
    for (var file : sources()) {
      var text = Files.readString(file);
      LITERAL
          .matcher(text)
          .results()
          .map(it -> it.group())
          .filter(it -> UNWANTED.matcher(it).find())
          .forEach(it -> found.add(SOURCES.relativize(file) + ": " + it));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void a_turn_that_is_not_wanted_would_be_found() {
    assertThat(UNWANTED.matcher("'x' is no folder").find()).isTrue();
    assertThat(UNWANTED.matcher("nobody was there to confirm it").find()).isTrue();
    assertThat(UNWANTED.matcher("there is no folder 'x'").find()).isFalse();
    assertThat(UNWANTED.matcher("is not a folder").find()).isFalse();
  }

  private static List<Path> sources() {
    try (var files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
