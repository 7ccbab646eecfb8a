package dev.fuse.tool.git.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Verb;
import dev.fuse.tool.git.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {

  @TempDir Path root;
  private World world;

  @BeforeEach
  void open() throws Exception {
    world = World.withCommit(root);
  }

  @Test
  void status_is_what_git_says() throws Exception {
    world.write("gone.txt", "x\n");
    world.write("old name.txt", "a long enough text\nto be known again\n");
    world.write("exec.sh", "x\n");
    world.write("link", "x\n");
    world.write(".gitignore", "*.log\nbuild/\n");
    world.commit("Second");
    world.write("a.txt", "one\nTWO\nthree\n");
    Files.delete(world.repository.resolve("gone.txt"));
    world.git("mv", "old name.txt", "new name.txt");
    world.write("staged.txt", "x\n");
    world.git("add", "staged.txt");
    world.write("staged.txt", "y\n");
    assertThat(world.repository.resolve("exec.sh").toFile().setExecutable(true)).isTrue();
    Files.delete(world.repository.resolve("link"));
    Files.createSymbolicLink(world.repository.resolve("link"), Path.of("a.txt"));
    world.write("ignored.log", "x");
    world.write("build/out.txt", "x");
    world.write("fresh/only.log", "x");
    world.write("new/deep/one.txt", "x");
    world.write("new/two.txt", "x");
    world.git("init", "-q", "inner");

    assertThat(world.text("git_status").lines().skip(1).sorted())
        .containsExactlyElementsOf(
            world
                .git("status", "--short")
                .lines()
                .map(line -> line.replace("\"", ""))
                .sorted()
                .toList());
  }

  @Test
  void status_shows_a_conflict_with_both_letters_and_what_is_in_the_middle() throws Exception {
    conflict();

    assertThat(world.text("git_status").lines())
        .contains("UU a.txt", "merge in the middle: of " + id("other"));
  }

  @Test
  void status_lists_no_more_than_asked_for_and_counts_the_rest() throws Exception {
    for (int i = 0; i < 30; i++) {
      world.write("file" + i, "x");
    }

    assertThat(world.text("git_status", "limit", 3L).lines())
        .hasSize(5)
        .last()
        .isEqualTo("… 27 more; in all 0 conflicts, 0 staged, 0 changed, 30 untracked");
  }

  @Test
  void log_follows_a_file_through_its_renames_as_git_does() throws Exception {
    world.write("a.txt", "one\ntwo\nthree\nfour\n");
    world.commit("Grow");
    world.git("mv", "a.txt", "b.txt");
    world.commit("Rename");
    world.write("c.txt", "unrelated\n");
    world.commit("Other");
    world.write("b.txt", "one\ntwo\nthree\nfour\nfive\n");
    world.commit("Grow again");

    assertThat(ids(world.text("git_log", "path", "b.txt")))
        .isEqualTo(ids(world.git("log", "--follow", "--format=%h", "--", "b.txt")))
        .hasSize(4);
  }

  @Test
  void log_of_merged_history_is_in_gits_order() throws Exception {
    world.git("switch", "-q", "-c", "side");
    world.write("s.txt", "s\n");
    world.commit("Side");
    world.git("switch", "-q", "main");
    world.write("a.txt", "changed\n");
    world.commit("Main");
    world.git("merge", "-q", "--no-edit", "side");

    for (var arguments : List.of(List.of(), List.of("path", "s.txt"), List.of("path", "a.txt"))) {
      var path = arguments.isEmpty() ? new String[0] : new String[] {"--", arguments.get(1) + ""};
      var git = new java.util.ArrayList<>(List.of("log", "--format=%h"));
      git.addAll(List.of(path));
      assertThat(ids(world.text("git_log", arguments.toArray())))
          .hasSameElementsAs(ids(world.git(git.toArray(String[]::new))));
    }
    assertThat(ids(world.text("git_log", "range", "main^1..main")))
        .hasSameElementsAs(ids(world.git("log", "--format=%h", "main^1..main")));
    assertThat(ids(world.text("git_log", "range", "main^1...side")))
        .hasSameElementsAs(ids(world.git("log", "--format=%h", "main^1...side")));
  }

  @Test
  void log_finds_by_author_text_and_time() throws Exception {
    world.write("a.txt", "x\n");
    world.git("commit", "-qam", "Retry\n\nThe BROKER drops", "--author=Bo Ek <bo@example.org>");

    assertThat(world.text("git_log", "author", "BO@EXAMPLE")).contains("Bo Ek").hasLineCount(1);
    assertThat(world.text("git_log", "text", "broker")).contains("Retry").hasLineCount(1);
    assertThat(world.text("git_log", "until", "2 days ago")).isEqualTo("no such commit");
    assertThat(world.failed("git_log", "since", "whenever").problem()).contains("'whenever'");
  }

  @Test
  void diff_is_what_git_writes() throws Exception {
    world.write("a.txt", "one\nTWO\nthree\n");
    world.git("add", "a.txt");
    world.write("a.txt", "one\nTWO\nTHREE\n");
    world.write("bin", "\0\1\2");
    world.git("add", "-N", "bin");

    assertThat(patch("git_diff", "paths", List.of("a.txt"))).isEqualTo(world.git("diff", "a.txt"));
    assertThat(patch("git_diff", "staged", true, "paths", List.of("a.txt")))
        .isEqualTo(world.git("diff", "--cached", "a.txt"));
    assertThat(patch("git_diff", "range", "HEAD", "paths", List.of("a.txt")))
        .isEqualTo(world.git("diff", "HEAD", "a.txt"));
  }

  @Test
  void three_dots_leave_out_what_the_other_side_did() throws Exception {
    world.git("switch", "-q", "-c", "side");
    world.write("s.txt", "s\n");
    world.commit("Side");
    world.git("switch", "-q", "main");
    world.write("m.txt", "m\n");
    world.commit("Main");

    assertThat(world.text("git_diff", "range", "main...side", "stat", true))
        .isEqualTo("1 file, +1 -0\nA s.txt +1 -0");
    assertThat(world.text("git_diff", "range", "main..side", "stat", true))
        .isEqualTo("2 files, +1 -1\nD m.txt +0 -1\nA s.txt +1 -0");
  }

  @Test
  void a_file_that_may_hold_credentials_is_shown_only_where_it_was_named_and_that_asks()
      throws Exception {
    world.write("conf/.env", "TOKEN=hunter2\n");
    world.commit("Secret");

    assertThat(world.text("git_show"))
        .doesNotContain("hunter2")
        .contains("conf/.env' is not shown");
    assertThat(world.prepare("git_show").effects().getFirst().verb()).isEqualTo(Verb.READ);
    assertThat(world.prepare("git_show", "path", "conf/.env").effects().getFirst().verb())
        .isEqualTo(Verb.READ_SECRET);
    assertThat(world.prepare("git_show", "revision", "HEAD:conf/.env").effects().getFirst().verb())
        .isEqualTo(Verb.READ_SECRET);
    assertThat(world.text("git_show", "path", "conf/.env")).isEqualTo("TOKEN=hunter2\n");
  }

  @Test
  void blame_names_the_commit_of_each_line_and_what_is_not_committed() throws Exception {
    world.write("a.txt", "one\n2\nthree\n");
    world.commit("Second");
    world.write("a.txt", "one\n2\nthree\nfour\n");

    assertThat(world.text("git_blame", "path", "a.txt").lines().map(String::strip))
        .satisfiesExactly(
            line -> assertThat(line).startsWith(id("HEAD~1")).endsWith("Ann Lee  First"),
            line -> assertThat(line).isEqualTo("1| one"),
            line -> assertThat(line).startsWith(id("HEAD")).endsWith("Second"),
            line -> assertThat(line).isEqualTo("2| 2"),
            line -> assertThat(line).endsWith("First"),
            line -> assertThat(line).isEqualTo("3| three"),
            line -> assertThat(line).isEqualTo("not committed yet"),
            line -> assertThat(line).isEqualTo("4| four"));
  }

  @Test
  void branches_tell_how_far_they_are_from_upstream() throws Exception {
    world.gitIn(world.root, "clone", "-q", world.repository.toString(), "clone");
    var clone = world.root.resolve("clone");
    world.write("a.txt", "theirs\n");
    world.commit("Theirs");
    Files.writeString(clone.resolve("b.txt"), "mine\n");
    world.gitIn(clone, "add", "-A");
    world.gitIn(clone, "commit", "-q", "-m", "Mine");
    world.gitIn(clone, "fetch", "-q");

    assertThat(world.in(clone, "git_branches").text())
        .startsWith("* main ")
        .contains("[origin/main: ahead 1, behind 1] Mine");
  }

  @Test
  void what_is_not_there_is_said_with_its_name() throws Exception {
    assertThat(world.failed("git_show", "revision", "mian"))
        .satisfies(failed -> assertThat(failed.kind()).isEqualTo(Kind.NOT_FOUND))
        .satisfies(failed -> assertThat(failed.problem()).contains("'mian'", "mean 'main'"));
    assertThat(world.failed("git_log", "range", "--output=/tmp/x").kind()).isEqualTo(Kind.INVALID);
    assertThat(world.failed("git_blame", "path", "no.txt").kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(world.failed("git_blame", "path", "../../etc/passwd").problem())
        .contains("outside of the repository");
  }

  @Test
  void messages_and_names_cannot_move_the_cursor() throws Exception {
    world.write("x\u001b]0;own\u0007\ny", "1\n");
    world.commit("Subject \u001b[2J\u202e hidden");

    assertThat(world.text("git_log", "files", true))
        .contains("Subject \\u{1b}[2J\\u{202e} hidden", "x\\u{1b}]0;own\\u{7}\\ny");
  }

  private void conflict() throws Exception {
    world.git("switch", "-q", "-c", "other");
    world.write("a.txt", "theirs\n");
    world.commit("Theirs");
    world.git("switch", "-q", "main");
    world.write("a.txt", "ours\n");
    world.commit("Ours");
    world.tryGitIn(world.repository, "merge", "other");
  }

  private String id(String revision) {
    try {
      return world.git("rev-parse", "--short", revision);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private String patch(String tool, Object... arguments) throws Exception {
    return world.text(tool, arguments).lines().skip(1).reduce((a, b) -> a + "\n" + b).orElse("");
  }

  private static List<String> ids(String lines) {
    return lines.lines().map(line -> line.substring(0, 7)).toList();
  }
}
