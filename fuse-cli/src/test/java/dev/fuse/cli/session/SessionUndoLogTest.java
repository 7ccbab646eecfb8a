package dev.fuse.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Places;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.Undo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionUndoLogTest {

  private static final byte[] CONTENT = "old: ümlaut".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  @Test
  void a_change_is_listed_with_all_that_takes_it_back() throws IOException {
    var log = log("one");
    var reference = log.keep(CONTENT);
    var undo = undo(reference);
    log.record("fs_write", "notes.md", undo);
    log("two").record("fs_edit", "later.md", undo(log.keep(CONTENT)));

    var entries = log("three").entries();

    assertThat(entries).extracting(UndoEntry::summary).contains("later.md", "notes.md");
    var entry =
        entries.stream().filter(each -> each.tool().equals("fs_write")).findFirst().orElseThrow();
    assertThat(entry.undo()).isEqualTo(undo);
    assertThat(entry.conversation()).isEqualTo("one");
    assertThat(log("three").find(reference)).contains(CONTENT);
    try (var files = Files.list(undoFolder())) {
      assertThat(files)
          .hasSize(4)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void after_seven_days_nothing_is_left() throws IOException {
    var reference = log("one").keep(CONTENT);
    log("one").record("fs_write", "notes.md", undo(reference));
    try (var files = Files.list(undoFolder())) {
      for (var file : files.toList()) {
        var old = Instant.now().minus(Duration.ofDays(8));
        Files.setLastModifiedTime(file, FileTime.from(old));
      }
    }

    assertThat(log("two").entries()).isEmpty();
    assertThat(log("two").find(reference)).isEmpty();
    log("two").sweep();
    try (var files = Files.list(undoFolder())) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void of_what_was_taken_back_only_the_name_stays() throws IOException {
    var log = log("one");
    log.record("fs_write", "notes.md", undo(log.keep(CONTENT)));
    var entry = log.entries().getFirst();

    log.remove(entry);

    assertThat(log.entries()).isEmpty();
    assertThat(log.undone())
        .singleElement()
        .satisfies(
            undone -> {
              assertThat(undone.isCalled(entry.shortId())).isTrue();
              assertThat(undone.summary()).isEqualTo("notes.md");
              assertThat(undone.undo().arguments()).isEmpty();
            });
    try (var files = Files.list(undoFolder())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_change_that_took_another_back_names_it() {
    var log = log("one");
    log.record("fs_write", "notes.md", undo(log.keep(CONTENT)));
    var first = log.entries().getFirst();

    log.undoing(Optional.of(first));
    log.record("fs_restore", "notes.md again", undo(log.keep(CONTENT)));
    log.undoing(Optional.empty());
    log.record("fs_write", "other.md", undo(log.keep(CONTENT)));

    assertThat(log.entries())
        .filteredOn(entry -> entry.undoes().isPresent())
        .singleElement()
        .satisfies(entry -> assertThat(entry.undoes()).contains(first.id()));
  }

  @Test
  void a_reference_is_no_path() throws IOException {
    Files.createDirectories(undoFolder());
    Files.writeString(folder.resolve(".fuse/config.yaml"), "model: {key: x}");

    assertThat(log("one").find("../config.yaml")).isEmpty();
    assertThat(log("one").find("00000000000000000000")).isEmpty();
  }

  @Test
  void where_nothing_can_be_kept_the_change_is_not_begun() throws IOException {
    Files.writeString(folder.resolve(".fuse"), "a file");

    assertThatThrownBy(() -> log("one").keep(CONTENT))
        .isInstanceOfSatisfying(
            ToolFailure.class,
            failure -> assertThat(failure.result().hint()).contains("nothing was changed"));
  }

  @Test
  void a_corrupt_entry_is_kept_aside_and_the_others_are_listed() throws IOException {
    var log = log("one");
    log.record("fs_write", "notes.md", undo(log.keep(CONTENT)));
    Files.writeString(undoFolder().resolve("0123456789abcdef.json"), "{\"undo\":1}");

    assertThat(log.entries()).hasSize(1);
    assertThat(notes).singleElement().asString().contains("is corrupt", "kept as");
  }

  private static Undo undo(String reference) {
    return new Undo(
        "fs_restore",
        Map.of("path", "notes.md", "lines", List.of(1L, 2L)),
        "notes.md is as before",
        Optional.of("sha256:1"),
        List.of(reference));
  }

  private Path undoFolder() {
    return folder.resolve(".fuse/undo");
  }

  private SessionUndoLog log(String conversation) {
    var home = Home.of(Places.environment(folder, Map.of()), notes::add);
    return new SessionUndoLog(home, Clock.systemUTC(), conversation);
  }
}
