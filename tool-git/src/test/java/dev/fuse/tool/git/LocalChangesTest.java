package dev.fuse.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalChangesTest {

  @TempDir Path root;
  private World world;

  @BeforeEach
  void open() throws Exception {
    world = World.withCommit(root);
  }

  @Test
  void single_hunks_are_staged_and_taken_back() throws Exception {
    world.write("long.txt", numbers(30));
    world.commit("Numbers");
    world.write(
        "long.txt", numbers(30).replace("2\n3\n", "2\nthree \u001b\n").replace("28\n", "x\n"));
    var before = world.state();

    var preview =
        world
            .prepare(
                "git_stage", "action", "add", "paths", List.of("long.txt"), "hunks", List.of(1L))
            .preview()
            .orElseThrow()
            .get();
    assertThat(preview.body()).contains("+three \\u{1b}").doesNotContain("+x");
    var done =
        world.ok("git_stage", "action", "add", "paths", List.of("long.txt"), "hunks", List.of(1L));
    assertThat(world.git("diff", "--cached")).contains("+three \u001b").doesNotContain("+x");
    assertThat(world.git("diff")).contains("+x").doesNotContain("+three");

    world.undo(done);
    assertThat(world.state()).isEqualTo(before);
    assertThat(
            world
                .failed(
                    "git_stage",
                    "action",
                    "add",
                    "paths",
                    List.of("long.txt"),
                    "hunks",
                    List.of(9L))
                .problem())
        .contains("no hunk 9: the file has 2");
  }

  @Test
  void staging_takes_new_and_deleted_files_and_unstaging_leaves_them_as_they_are()
      throws Exception {
    world.write("-dash *.txt", "x\n");
    Files.delete(world.repository.resolve("a.txt"));
    var before = world.state();

    var staged = world.ok("git_stage", "action", "add", "paths", List.of("."));
    assertThat(world.git("status", "--short")).isEqualTo("A  \"-dash *.txt\"\nD  a.txt");
    world.undo(staged);
    assertThat(world.state()).isEqualTo(before);

    world.git("add", "-A");
    var all = world.state();
    var unstaged = world.ok("git_stage", "action", "unstage", "paths", List.of("a.txt"));
    assertThat(world.git("status", "--short")).contains(" D a.txt", "A  \"-dash");
    world.undo(unstaged);
    assertThat(world.state()).isEqualTo(all);
  }

  @Test
  void an_undo_is_refused_after_something_else_has_changed() throws Exception {
    world.write("a.txt", "x\n");
    var staged = world.ok("git_stage", "action", "add", "paths", List.of("a.txt"));
    world.write("b.txt", "x\n");
    world.git("add", "b.txt");

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> world.undo(staged))
        .hasMessageContaining("does not fit");
  }

  @Test
  void discarding_changes_is_high_and_stashes_them_first() throws Exception {
    world.write("a.txt", "staged\n");
    world.git("add", "a.txt");
    world.write("a.txt", "work\n");
    var work = Files.readString(world.repository.resolve("a.txt"));
    var action = world.prepare("git_restore", "paths", List.of("a.txt"), "source", "HEAD");
    assertThat(action.effects().getFirst().risk()).isEqualTo(Risk.HIGH);
    assertThat(action.preview().orElseThrow().get().body()).contains("+work");

    var done = world.ok("git_restore", "paths", List.of("a.txt"), "source", "HEAD");
    assertThat(world.git("status", "--short")).isEmpty();
    assertThat(world.git("stash", "list")).contains("fuse: before restoring a.txt");

    world.undo(done);
    assertThat(world.repository.resolve("a.txt")).hasContent(work);
    assertThat(world.git("show", ":a.txt")).isEqualTo("staged");
  }

  @Test
  void bringing_back_a_deleted_file_loses_nothing_and_is_low() throws Exception {
    Files.delete(world.repository.resolve("a.txt"));

    assertThat(world.prepare("git_restore", "paths", List.of("a.txt")).effects().getFirst().risk())
        .isEqualTo(Risk.LOW);
    world.ok("git_restore", "paths", List.of("a.txt"));
    assertThat(world.repository.resolve("a.txt")).hasContent("one\ntwo\nthree\n");
  }

  @Test
  void a_stash_goes_and_comes_back_whatever_is_done_to_it() throws Exception {
    world.write("a.txt", "staged\n");
    world.git("add", "a.txt");
    world.write("a.txt", "work\n");
    world.write("new.txt", "n\n");
    var before = world.state();

    var pushed = world.ok("git_stash", "action", "push", "untracked", true, "message", "-m tricky");
    assertThat(world.git("status", "--short")).isEmpty();
    assertThat(world.git("stash", "list")).contains("-m tricky");
    world.undo(pushed);
    assertThat(world.state()).isEqualTo(before);

    world.git("stash", "push", "-q");
    var put = world.state();
    world.undo(world.ok("git_stash", "action", "pop"));
    assertThat(world.state()).isEqualTo(put);

    assertThat(world.prepare("git_stash", "action", "drop").effects().getFirst())
        .matches(effect -> effect.verb() == Verb.DELETE && effect.risk() == Risk.HIGH);
    world.undo(world.ok("git_stash", "action", "drop"));
    assertThat(world.state()).isEqualTo(put);
    assertThat(world.failed("git_stash", "action", "drop", "stash", "HEAD").kind())
        .isEqualTo(Kind.INVALID);
    assertThat(world.failed("git_stash", "action", "push").problem()).contains("nothing is there");
  }

  @Test
  void branches_are_made_renamed_left_and_deleted_and_all_of_it_can_be_taken_back()
      throws Exception {
    var before = world.state();

    var created = world.ok("git_branch", "action", "create", "name", "topic/x");
    world.undo(created);
    assertThat(world.state()).isEqualTo(before);

    world.ok("git_branch", "action", "create", "name", "topic/x", "switch", true);
    assertThat(world.git("branch", "--show-current")).isEqualTo("topic/x");
    world.write("a.txt", "x\n");
    world.commit("Only here");
    world.undo(world.ok("git_branch", "action", "switch", "name", "main"));
    assertThat(world.git("branch", "--show-current")).isEqualTo("topic/x");
    world.git("switch", "-q", "main");

    var there = world.state();
    world.undo(world.ok("git_branch", "action", "rename", "name", "topic/x", "to", "y"));
    assertThat(world.state()).isEqualTo(there);
    var delete = world.prepare("git_branch", "action", "delete", "name", "topic/x");
    assertThat(delete.effects().getFirst().risk()).isEqualTo(Risk.HIGH);
    assertThat(delete.summary()).contains("1 commits are on no other branch");
    world.undo(world.ok("git_branch", "action", "delete", "name", "topic/x"));
    assertThat(world.state()).isEqualTo(there);
  }

  @Test
  void switching_never_loses_changes() throws Exception {
    world.git("branch", "other");
    world.write("a.txt", "changed on main\n");
    world.commit("Main");
    world.write("a.txt", "not committed\n");

    assertThat(world.failed("git_branch", "action", "switch", "name", "other"))
        .satisfies(failed -> assertThat(failed.kind()).isEqualTo(Kind.CONFLICT))
        .satisfies(failed -> assertThat(failed.hint()).contains("git_stash"));
    assertThat(world.repository.resolve("a.txt")).hasContent("not committed\n");
  }

  @Test
  void a_commit_is_taken_back_and_what_it_held_stays_staged() throws Exception {
    world.write("a.txt", "x\n");
    world.git("add", "a.txt");
    var before = world.state();

    world.undo(world.ok("git_commit", "message", "Second"));
    assertThat(world.state()).isEqualTo(before);

    world.git("init", "-q", "../fresh");
    var fresh = world.root.resolve("fresh");
    Files.writeString(fresh.resolve("x"), "x");
    var first = world.in(fresh, "git_commit", "message", "First", "paths", List.of("x"));
    world.undo(first);
    assertThat(world.gitIn(fresh, "status", "--short")).isEqualTo("A  x");
  }

  @Test
  void a_reset_says_what_it_loses_and_a_hard_one_stashes_first() throws Exception {
    world.write("a.txt", "second\n");
    world.commit("Second");
    world.write("a.txt", "work\n");
    var before = world.git("rev-parse", "HEAD");

    var hard = world.prepare("git_reset", "to", "HEAD~1", "mode", "hard");
    assertThat(hard.effects().getFirst().risk()).isEqualTo(Risk.HIGH);
    assertThat(hard.summary()).endsWith("loses 1 commits; uncommitted changes are stashed first");
    assertThat(world.failed("git_reset", "to", "HEAD~1", "mode", "keep").kind())
        .isEqualTo(Kind.CONFLICT);
    assertThat(
            world.prepare("git_reset", "to", "HEAD~1", "mode", "soft").effects().getFirst().risk())
        .isEqualTo(Risk.LOW);

    var done = world.ok("git_reset", "to", "HEAD~1", "mode", "hard");
    assertThat(world.git("status", "--short")).isEmpty();
    world.undo(done);
    assertThat(world.git("rev-parse", "HEAD")).isEqualTo(before);
    assertThat(world.repository.resolve("a.txt")).hasContent("work\n");
  }

  @Test
  void a_hard_reset_never_writes_over_a_file_that_git_does_not_know() throws Exception {
    world.write("b.txt", "tracked once\n");
    world.commit("Second");
    world.git("rm", "-q", "b.txt");
    world.git("commit", "-qm", "Third");
    world.write("b.txt", "precious\n");

    assertThat(world.failed("git_reset", "to", "HEAD~1", "mode", "hard").problem())
        .contains("untracked 'b.txt' would be written over");
  }

  @Test
  void losing_pushed_commits_is_critical() throws Exception {
    world.write("a.txt", "second\n");
    world.commit("Second");
    world.git("clone", "-q", "--bare", ".", "../remote.git");
    world.git("remote", "add", "origin", "../remote.git");
    world.git("fetch", "-q", "origin");

    assertThat(world.prepare("git_reset", "to", "HEAD~1").effects().getFirst().risk())
        .isEqualTo(Risk.CRITICAL);
    assertThat(
            world.prepare("git_commit", "message", "m", "amend", true).effects().getFirst().risk())
        .isEqualTo(Risk.CRITICAL);
    world.git("commit", "-q", "--allow-empty", "-m", "Not pushed");
    assertThat(
            world.prepare("git_commit", "message", "m", "amend", true).effects().getFirst().risk())
        .isEqualTo(Risk.LOW);
  }

  @Test
  void tags_come_and_go_with_their_message() throws Exception {
    var before = world.state();
    var created = world.ok("git_tag", "action", "create", "name", "v1", "message", "One\n\nbody");
    assertThat(world.git("tag", "-l", "--format=%(contents)", "v1")).startsWith("One\n\nbody");
    var tagged = world.state();

    world.undo(world.ok("git_tag", "action", "delete", "name", "v1"));
    assertThat(world.state()).isEqualTo(tagged);
    world.undo(created);
    assertThat(world.state()).isEqualTo(before);
    assertThat(world.failed("git_tag", "action", "create", "name", "--delete").kind())
        .isEqualTo(Kind.INVALID);
  }

  private static String numbers(int to) {
    var text = new StringBuilder();
    for (int i = 1; i <= to; i++) {
      text.append(i).append('\n');
    }
    return text.toString();
  }
}
