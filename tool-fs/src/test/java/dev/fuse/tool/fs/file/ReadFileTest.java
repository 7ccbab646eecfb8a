package dev.fuse.tool.fs.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.tool.fs.Desk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadFileTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
    desk.write(
        "n.txt",
        IntStream.rangeClosed(1, 1000)
            .mapToObj(i -> "line " + i + "\n")
            .collect(Collectors.joining()));
  }

  @Test
  void lines_are_numbered_and_the_rest_is_announced() {
    var text = desk.run("fs_read", "path", "n.txt", "from", 10L, "lines", 2L).text();
    assertThat(text)
        .contains("n.txt lines 10 to 11 (more follow)")
        .contains("10\tline 10\n11\tline 11\n");
    assertThat(text).doesNotContain("line 12");
  }

  @Test
  void a_negative_start_counts_from_the_end() {
    var text = desk.run("fs_read", "path", "n.txt", "from", -2L).text();
    assertThat(text)
        .contains("lines 999 to 1000 of 1000")
        .endsWith("999\tline 999\n1000\tline 1000\n");
  }

  @Test
  void the_end_of_a_file_without_a_last_newline_is_found_across_chunks() throws IOException {
    var line = "x".repeat(99);
    desk.write("big.log", (line + "\n").repeat(5000) + "last");
    assertThat(lines(desk, "big.log", -3L)).containsExactly(line, line, "last");
    assertThat(lines(desk, "big.log", 5000L)).containsExactly(line, "last");
    assertThat(lines(desk, "big.log", -9999L)).hasSize(200);
  }

  @Test
  void beyond_the_end_says_how_many_lines_there_are() {
    assertThat(desk.run("fs_read", "path", "n.txt", "from", 5000L).text())
        .contains("n.txt has 1,000 lines, none from 5000 on");
  }

  @Test
  void a_line_without_end_is_cut_and_the_cut_is_said() throws IOException {
    desk.write("one-line.json", "a".repeat(3_000_000) + "\nnext\n");
    var found = lines(desk, "one-line.json", 1L);
    assertThat(found.getFirst()).hasSizeLessThan(4100).endsWith("more");
    assertThat(found.get(1)).isEqualTo("next");
  }

  @Test
  void what_is_binary_is_named_and_not_printed() throws IOException {
    Files.write(desk.directory.resolve("a.bin"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 0, 0});
    assertThat(desk.run("fs_read", "path", "a.bin").text())
        .contains("a.bin is binary (ELF program or library), 8 B; it begins with 7f 45 4c 46");
  }

  @Test
  void latin_1_and_utf_16_are_read_and_named() throws IOException {
    Files.write(desk.directory.resolve("l.txt"), "Grüße\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(
        desk.directory.resolve("w.txt"), "\uFEFFGrüße\r\nx".getBytes(StandardCharsets.UTF_16LE));
    assertThat(desk.run("fs_read", "path", "l.txt").text())
        .contains("not UTF-8")
        .contains("1\tGrüße");
    assertThat(desk.run("fs_read", "path", "w.txt").text())
        .contains("UTF-16LE")
        .contains("1\tGrüße\n2\tx");
  }

  @Test
  void windows_line_ends_are_said_and_not_shown() throws IOException {
    desk.write("w.bat", "a\r\nb\r\n");
    assertThat(desk.run("fs_read", "path", "w.bat").text())
        .contains("CRLF")
        .endsWith("1\ta\n2\tb\n");
  }

  @Test
  void a_pipe_is_refused_and_not_waited_for() throws Exception {
    new ProcessBuilder("mkfifo", desk.directory + "/pipe").start().waitFor();
    assertThat(desk.refusal("fs_read", "path", "pipe").problem()).contains("pipe or socket");
    assertThat(desk.refusal("fs_read", "path", "/dev/zero").problem()).contains("device");
    assertThat(desk.refusal("fs_write", "path", "pipe", "content", "x").kind())
        .isEqualTo(Kind.INVALID);
  }

  @Test
  void files_of_proc_are_read_though_their_size_is_zero() {
    assertThat(desk.run("fs_read", "path", "/proc/self/status").text()).contains("Name:");
  }

  @Test
  void a_name_that_moves_the_cursor_is_shown_escaped() throws IOException {
    desk.write("a\u001b[2J\nb", "x\n");
    assertThat(desk.run("fs_read", "path", "a\u001b[2J\nb").text())
        .startsWith("\"a\\u001b[2J\\nb\" lines 1 to 1 of 1");
  }

  @Test
  void a_missing_file_and_a_folder_are_told_apart() {
    assertThat(desk.refusal("fs_read", "path", "nope").kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(desk.refusal("fs_read", "path", ".").hint()).contains("fs_list");
  }

  @SuppressWarnings("unchecked")
  private static List<String> lines(Desk desk, String path, long from) {
    var result = desk.run("fs_read", "path", path, "from", from);
    return (List<String>) ((Map<String, Object>) result.structured().orElseThrow()).get("lines");
  }
}
