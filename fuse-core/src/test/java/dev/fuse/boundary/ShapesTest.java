package dev.fuse.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ShapesTest {

  private record Vector(String shape, String text, String secret) {}

  private static List<Vector> vectors() throws IOException {
    try (var in = ShapesTest.class.getResourceAsStream("shape-vectors.txt");
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(f -> new Vector(f[0], f[1].replace("\\n", "\n"), f[2].replace("\\n", "\n")))
          .toList();
    }
  }

  @Test
  void there_are_at_least_150_kinds_and_each_has_a_vector() throws IOException {
    var names = SecretFinder.shapes().stream().map(Shapes.Shape::name).toList();

    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(150);
    assertThat(new TreeSet<>(vectors().stream().map(Vector::shape).toList())).containsAll(names);
  }

  @Test
  void each_vector_is_found_by_its_own_shape() throws IOException {
    var missed = new ArrayList<String>();
    for (var vector : vectors()) {
      var shape =
          SecretFinder.shapes().stream().filter(s -> s.name().equals(vector.shape())).findFirst();
      var text = "see " + vector.text() + " there";
      boolean found =
          shape.stream()
              .flatMap(s -> s.words().stream().map(word -> found(s, text, word)))
              .anyMatch(hit -> hit);
      if (!found) {
        missed.add(vector.shape() + ": " + vector.text());
      }
    }

    assertThat(missed).isEmpty();
  }

  private static boolean found(Shapes.Shape shape, String text, String word) {
    var lower = text.toLowerCase(java.util.Locale.ROOT);
    for (int at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
      if (shape.at(text, at) != null) {
        return true;
      }
    }
    return false;
  }

  @Test
  void each_vector_is_masked_alone_quoted_in_prose_and_with_hidden_characters_inside()
      throws IOException {
    var leaks = new ArrayList<String>();
    for (var vector : vectors()) {
      int middle = vector.text().indexOf(vector.secret()) + vector.secret().length() / 2;
      var hidden = vector.text().substring(0, middle) + "\\u200b" + vector.text().substring(middle);
      var coloured =
          vector.text().substring(0, middle) + "\u001b[31m" + vector.text().substring(middle);
      for (var text :
          List.of(
              vector.text(),
              "x = \"" + vector.text() + "\"",
              "I used " + vector.text() + ", and it worked.",
              hidden,
              coloured)) {
        var masked = SecretVault.of(Map.of()).mask(text, "a file");
        if (masked.contains(vector.secret().substring(vector.secret().length() * 3 / 5))) {
          leaks.add(vector.shape() + " in " + text + " -> " + masked);
        }
      }
    }

    assertThat(leaks).isEmpty();
  }

  @Test
  void a_megabyte_of_the_worst_of_each_shape_takes_no_time() throws IOException {
    var slow = new ArrayList<String>();
    for (var vector : vectors()) {
      var word = vector.text().substring(0, Math.min(12, vector.text().length()));
      for (var piece :
          List.of(word, vector.text(), word.substring(0, Math.min(4, word.length())))) {
        var worst = piece.repeat(1_000_000 / piece.length());
        long start = System.nanoTime();
        SecretFinder.spans(worst);
        var took = Duration.ofNanos(System.nanoTime() - start);
        if (took.toMillis() > 2500) {
          slow.add(vector.shape() + " " + piece + " " + took.toMillis() + " ms");
        }
      }
    }

    assertThat(slow).isEmpty();
  }
}
