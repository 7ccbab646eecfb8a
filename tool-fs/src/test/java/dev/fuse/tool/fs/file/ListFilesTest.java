package dev.fuse.tool.fs.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.tool.fs.Desk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListFilesTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
    desk.write("a.txt", "12345");
    desk.write("src/deep/x.java", "123");
    desk.write("target/big.bin", "1234567890");
    desk.write(".gitignore", "target/\n");
  }

  @Test
  void a_tree_has_sizes_counts_links_and_ignored_folders() throws IOException {
    Files.createSymbolicLink(desk.directory.resolve("gone"), Path.of("nowhere"));
    desk.write("bad\nname", "");
    assertThat(desk.run("fs_list").text())
        .isEqualTo(
            """
            %s  3 folders, 6 files, 26 B
            .gitignore  8 B
            a.txt  5 B
            "bad\\nname"  0 B
            gone -> nowhere  (broken)
            src/  1 folder, 1 file, 3 B
              deep/  1 file, 3 B
            target/  ignored: 1 file, 10 B
            """
                .formatted(desk.directory));
  }

  @Test
  void a_folder_with_more_entries_than_the_limit_says_how_many_more() throws IOException {
    for (int i = 0; i < 30; i++) {
      desk.write("many/f%02d".formatted(i), "x");
    }
    var text = desk.run("fs_list", "path", "many", "limit", 5L).text();
    assertThat(text)
        .contains("30 files, 30 B")
        .contains("f04")
        .doesNotContain("f05")
        .contains("… 25 more entries");
  }

  @Test
  void a_file_is_no_folder() {
    assertThat(desk.refusal("fs_list", "path", "a.txt").hint()).contains("fs_read");
  }
}
