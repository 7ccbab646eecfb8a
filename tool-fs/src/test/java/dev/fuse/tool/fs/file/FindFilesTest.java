package dev.fuse.tool.fs.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.tool.fs.Desk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindFilesTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
    aged("old.log", "x".repeat(5000), Duration.ofDays(40));
    aged("logs/new.log", "x".repeat(20), Duration.ofMinutes(10));
    aged("src/a.txt", "needle", Duration.ofDays(2));
    desk.write(".gitignore", "build/\n");
    aged("build/out.log", "x".repeat(9000), Duration.ofDays(40));
  }

  @Test
  void age_size_name_and_content_narrow_it_down() {
    assertThat(found("name", "*.log")).containsExactly("logs/new.log", "old.log");
    assertThat(found("older", "30d", "kind", "file")).containsExactly("old.log");
    assertThat(found("newer", "1h", "name", "*.log")).containsExactly("logs/new.log");
    assertThat(found("larger", "4kB")).containsExactly("old.log");
    assertThat(found("content", "ne+dle")).containsExactly("src/a.txt");
    assertThat(found("name", "*.log", "ignored", true, "sort", "size", "limit", 1L))
        .containsExactly("build/out.log");
    assertThat(found("kind", "file", "sort", "oldest", "limit", 1L)).containsExactly("old.log");
  }

  @Test
  void what_is_no_age_and_no_size_is_said() {
    assertThat(desk.refusal("fs_find", "older", "a while").problem()).contains("'a while'");
    assertThat(desk.refusal("fs_find", "larger", "big").hint()).contains("2MB");
  }

  @Test
  void stat_tells_mode_kind_and_checksum() throws IOException {
    Files.writeString(desk.directory.resolve("abc"), "abc");
    assertThat(
            desk.run("fs_stat", "paths", List.of("abc", "logs", "none"), "checksum", "sha256")
                .text())
        .contains("kind text")
        .contains("size 3")
        .contains("mode rw-")
        .contains("sha256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .contains("logs  kind folder")
        .contains("none  problem 'none' is not there");
  }

  @Test
  void usage_names_the_largest_folder_first() throws IOException {
    desk.write("big/deep/x.bin", "x".repeat(100_000));
    assertThat(desk.run("fs_usage").text().lines().toList())
        .element(1)
        .asString()
        .startsWith("big/  100 kB, 87%, 1 file");
    assertThat(desk.run("fs_usage").text()).contains("  deep/  100 kB");
  }

  private List<String> found(Object... arguments) {
    return desk.run("fs_find", arguments)
        .text()
        .lines()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf("  ")))
        .toList();
  }

  private void aged(String name, String content, Duration age) throws IOException {
    Files.setLastModifiedTime(desk.write(name, content), FileTime.from(Instant.now().minus(age)));
  }
}
