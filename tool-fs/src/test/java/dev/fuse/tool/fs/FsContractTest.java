package dev.fuse.tool.fs;

import dev.fuse.spi.FusePlugin;
import dev.fuse.testkit.ToolContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FsContractTest extends ToolContract {

  @TempDir Path root;
  private Desk desk;
  private Process sleeper;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
    sleeper = new ProcessBuilder("sleep", "100").start();
    desk.write("a.txt", "one\ntwo\r\n\u001b[31mred\n");
    desk.write("sub/b.txt", "one\n");
    desk.write("c.json", "{\"a\": \"\\u001b[31m\\r\"}");
    try (var gz = new GZIPOutputStream(Files.newOutputStream(desk.directory.resolve("d.gz")))) {
      gz.write('x');
    }
    desk.write("bad\u001b[2J\nname", "one\n");
  }

  @AfterEach
  void wake() {
    sleeper.destroyForcibly();
  }

  @Override
  protected FusePlugin plugin() {
    return new FsPlugin();
  }

  @Override
  protected FusePlugin opened() {
    return desk.plugin;
  }

  @Override
  protected Path world() {
    return root;
  }

  /** What an undo takes away is kept in the trash. */
  @Override
  protected boolean counts(Path relative) {
    return !relative.startsWith("home/.fuse");
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        Sample.of("fs_list"),
        Sample.of("fs_read", "path", "a.txt"),
        Sample.of("fs_search", "pattern", "o|r"),
        Sample.of("fs_find", "name", "*.txt"),
        Sample.of("fs_stat", "paths", List.of("a.txt", "sub"), "checksum", "md5"),
        Sample.of("fs_usage"),
        Sample.of("fs_get", "path", "c.json"),
        Sample.of("fs_archive_list", "path", "d.gz"),
        Sample.of("fs_archive_extract", "path", "d.gz", "to", "out"),
        Sample.of(
            "fs_plan",
            "steps",
            List.of(
                Map.of("action", "copy", "path", "a.txt", "to", "../x"),
                Map.of("action", "delete", "path", "sub"))),
        Sample.of("fs_write", "path", "new/c.txt", "content", "x\n"),
        Sample.of("fs_edit", "path", "a.txt", "old", "one", "new", "1"),
        Sample.of(
            "fs_edit_many", "edits", List.of(Map.of("path", "a.txt", "old", "one", "new", "1"))),
        Sample.of("fs_restore", "files", List.of(Map.of("path", "sub/b.txt"))),
        Sample.of("process_list", "limit", 3L),
        Sample.of("process_run", "argv", List.of("uname", "-a")),
        Sample.of("process_kill", "pid", sleeper.pid()),
        Sample.of("system_environment", "programs", List.of("sh")),
        Sample.of("system_services"),
        Sample.of("system_reach", "host", "localhost", "port", 1L),
        Sample.of("system_facts", "programs", List.of("sh")),
        Sample.of("system_diagnose", "question", "port 1 in use?"));
  }
}
