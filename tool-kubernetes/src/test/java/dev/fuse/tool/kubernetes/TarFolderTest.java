package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.tool.kubernetes.pod.TarFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarFolderTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "app/../../evil",
        "/etc/evil",
        "other",
        "./../evil",
        "app/../evil",
        "./other/x"
      })
  void an_entry_that_was_not_asked_for_is_refused(String entry) throws Exception {
    var tar = tar(new TarArchiveEntry(entry, true));
    assertThatThrownBy(() -> TarFolder.unpack(tar, "app", folder.resolve("to")))
        .hasMessageContaining(entry);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void links_are_left_out_so_that_nothing_is_written_through_them() throws Exception {
    var link = new TarArchiveEntry("./app/etc", TarArchiveEntry.LF_SYMLINK);
    link.setLinkName("/etc");
    var hard = new TarArchiveEntry("./app/passwd", TarArchiveEntry.LF_LINK);
    hard.setLinkName("/etc/passwd");
    var through = new TarArchiveEntry("./app/etc/evil");
    var report = TarFolder.unpack(tar(link, hard, through), "app", folder.resolve("to"));
    assertThat(report.left()).containsExactly("./app/etc", "./app/passwd");
    assertThat(folder.resolve("to/etc/evil")).exists();
    assertThat(Path.of("/etc/evil")).doesNotExist();
  }

  @Test
  void a_second_entry_of_the_same_name_does_not_replace_the_first() {
    assertThatThrownBy(
            () ->
                TarFolder.unpack(
                    tar(new TarArchiveEntry("app/a"), new TarArchiveEntry("app/a")),
                    "app",
                    folder.resolve("to")))
        .isInstanceOf(IOException.class);
  }

  private static ByteArrayInputStream tar(TarArchiveEntry... entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      for (var entry : entries) {
        var content = "x".getBytes(StandardCharsets.UTF_8);
        if (entry.isFile()) {
          entry.setSize(content.length);
        }
        tar.putArchiveEntry(entry);
        if (entry.isFile()) {
          tar.write(content);
        }
        tar.closeArchiveEntry();
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
