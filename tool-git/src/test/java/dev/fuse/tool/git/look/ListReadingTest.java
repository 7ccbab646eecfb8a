package dev.fuse.tool.git.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.tool.git.World;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListReadingTest {

  @TempDir Path root;
  private World world;

  @BeforeEach
  void open() throws Exception {
    world = World.withCommit(root);
  }

  @Test
  void tags_are_listed_with_what_they_point_to() throws Exception {
    world.git("tag", "-a", "v1.0", "-m", "One");
    world.git("tag", "light");

    assertThat(world.text("git_list", "what", "tags", "pattern", "v*"))
        .matches("v1.0 " + id("HEAD") + " \\d{4}-\\d\\d-\\d\\d annotated One");
    assertThat(world.text("git_list", "what", "tags").lines()).hasSize(2);
  }

  @Test
  void remotes_are_shown_as_they_are_reached_and_without_passwords() throws Exception {
    world.git("remote", "add", "origin", "https://ann:hunter2@example.com/x.git");
    world.git("remote", "add", "mirror", "gh:x/y.git");
    world.git("config", "url.https://github.com/.insteadOf", "gh:");

    assertThat(world.text("git_list", "what", "remotes"))
        .isEqualTo("origin https://ann@example.com/x.git\nmirror https://github.com/x/y.git");
  }

  @Test
  void stashes_and_the_reflog_can_be_shown_by_their_names() throws Exception {
    assertThat(world.text("git_list", "what", "stashes")).isEqualTo("no stashes");
    world.write("a.txt", "stashed\n");
    world.git("stash", "push", "-q", "-m", "half done");

    assertThat(world.text("git_list", "what", "stashes"))
        .startsWith("stash@{0} ")
        .endsWith("On main: half done");
    assertThat(world.text("git_show", "revision", "stash@{0}")).contains("+stashed");
    assertThat(world.text("git_list", "what", "reflog")).contains("HEAD@{0} ", "reset: moving to");
    assertThat(world.failed("git_list", "what", "reflog", "ref", "nope").kind())
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void work_trees_and_submodules_tell_their_state() throws Exception {
    world.git("worktree", "add", "-q", "-b", "side", "../side");
    world.git("worktree", "add", "-q", "-b", "gone", "../gone");
    world.gitIn(world.root, "clone", "-q", "repo", "library");
    world.git("submodule", "add", "-q", "../library", "lib");
    world.git("commit", "-qm", "Library");
    var trees = world.text("git_list", "what", "worktrees");
    assertThat(trees).startsWith(world.repository + " main\n").contains("/side side");

    java.nio.file.Files.delete(world.root.resolve("gone/a.txt"));
    java.nio.file.Files.delete(world.root.resolve("gone/.git"));
    java.nio.file.Files.delete(world.root.resolve("gone"));
    assertThat(world.text("git_list", "what", "worktrees")).contains("/gone gone missing");

    assertThat(world.text("git_list", "what", "submodules"))
        .isEqualTo("lib " + id("HEAD~1") + " up to date ../library");
    world.gitIn(world.repository.resolve("lib"), "commit", "-q", "--allow-empty", "-m", "More");
    assertThat(world.text("git_list", "what", "submodules")).contains("at another commit: ");
    assertThat(world.ok("git_diagnose").findings())
        .anySatisfy(finding -> assertThat(finding.subject()).isEqualTo("submodule"));
  }

  @Test
  void a_conflict_is_shown_with_its_three_sides() throws Exception {
    world.git("switch", "-q", "-c", "other");
    world.write("a.txt", "theirs\n");
    world.commit("Theirs");
    world.git("switch", "-q", "main");
    world.git("rm", "-q", "a.txt");
    world.git("commit", "-qm", "Ours");
    world.tryGitIn(world.repository, "merge", "other");

    assertThat(world.text("git_conflicts")).contains("a.txt: deleted by us");
    assertThat(world.text("git_conflicts", "path", "a.txt"))
        .isEqualTo(
            """
            == base (before both)
            one
            two
            three
            == theirs (the other side)
            theirs
            == ours has no such file
            """);
    assertThat(world.failed("git_conflicts", "path", "b.txt").hint()).contains("a.txt");
  }

  @Test
  void a_text_is_found_where_it_came_and_where_it_went() throws Exception {
    world.write("conf/app.yaml", "retries: 3\n");
    world.commit("Add");
    world.write("conf/app.yaml", "other: 1\nretries: 3\n");
    world.commit("Unrelated");
    world.write("conf/app.yaml", "other: 1\n");
    world.commit("Remove");

    assertThat(world.text("git_log", "changed", "retries: 3").lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("Remove"), line -> assertThat(line).endsWith("Add"));
    assertThat(world.text("git_log", "changed", "retries: 3", "path", "conf").lines()).hasSize(2);
    assertThat(world.text("git_log", "changed", "retries: 3", "path", "a.txt"))
        .isEqualTo("no such commit");
  }

  private String id(String revision) throws Exception {
    return world.git("rev-parse", "--short", revision);
  }
}
