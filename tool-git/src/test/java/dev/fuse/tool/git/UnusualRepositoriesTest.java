package dev.fuse.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.ToolResult.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusualRepositoriesTest {

  @TempDir Path root;
  private World world;

  @BeforeEach
  void open() throws Exception {
    world = World.withCommit(root);
  }

  @Test
  void a_folder_without_repository_is_named() throws Exception {
    assertThat(world.failedIn(world.home, "git_status"))
        .satisfies(failed -> assertThat(failed.kind()).isEqualTo(Kind.NOT_FOUND))
        .satisfies(
            failed ->
                assertThat(failed.problem())
                    .isEqualTo("'" + world.home + "' is not inside a Git repository"));
    Files.writeString(world.repository.resolve(".git/HEAD"), "");
    assertThat(world.failed("git_status").problem()).contains("HEAD is missing or names neither");
  }

  @Test
  void a_linked_work_tree_has_its_own_branch_and_files() throws Exception {
    var linked = root.toRealPath().resolve("linked");
    world.git("worktree", "add", "-q", "-b", "side", linked.toString());
    Files.writeString(linked.resolve("new.txt"), "x");

    assertThat(world.in(linked, "git_status").text()).startsWith("## side ").contains("?? new.txt");
    assertThat(world.in(linked, "git_log").text()).contains("First");
    assertThat(world.prepare(linked, "git_status").effects().getFirst().target().name())
        .isEqualTo(linked.toString());
  }

  @Test
  void a_bare_repository_has_history_and_no_files() throws Exception {
    world.git("clone", "-q", "--bare", ".", "../bare.git");
    var bare = world.root.resolve("bare.git");

    assertThat(world.in(bare, "git_status").text()).contains("bare repository");
    assertThat(world.in(bare, "git_log").text()).contains("First");
    assertThat(world.in(bare, "git_blame", "path", "a.txt").text()).contains("1| one");
    assertThat(world.in(bare, "git_diagnose").findings()).isEmpty();
    assertThat(world.failedIn(bare, "git_diff").problem()).contains("is bare");
    assertThat(world.failedIn(bare, "git_commit", "message", "x").problem()).contains("is bare");
  }

  @Test
  void a_shallow_clone_ends_where_its_history_was_cut() throws Exception {
    world.write("a.txt", "x\n");
    world.commit("Second");
    world.gitIn(world.root, "clone", "-q", "--depth=1", "file://" + world.repository, "shallow");
    var shallow = world.root.resolve("shallow");

    assertThat(world.in(shallow, "git_log").text()).contains("Second").doesNotContain("First");
    assertThat(world.in(shallow, "git_show", "stat", true).text()).contains("A a.txt");
    assertThat(world.in(shallow, "git_blame", "path", "a.txt").text()).contains("Second");
  }

  @Test
  void a_branch_without_commits_says_so() throws Exception {
    world.git("init", "-q", "../fresh");
    var fresh = world.root.resolve("fresh");
    Files.writeString(fresh.resolve("x.txt"), "x");

    assertThat(world.in(fresh, "git_status").text()).isEqualTo("## main (no commit yet)\n?? x.txt");
    assertThat(world.failedIn(fresh, "git_log").problem())
        .isEqualTo("branch 'main' has no commit yet");
    assertThat(world.in(fresh, "git_branches").text()).isEqualTo("no branch with a commit");
  }

  @Test
  void a_corrupt_index_is_named_and_history_can_still_be_read() throws Exception {
    Files.writeString(world.repository.resolve(".git/index"), "DIRC rubbish");

    assertThat(world.failed("git_status").problem()).contains("the index", "cannot be read");
    assertThat(world.failed("git_status").hint()).contains("git reset");
    assertThat(world.text("git_log")).contains("First");
  }

  @Test
  void what_jgit_cannot_read_is_said_as_that() throws Exception {
    world.git("init", "-q", "--object-format=sha256", "../sha256");
    assertThat(world.failedIn(world.root.resolve("sha256"), "git_status").problem())
        .endsWith("has sha256 ids");

    world.write("a.txt", "x\n");
    world.commit("Second");
    world.git("config", "uploadpack.allowFilter", "true");
    world.gitIn(
        world.root, "clone", "-q", "--filter=blob:none", "file://" + world.repository, "partial");
    var partial = world.root.resolve("partial");
    assertThat(world.in(partial, "git_status").text()).contains("nothing changed");
    assertThat(world.failedIn(partial, "git_show", "revision", "HEAD~1", "path", "a.txt").hint())
        .contains("partial clone");
  }

  @Test
  void a_split_index_is_no_corruption() throws Exception {
    world.git("update-index", "--split-index");

    assertThat(world.failed("git_status").hint()).contains("--no-split-index");
  }

  @Test
  void paths_are_taken_from_the_root_and_else_from_the_folder() throws Exception {
    world.write("sub/b.txt", "b\n");
    world.commit("Second");
    var sub = world.repository.resolve("sub");

    assertThat(world.in(sub, "git_log", "path", "a.txt").text()).contains("First");
    assertThat(world.in(sub, "git_log", "path", "b.txt").text()).contains("Second").hasLineCount(1);
    assertThat(world.in(sub, "git_log", "path", "sub/b.txt").text()).hasLineCount(1);
    assertThat(world.in(world.home, "git_log", "repository", sub.toString()).text())
        .contains("Second");
  }

  @Test
  void a_repository_elsewhere_asks() throws Exception {
    var effect =
        world
            .prepare(world.home, "git_log", "repository", world.repository.toString())
            .effects()
            .getFirst();

    assertThat(effect.verb()).isEqualTo(dev.fuse.spi.Verb.READ_SECRET);
    assertThat(world.prepare("git_log").effects().getFirst().verb())
        .isEqualTo(dev.fuse.spi.Verb.READ);
  }
}
