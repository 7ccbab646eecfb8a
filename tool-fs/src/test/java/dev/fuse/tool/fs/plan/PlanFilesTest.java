package dev.fuse.tool.fs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.spi.Action;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Undo;
import dev.fuse.tool.fs.Desk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFilesTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
    for (var name :
        List.of("a.log", "b.log", "photo.JPG", "notes.txt", "old/x.txt", "app/.git/HEAD")) {
      desk.write(name, name);
    }
  }

  @Test
  void a_messy_folder_is_put_in_order_and_back() throws IOException {
    var before = tree();
    var result =
        plan(
            step("move", "*.log", "logs/"),
            step("move", "photo.JPG", "media/photo.jpg"),
            step("copy", "notes.txt", "docs/"),
            step("delete", "old"),
            step("folder", "empty/deep"));
    assertThat(tree().keySet())
        .containsExactlyInAnyOrder(
            "app",
            "app/.git",
            "app/.git/HEAD",
            "logs",
            "logs/a.log",
            "logs/b.log",
            "media",
            "media/photo.jpg",
            "docs",
            "docs/notes.txt",
            "notes.txt",
            "empty",
            "empty/deep");
    desk.undo(result);
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void a_step_sees_what_earlier_steps_have_made() throws IOException {
    plan(
        step("move", "old", "new"),
        step("move", "new/x.txt", "y.txt"),
        step("move", "notes.txt", "new/x.txt"),
        step("move", "y.txt", "notes.txt"));
    assertThat(desk.text("notes.txt")).isEqualTo("old/x.txt");
    assertThat(desk.text("new/x.txt")).isEqualTo("notes.txt");
  }

  @Test
  void preparing_tells_what_cannot_be_made() {
    assertThat(problem(step("move", "a.log", "b.log")))
        .contains("step 1", "'b.log' is there already");
    assertThat(problem(step("delete", "b.log"), step("move", "b.log", "c")))
        .contains("step 2", "any more at this step");
    assertThat(problem(step("move", "old", "old/in/itself"))).contains("cannot go into itself");
    assertThat(problem(step("move", "a.log", "notes.txt/x"))).contains("is no folder");
    assertThat(problem(step("delete", "."))).contains("working directory");
    assertThat(problem(step("delete", ".."))).contains("working directory");
    assertThat(problem(step("move", "*.nothing", "x/"))).contains("nothing fits");
    assertThat(problem(step("copy", "a.log", "x"), step("copy", "b.log", "x")))
        .contains("step 2", "at this step");
    assertThat(problem(Map.of("action", "move", "path", "a.log"))).contains("needs 'to'");
  }

  @Test
  void the_preview_names_every_file_and_what_ought_to_be_known() throws IOException {
    Files.createSymbolicLink(desk.directory.resolve("link"), Path.of("old/x.txt"));
    var body =
        prepared(step("move", "a.log", "NOTES.TXT"), step("move", "link", "sub/link"))
            .preview()
            .orElseThrow()
            .get()
            .body();
    assertThat(body)
        .contains("move    a.log → NOTES.TXT\n")
        .contains("'NOTES.TXT' and 'notes.txt' in . differ by case only")
        .contains("the link link leads to old/x.txt and will be broken in sub/link");
  }

  @Test
  void what_goes_into_one_folder_stands_below_it() {
    var body =
        prepared(
                step("move", "*.log", "logs/"),
                step("move", "old/x.txt", "logs/y.txt"),
                step("delete", "notes.txt"),
                step("copy", "photo.JPG", "p/"))
            .preview()
            .orElseThrow()
            .get()
            .body();
    assertThat(body)
        .isEqualTo(
            """
            move into logs/
                    a.log
                    b.log
                    old/x.txt → y.txt
            delete  notes.txt
            copy    photo.JPG → p/photo.JPG
            """);
  }

  @Test
  void a_link_that_stays_behind_is_noted() throws IOException {
    Files.createSymbolicLink(desk.directory.resolve("current"), Path.of("notes.txt"));
    var body = prepared(step("move", "notes.txt", "n/")).preview().orElseThrow().get().body();
    assertThat(body).contains("note    the link current leads to notes.txt and will be broken");
    assertThat(
            prepared(step("move", "notes.txt", "n/"), step("move", "current", "n/"))
                .preview()
                .orElseThrow()
                .get()
                .body())
        .doesNotContain("note    ");
  }

  @Test
  void an_emptied_folder_that_is_tidied_away_comes_back() throws IOException {
    var before = tree();
    var undo = plan(step("move", "old/x.txt", "y.txt"), step("tidy", "old"));
    assertThat(desk.directory.resolve("old")).doesNotExist();
    desk.undo(undo);
    assertThat(tree()).isEqualTo(before);
    var action =
        prepared(
            step("move", "old/x.txt", "y.txt"),
            step("tidy", "old"),
            step("move", "notes.txt", "n/notes.txt"));
    desk.write("n", "in the way");
    assertThatThrownBy(() -> desk.run(action)).hasMessageContaining("taken back");
    assertThat(desk.text("old/x.txt")).isEqualTo("old/x.txt");
  }

  @Test
  void a_failure_in_the_middle_takes_everything_back() throws IOException {
    var before = tree();
    var action =
        prepared(
            step("move", "*.log", "logs/"),
            step("delete", "old"),
            step("move", "notes.txt", "n/notes.txt"));
    desk.write("n", "a file where the folder was to be");
    before.put("n", "a file where the folder was to be");
    assertThatThrownBy(() -> desk.run(action))
        .isInstanceOfSatisfying(
            ToolFailure.class, e -> assertThat(e.result().problem()).contains("taken back"));
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void a_link_is_moved_and_deleted_itself_and_not_what_it_leads_to() throws IOException {
    var outside = Files.createDirectory(root.resolve("outside"));
    Files.writeString(outside.resolve("keep"), "x");
    Files.createSymbolicLink(desk.directory.resolve("out"), outside);
    plan(step("delete", "out"));
    assertThat(outside.resolve("keep")).exists();
    assertThat(desk.directory.resolve("out")).doesNotExist();
  }

  @Test
  void risk_is_that_of_the_worst_place() {
    assertThat(risk(step("move", "a.log", "x"))).isEqualTo(Risk.LOW);
    assertThat(risk(step("move", "a.log", "../x"))).isEqualTo(Risk.HIGH);
    assertThat(risk(step("delete", "app"))).isEqualTo(Risk.HIGH);
    assertThat(risk(step("copy", "a.log", ".git/hooks/pre-commit"))).isEqualTo(Risk.HIGH);
    assertThat(risk(step("move", "a.log", ".bashrc"))).isEqualTo(Risk.HIGH);
  }

  @Test
  void a_trash_in_the_working_directory_is_no_file_of_the_repository() throws IOException {
    var homeless = new Desk(root, Map.of("HOME", "none"));
    homeless.write("old.txt", "x");
    homeless.run("fs_plan", "steps", List.of(Map.of("action", "delete", "path", "old.txt")));
    assertThat(homeless.text(".fuse/trash/.gitignore")).isEqualTo("*\n");
  }

  @Test
  void a_target_that_appeared_meanwhile_is_not_overwritten() throws IOException {
    var action = prepared(step("move", "a.log", "x"));
    desk.write("x", "mine");
    assertThatThrownBy(() -> desk.run(action))
        .isInstanceOfSatisfying(
            ToolFailure.class, e -> assertThat(e.result().kind()).isEqualTo(Kind.CONFLICT));
    assertThat(desk.text("x")).isEqualTo("mine");
    assertThat(desk.text("a.log")).isEqualTo("a.log");
  }

  @Test
  void a_folder_of_thousands_moves_as_one_step() throws IOException {
    for (int i = 0; i < 2001; i++) {
      desk.write("many/" + i, "");
    }
    assertThat(problem(step("move", "many/*", "other/"))).contains("more than 2000");
    plan(step("move", "many", "other"));
    assertThat(desk.directory.resolve("other/2000")).exists();
  }

  private Action prepared(Map<?, ?>... steps) {
    return desk.prepare("fs_plan", "steps", List.of(steps));
  }

  private Undo plan(Map<?, ?>... steps) {
    return desk.run(prepared(steps)).undo().orElseThrow();
  }

  private String problem(Map<?, ?>... steps) {
    return desk.refusal("fs_plan", "steps", List.of(steps)).problem();
  }

  private Risk risk(Map<?, ?> step) {
    return prepared(step).effects().getFirst().risk();
  }

  private static Map<String, Object> step(String action, String path) {
    return Map.of("action", action, "path", path);
  }

  private static Map<String, Object> step(String action, String path, String to) {
    return Map.of("action", action, "path", path, "to", to);
  }

  private Map<String, String> tree() throws IOException {
    var tree = new TreeMap<String, String>();
    try (var all = Files.walk(desk.directory)) {
      for (var path : new ArrayList<>(all.toList())) {
        if (!path.equals(desk.directory)) {
          tree.put(
              desk.directory.relativize(path).toString(),
              Files.isRegularFile(path) ? Files.readString(path) : "");
        }
      }
    }
    return tree;
  }
}
