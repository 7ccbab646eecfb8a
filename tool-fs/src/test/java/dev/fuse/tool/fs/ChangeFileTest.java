package dev.fuse.tool.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Verb;
import dev.fuse.tool.fs.file.AtomicFile;
import dev.fuse.tool.fs.file.Content;
import dev.fuse.tool.fs.file.FileChange;
import dev.fuse.tool.fs.file.FileChanges;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeFileTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
    desk.write("app.yaml", "name: shop\nreplicas: 1\nimage: shop:1\n");
  }

  @Test
  void preparing_shows_a_diff_and_changes_nothing() throws IOException {
    var action =
        desk.prepare("fs_edit", "path", "app.yaml", "old", "replicas: 1", "new", "replicas: 3");
    assertThat(action.preview().orElseThrow().get().body())
        .isEqualTo(
            """
            --- a/app.yaml
            +++ b/app.yaml
            @@ -1,3 +1,3 @@
             name: shop
            -replicas: 1
            +replicas: 3
             image: shop:1
            """);
    assertThat(desk.text("app.yaml")).contains("replicas: 1");
  }

  @Test
  void an_edit_keeps_the_mode_and_is_undone_byte_for_byte() throws IOException {
    var file = desk.directory.resolve("app.yaml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    var result = desk.run("fs_edit", "path", "app.yaml", "old", "shop:1", "new", "shop:2");
    assertThat(desk.text("app.yaml")).contains("shop:2");
    assertThat(AtomicFile.mode(file)).contains("rwxr-x--x");
    var undone = desk.undo(result.undo().orElseThrow());
    assertThat(desk.text("app.yaml")).isEqualTo("name: shop\nreplicas: 1\nimage: shop:1\n");
    assertThat(AtomicFile.mode(file)).contains("rwxr-x--x");
    desk.undo(undone.undo().orElseThrow());
    assertThat(desk.text("app.yaml")).contains("shop:2");
  }

  @Test
  void a_new_file_and_its_folders_are_made_and_removed_again() throws IOException {
    var result = desk.run("fs_write", "path", "a/b/c.txt", "content", "hi\n");
    assertThat(desk.text("a/b/c.txt")).isEqualTo("hi\n");
    desk.undo(result.undo().orElseThrow());
    assertThat(desk.directory.resolve("a")).doesNotExist();
    assertThat(desk.directory).isDirectory();
  }

  @Test
  void a_folder_that_holds_something_else_by_now_stays() throws IOException {
    var result = desk.run("fs_write", "path", "a/b/c.txt", "content", "hi\n");
    desk.write("a/other.txt", "mine");
    desk.undo(result.undo().orElseThrow());
    assertThat(desk.directory.resolve("a/b")).doesNotExist();
    assertThat(desk.text("a/other.txt")).isEqualTo("mine");
  }

  @Test
  void an_approved_change_of_a_file_that_has_changed_since_writes_nothing() throws IOException {
    var action = desk.prepare("fs_write", "path", "app.yaml", "content", "mine\n");
    desk.write("app.yaml", "theirs\n");
    assertThatThrownBy(() -> desk.run(action))
        .isInstanceOfSatisfying(
            ToolFailure.class, e -> assertThat(e.result().kind()).isEqualTo(Kind.CONFLICT));
    assertThat(desk.text("app.yaml")).isEqualTo("theirs\n");
  }

  @Test
  void a_link_put_in_between_does_not_carry_the_write_elsewhere() throws IOException {
    var action = desk.prepare("fs_write", "path", "sub/x.txt", "content", "mine\n");
    var outside = Files.createDirectories(root.resolve("victim"));
    Files.createSymbolicLink(desk.directory.resolve("sub"), outside);
    assertThatThrownBy(() -> desk.run(action)).isInstanceOf(ToolFailure.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void a_write_through_a_link_keeps_the_link_and_names_where_it_leads() throws IOException {
    Files.createSymbolicLink(desk.directory.resolve("current.yaml"), Path.of("app.yaml"));
    var action = desk.prepare("fs_write", "path", "current.yaml", "content", "new\n");
    assertThat(action.summary()).contains("app.yaml").contains("through the link current.yaml");
    desk.run(action);
    assertThat(desk.directory.resolve("current.yaml")).isSymbolicLink();
    assertThat(desk.text("app.yaml")).isEqualTo("new\n");
  }

  @Test
  void text_that_stands_more_than_once_is_not_edited_and_the_lines_are_named() throws IOException {
    desk.write("d.txt", "a\nx\na\n");
    assertThat(desk.refusal("fs_edit", "path", "d.txt", "old", "a", "new", "b").problem())
        .contains("2 times")
        .contains("lines 1, 3");
  }

  @Test
  void text_that_is_not_there_is_answered_with_the_nearest_line() {
    var failed =
        desk.refusal("fs_edit", "path", "app.yaml", "old", "replica: 1", "new", "replicas: 2");
    assertThat(failed.problem()).isEqualTo("'old' does not stand in 'app.yaml'");
    assertThat(failed.hint()).contains("line 2: replicas: 1");
  }

  @Test
  void windows_line_ends_and_latin_1_survive_an_edit() throws IOException {
    var file = desk.directory.resolve("l.txt");
    Files.write(file, "Größe\r\nb\r\n".getBytes(StandardCharsets.ISO_8859_1));
    desk.run("fs_edit", "path", "l.txt", "old", "Größe\nb", "new", "Maß\nc");
    assertThat(Files.readAllBytes(file))
        .isEqualTo("Maß\r\nc\r\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(desk.refusal("fs_edit", "path", "l.txt", "old", "c", "new", "€").problem())
        .contains("ISO-8859-1");
  }

  @Test
  void a_secret_is_filled_in_after_approval_and_never_shown() throws IOException {
    desk.secrets.put("new", "password: hunter2");
    var action =
        desk.prepare(
            "fs_edit", "path", "app.yaml", "old", "name: shop", "new", "password: ⟦secret:db#1⟧");
    assertThat(action.preview().orElseThrow().get().body())
        .contains("⟦secret:db#1⟧")
        .doesNotContain("hunter2");
    var result = desk.run(action);
    assertThat(desk.text("app.yaml")).startsWith("password: hunter2\n");
    assertThat(result.text()).doesNotContain("hunter2");
    desk.undo(result.undo().orElseThrow());
    assertThat(desk.text("app.yaml")).startsWith("name: shop\n");
  }

  @Test
  void creating_and_replacing_are_told_apart() {
    assertThat(desk.effect("fs_write", "path", "new.txt", "content", "x").verb())
        .isEqualTo(Verb.CREATE);
    assertThat(desk.effect("fs_write", "path", "app.yaml", "content", "x").verb())
        .isEqualTo(Verb.UPDATE);
  }

  @Test
  void a_disk_that_is_full_leaves_the_old_content_and_no_rest() throws IOException {
    var full = Path.of("/dev/full");
    assertThat(Files.exists(full)).isTrue();
    var failure = Trouble.of(new FileSystemException("x", null, "No space left on device"), "x");
    assertThat(failure.result().kind()).isEqualTo(Kind.LIMIT);
    assertThat(failure.result().problem()).contains("nothing was changed");
  }

  @Test
  void many_edits_are_one_change_and_one_undo() throws IOException {
    desk.write("b.txt", "one two\n");
    var edits =
        List.of(
            edit("app.yaml", "name: shop", "name: store"),
            edit("b.txt", "one", "1"),
            edit("app.yaml", "store", "STORE"));
    var result = desk.run("fs_edit_many", "edits", edits);
    assertThat(desk.text("app.yaml")).startsWith("name: STORE\n");
    assertThat(desk.text("b.txt")).isEqualTo("1 two\n");
    desk.undo(result.undo().orElseThrow());
    assertThat(desk.text("app.yaml")).startsWith("name: shop\n");
    assertThat(desk.text("b.txt")).isEqualTo("one two\n");
  }

  @Test
  void one_edit_that_does_not_fit_leaves_all_files_as_they_are() throws IOException {
    var edits = List.of(edit("app.yaml", "shop:1", "shop:2"), edit("app.yaml", "shop:1", "x"));
    assertThat(desk.refusal("fs_edit_many", "edits", edits).problem()).startsWith("edit 2: 'old'");
    assertThat(desk.text("app.yaml")).contains("shop:1");
  }

  @Test
  void a_write_that_fails_half_way_takes_the_first_back() throws IOException {
    desk.write("b.txt", "b\n");
    var place = Place.of(desk.context);
    var changes =
        List.of("app.yaml", "b.txt").stream()
            .map(place::locate)
            .map(
                at ->
                    FileChange.of(
                        place,
                        at,
                        Content.of(at),
                        Content.of("new".getBytes(StandardCharsets.UTF_8))))
            .toList();
    // Once all has been looked at, and before anything is written, a folder takes the second's
    // name.
    FileChanges.Fill fill =
        (change, call) -> {
          try {
            if (change.location().shown().equals("b.txt")) {
              Files.delete(change.location().real());
              desk.write("b.txt/full", "x");
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return change.after();
        };
    var action = new FileChanges(place, changes, fill, List.of()).action("edit");
    assertThatThrownBy(() -> desk.run(action)).isInstanceOf(ToolFailure.class);
    assertThat(desk.text("app.yaml")).startsWith("name: shop\n");
    assertThat(desk.directory).isDirectoryNotContaining("glob:**/.fuse-*");
  }

  @Test
  void a_path_through_a_file_and_a_folder_as_file_are_refused() {
    assertThat(desk.refusal("fs_write", "path", "app.yaml/x", "content", "x").problem())
        .contains("app.yaml' is no folder");
    assertThat(desk.refusal("fs_write", "path", ".", "content", "x").problem())
        .contains("is a folder");
  }

  private static Map<String, Object> edit(String path, String old, String replacement) {
    return Map.of("path", path, "old", old, "new", replacement);
  }
}
