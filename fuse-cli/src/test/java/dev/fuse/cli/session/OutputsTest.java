package dev.fuse.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.boundary.Outputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  @Test
  void ids_go_on_after_those_of_an_earlier_process() throws IOException {
    assertThat(files().keep("t", "one")).isEqualTo("o1");
    var later = files();

    assertThat(later.keep("t", "two ⟦secret:x#1⟧")).isEqualTo("o2");
    assertThat(text(later, "o1")).isEqualTo("one");
    assertThat(text(later, "o2")).isEqualTo("two ⟦secret:x#1⟧");
    for (var odd : List.of("o3", "o0", "../o1", "lock", "", "o1/../o2")) {
      assertThat(later.find(odd)).isEmpty();
    }
  }

  @Test
  void the_first_64_megabytes_are_kept_and_it_says_so() throws IOException {
    // Two bytes each, and a pair of surrogates across the border of a piece.
    var text = "x".repeat((1 << 20) - 1) + "🙂" + "ü".repeat(40 << 20);
    for (var outputs : List.of(files(), new TemporaryOutputs(folder))) {
      var kept = text(outputs, outputs.keep("t", text));

      assertThat(kept).endsWith(" MB are kept]").contains("x🙂ü").doesNotContain("?");
      assertThat(kept.length()).isBetween(30 << 20, 34 << 20);
    }
  }

  @Test
  void a_call_that_is_interrupted_does_not_spoil_the_others() throws IOException {
    for (var outputs : List.of(files(), new TemporaryOutputs(folder))) {
      Thread.currentThread().interrupt();
      var id = outputs.keep("t", "whole");
      assertThat(text(outputs, id)).isEqualTo("whole");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(text(outputs, id)).isEqualTo("whole");
    }
  }

  @Test
  void readers_of_one_file_do_not_disturb_each_other() throws IOException {
    try (var outputs = new TemporaryOutputs(folder)) {
      var one = outputs.find(outputs.keep("t", "a\nb")).orElseThrow();
      var two = outputs.find(outputs.keep("t", "c\nd")).orElseThrow();

      assertThat(one.readLine() + two.readLine() + one.readLine() + two.readLine())
          .isEqualTo("acbd");
      try (var left = Files.list(folder)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void what_cannot_be_kept_has_no_id_and_is_told_once() {
    var outputs = new SessionOutputs(() -> Optional.of(folder.resolve("gone")), notes::add);

    assertThat(outputs.keep("t", "text")).isEmpty();
    assertThat(outputs.keep("t", "text")).isEmpty();
    assertThat(notes).singleElement().asString().contains("does not exist");
  }

  private SessionOutputs files() {
    return new SessionOutputs(() -> Optional.of(folder), notes::add);
  }

  private static String text(Outputs outputs, String id) throws IOException {
    try (var reader = outputs.find(id).orElseThrow()) {
      var text = new StringBuilder();
      var buffer = new char[1 << 16];
      for (int got = reader.read(buffer); got >= 0; got = reader.read(buffer)) {
        text.append(buffer, 0, got);
      }
      return text.toString();
    }
  }
}
