package dev.fuse.tool.fs.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.tool.fs.Desk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchFilesTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
    desk.write("src/App.java", "class App {\n  int port = 8080;\n}\n");
    desk.write("src/needle.txt", "nothing\n");
    desk.write("README.md", "Port needle here\r\nsecond\n");
  }

  @Test
  void names_and_lines_are_found() {
    var text = desk.run("fs_search", "pattern", "needle").text();
    assertThat(text).startsWith("1 line, 1 name; 3 files searched\n");
    assertThat(text).contains("src/needle.txt\n").contains("README.md:1: Port needle here\n");
  }

  @Test
  void nested_gitignore_is_respected_and_negation_too() throws IOException {
    Files.createDirectory(desk.directory.resolve(".git"));
    desk.write(".git/config", "needle");
    desk.write(".git/info/exclude", "excluded.txt\n");
    desk.write(".gitignore", "*.log\n/build/\n");
    desk.write("sub/.gitignore", "!keep.log\nsecret/\n");
    for (var name :
        new String[] {
          "a.log",
          "sub/keep.log",
          "sub/drop.log",
          "build/x",
          "sub/build/x",
          "sub/secret/x",
          "excluded.txt"
        }) {
      desk.write(name, "find-me\n");
    }
    var text = desk.run("fs_search", "pattern", "find-me").text();
    assertThat(text).contains("sub/keep.log:1").contains("sub/build/x:1");
    assertThat(text).startsWith("2 lines;");
    var below = desk.run("fs_search", "pattern", "find-me", "path", "sub").text();
    assertThat(below).startsWith("2 lines;");
  }

  @Test
  void credential_files_are_named_and_not_searched_unless_they_are_the_path() throws IOException {
    desk.write(".env", "TOKEN=needle\n");
    var text = desk.run("fs_search", "pattern", "TOKEN").text();
    assertThat(text).contains("nothing found").contains("may hold credentials").contains(".env");
    assertThat(desk.run("fs_search", "pattern", "TOKEN", "path", ".env").text()).contains(".env:1");
  }

  @Test
  void a_link_is_not_followed_out_of_the_tree() throws IOException {
    Files.writeString(root.resolve("outside.txt"), "find-me");
    Files.createSymbolicLink(desk.directory.resolve("link.txt"), root.resolve("outside.txt"));
    Files.createSymbolicLink(desk.directory.resolve("up"), root);
    assertThat(desk.run("fs_search", "pattern", "find-me").text()).startsWith("nothing found");
  }

  @Test
  void binaries_pipes_and_the_glob_are_minded() throws Exception {
    Files.write(desk.directory.resolve("b.bin"), "needle\0needle".getBytes(StandardCharsets.UTF_8));
    new ProcessBuilder("mkfifo", desk.directory + "/pipe").start().waitFor();
    assertThat(desk.run("fs_search", "pattern", "nee.le", "glob", "*.bin").text())
        .isEqualTo("nothing found; 1 file searched; skipped: 1 binary\n");
    desk.write("late.bin", "text ".repeat(200) + "\0needle");
    assertThat(desk.run("fs_search", "pattern", "needle", "path", "late.bin").text())
        .startsWith("nothing found; 1 file searched; skipped: 1 binary");
    assertThat(desk.run("fs_search", "pattern", "class", "glob", "**/*.java").text())
        .contains("App.java:1");
    assertThat(desk.run("fs_search", "pattern", "Port", "glob", "**/*.md").text())
        .contains("README.md:1");
  }

  @ParameterizedTest
  @CsvSource({
    "'int port = \\d+;', 2",
    "'^class', 1",
    "'}$', 3",
    "'(?i)CLASS', 1",
    "'po(r|x)t', 2",
    "'class|port', 1",
    "'8080', 2",
    "'[a-z]+ App', 1",
    "'port.{0,5}80{2}', ''",
    "'8{1}080', 2",
    "'x*8080', 2",
    "'\\{', 1",
    "'nix|8080', 2",
    "'(?i)NIX|PORT', 2",
    "'(class|none)', 1",
    "'(?:int) p', 2",
    "'(?i:CLASS)', 1",
    "'none|x{0}class', 1",
    "'(a|b)?class', 1",
    "'}}|t p|class Ap+', 1",
    "'CLASS|8080', 2",
    "'none|\\x38080', 2",
    "'[|]none|8080', 2",
    "'nix|nax', ''"
  })
  void every_kind_of_expression_finds_the_same_as_the_jdk(String pattern, String line) {
    var text = desk.run("fs_search", "pattern", pattern, "glob", "*.java").text();
    if (line == null || line.isEmpty()) {
      assertThat(text).startsWith("nothing found");
      return;
    }
    assertThat(text).contains("App.java:" + line + ":");
  }

  @Test
  void lines_are_numbered_right_across_chunks() throws IOException {
    desk.write(
        "big.log", "some line of text\n".repeat(100_000) + "found é it\n" + "rest\n".repeat(10));
    assertThat(desk.run("fs_search", "pattern", "found é it").text())
        .contains("big.log:100001: found é it");
    assertThat(desk.run("fs_search", "pattern", "fo.nd . it").text())
        .contains("big.log:100001: found é it");
  }

  @Test
  void the_limit_stops_it_and_says_so() throws IOException {
    desk.write("many.txt", "hit\n".repeat(500));
    assertThat(desk.run("fs_search", "pattern", "hit", "path", "many.txt", "limit", 7L).text())
        .startsWith("7 lines;")
        .contains("stopped at the limit of 7, there is more");
    assertThat(desk.run("fs_search", "pattern", "hit").text()).contains("more in many.txt");
  }

  @Test
  void a_wrong_expression_is_explained() {
    var failed = desk.refusal("fs_search", "pattern", "a(b");
    assertThat(failed.problem()).contains("'a(b'").contains("no regular expression");
  }
}
