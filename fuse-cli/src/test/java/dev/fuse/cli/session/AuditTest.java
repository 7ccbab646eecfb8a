package dev.fuse.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Places;
import dev.fuse.cli.json.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

  @TempDir Path folder;

  @Test
  void what_was_done_is_told_with_who_allowed_it() {
    var audit = filled();

    assertThat(audit.verify()).isEqualTo(new Audit.Check(4, List.of()));
    assertThat(audit.last(2))
        .extracting(
            line -> line.get("tool") + " " + line.get("verdict") + " " + line.get("outcome"))
        .containsExactly("fs_write ask refused", "fs_write ask ok");
    assertThat(audit.last(1).getFirst()).containsEntry("rule", "the person");
  }

  @Test
  void a_changed_line_is_found() throws IOException {
    var audit = filled();
    Files.writeString(file(), Files.readString(file()).replace("refused", "oktoday"));

    assertThat(audit.verify().problems()).containsExactly("line 3 was changed");
  }

  @Test
  void a_line_left_out_or_moved_is_found() throws IOException {
    var audit = filled();
    var lines = new ArrayList<>(Files.readAllLines(file()));
    Collections.swap(lines, 1, 2);
    Files.write(file(), lines);
    assertThat(audit.verify().problems()).hasSize(3);

    Collections.swap(lines, 1, 2);
    lines.remove(1);
    Files.write(file(), lines);
    assertThat(audit.verify().problems())
        .containsExactly("line 2 does not follow the line before it");
  }

  @Test
  void after_a_crash_in_the_middle_of_a_line_the_chain_goes_on() throws IOException {
    var audit = filled();
    Files.writeString(file(), "{\"time\":\"2026", StandardOpenOption.APPEND);
    audit.ended("k", Samples.read("c9"));

    assertThat(audit.verify()).isEqualTo(new Audit.Check(6, List.of("line 5 is not whole")));
    assertThat(audit.last(1).getFirst()).containsEntry("call", "c9");
  }

  @Test
  void several_processes_write_one_chain_and_long_arguments_are_cut() {
    var one = audit();
    var two = audit();
    for (int i = 0; i < 20; i++) {
      one.begun("a", "c" + i, "fs_write", Map.of("content", "x".repeat(100_000)));
      two.begun("b", "c" + i, "fs_write", Map.of("list", List.of("y".repeat(600))));
    }

    assertThat(one.verify()).isEqualTo(new Audit.Check(40, List.of()));
    assertThat(file().toFile().length()).isLessThan(60_000);
    assertThat(one.last(2).getFirst().toString()).contains("… (100000 characters)");
  }

  private Audit filled() {
    var audit = audit();
    audit.ended("k", Samples.read("c1"));
    audit.begun("k", "c2", "fs_write", Map.of("path", "notes.md"));
    audit.ended("k", Samples.refused("c2"));
    audit.ended("k", Samples.written("c3"));
    return audit;
  }

  private Path file() {
    return folder.resolve(".fuse/audit.jsonl");
  }

  private Audit audit() {
    return new Audit(Home.of(Places.environment(folder, Map.of()), _ -> {}), Clock.systemUTC());
  }
}
