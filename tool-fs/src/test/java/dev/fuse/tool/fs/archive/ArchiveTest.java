package dev.fuse.tool.fs.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.tool.fs.Desk;
import dev.fuse.tool.fs.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
  }

  @Test
  void a_compressed_tar_is_listed_and_unpacked_with_modes_and_links_and_undone()
      throws IOException {
    tar("a.tgz", "dir/run.sh", "#!/bin/sh\n", "link>dir/run.sh", "");
    assertThat(desk.run("fs_archive_list", "path", "a.tgz").text())
        .contains("2 entries")
        .contains("dir/run.sh  10 B")
        .contains("link -> dir/run.sh");
    var result = desk.run("fs_archive_extract", "path", "a.tgz", "to", "out");
    assertThat(desk.text("out/link")).isEqualTo("#!/bin/sh\n");
    assertThat(AtomicFile.mode(desk.directory.resolve("out/dir/run.sh"))).contains("rwxr-xr-x");
    desk.undo(result.undo().orElseThrow());
    assertThat(desk.directory.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "/etc/evil",
        "a/../../evil",
        "..\\evil",
        "C:\\evil",
        "link>../../..",
        "link>/etc",
        "hop>.;hop/../../x>y",
        "l>dir;l/f"
      })
  void an_entry_that_leaves_the_folder_ends_it_all(String names) throws IOException {
    var entries = new ArrayList<String>();
    for (var name : names.split(";", -1)) {
      entries.add(name);
      entries.add("x");
    }
    tar("evil.tgz", entries.toArray(String[]::new));
    var failed = desk.refusal("fs_archive_extract", "path", "evil.tgz", "to", "out");
    assertThat(failed.problem()).contains("nothing was unpacked");
    assertThat(desk.directory)
        .isDirectoryNotContaining("glob:**/out")
        .isDirectoryNotContaining("glob:**/.fuse-*");
    assertThat(root.resolve("evil")).doesNotExist();
  }

  @Test
  void a_bomb_is_stopped_and_leaves_nothing() throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(desk.directory.resolve("b.zip")))) {
      zip.putNextEntry(new ZipEntry("zeros"));
      var zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    var failed = desk.refusal("fs_archive_extract", "path", "b.zip", "to", "out");
    assertThat(failed.kind()).isEqualTo(Kind.LIMIT);
    assertThat(failed.problem()).contains("made to fill a disk");
    assertThat(
            desk.refusal("fs_archive_extract", "path", "b.zip", "to", "out", "most", "1MB")
                .problem())
        .contains("more than 1.0 MB");
    assertThat(desk.directory).isDirectoryNotContaining("glob:**/.fuse-*");
  }

  @Test
  void names_that_are_one_where_case_does_not_count_are_refused() throws IOException {
    tar("c.tgz", "Readme", "1", "README", "2");
    assertThat(desk.refusal("fs_archive_extract", "path", "c.tgz", "to", "out").problem())
        .contains("differs by case");
  }

  @Test
  void a_zip_a_single_gz_and_what_is_no_archive() throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(desk.directory.resolve("a.zip")))) {
      zip.putNextEntry(new ZipEntry("d/a.txt"));
      zip.write("hi".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    desk.run("fs_archive_extract", "path", "a.zip", "to", "z");
    assertThat(desk.text("z/d/a.txt")).isEqualTo("hi");
    try (OutputStream gz =
        new GZIPOutputStream(Files.newOutputStream(desk.directory.resolve("log.gz")))) {
      gz.write("line\n".getBytes(StandardCharsets.UTF_8));
    }
    desk.run("fs_archive_extract", "path", "log.gz", "to", "g");
    assertThat(desk.text("g/log")).isEqualTo("line\n");
    desk.write("no.zip", "text");
    assertThat(desk.refusal("fs_archive_list", "path", "no.zip").problem())
        .contains("no archive that is known");
    desk.write("torn.zip", "PK\u0003\u0004torn");
    assertThat(desk.refusal("fs_archive_list", "path", "torn.zip").problem()).contains("torn.zip");
  }

  @Test
  void a_folder_that_holds_something_is_not_unpacked_into() throws IOException {
    tar("a.tgz", "x", "1");
    desk.write("out/mine", "1");
    assertThat(desk.refusal("fs_archive_extract", "path", "a.tgz", "to", "out").kind())
        .isEqualTo(Kind.CONFLICT);
  }

  /** Pairs of name and content; {@code name>target} is a link. */
  private void tar(String file, String... pairs) throws IOException {
    try (var tar =
        new TarArchiveOutputStream(
            new GZIPOutputStream(Files.newOutputStream(desk.directory.resolve(file))))) {
      for (int i = 0; i < pairs.length; i += 2) {
        int arrow = pairs[i].indexOf('>');
        var content = pairs[i + 1].getBytes(StandardCharsets.UTF_8);
        if (arrow >= 0) {
          var link =
              new TarArchiveEntry(pairs[i].substring(0, arrow), TarConstants.LF_SYMLINK, true);
          link.setLinkName(pairs[i].substring(arrow + 1));
          tar.putArchiveEntry(link);
        } else {
          var entry = new TarArchiveEntry(pairs[i], true);
          entry.setMode(0100755);
          entry.setSize(content.length);
          tar.putArchiveEntry(entry);
          tar.write(content);
        }
        tar.closeArchiveEntry();
      }
    }
  }
}
