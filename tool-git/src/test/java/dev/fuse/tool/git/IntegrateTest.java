package dev.fuse.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolResult.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrateTest {

  @TempDir Path root;
  private World world;

  @BeforeEach
  void open() throws Exception {
    world = World.withCommit(root);
    world.git("switch", "-q", "-c", "topic");
    world.write("topic.txt", "t\n");
    world.commit("Topic");
    world.git("switch", "-q", "main");
    world.write("main.txt", "m\n");
    world.commit("Main");
  }

  @Test
  void each_way_of_bringing_commits_in_does_what_git_does_and_can_be_taken_back() throws Exception {
    var before = world.state();
    var merged = run("merge", "topic");
    assertThat(world.git("log", "-1", "--format=%s")).isEqualTo("Merge branch 'topic'");
    world.undo(merged);
    assertThat(world.state()).isEqualTo(before);

    var picked = run("cherry-pick", "topic");
    assertThat(picked.text()).contains("Topic");
    world.undo(picked);
    assertThat(world.state()).isEqualTo(before);

    var reverted = run("revert", "HEAD");
    assertThat(world.repository.resolve("main.txt")).doesNotExist();
    world.undo(reverted);
    assertThat(world.state()).isEqualTo(before);

    var rebased = run("rebase", "topic");
    assertThat(world.git("log", "--format=%s")).isEqualTo("Main\nTopic\nFirst");
    world.undo(rebased);
    assertThat(world.state()).isEqualTo(before);
    assertThat(world.failed("git_integrate", "action", "merge", "revisions", List.of("-x")).kind())
        .isEqualTo(Kind.INVALID);
  }

  @Test
  void a_range_is_picked_oldest_first() throws Exception {
    world.git("switch", "-q", "topic");
    world.write("topic.txt", "t\nu\n");
    world.commit("Topic 2");
    world.git("switch", "-q", "main");

    run("cherry-pick", "main..topic");

    assertThat(world.git("log", "--format=%s")).isEqualTo("Topic 2\nTopic\nMain\nFirst");
  }

  @Test
  void conflicts_are_foreseen_without_writing_anything_and_stop_the_merge() throws Exception {
    conflict();
    var objects = world.git("count-objects");
    var shown =
        world
            .prepare("git_integrate", "action", "merge", "revisions", List.of("topic"))
            .preview()
            .orElseThrow()
            .get();
    assertThat(shown.body()).contains("Topic changes", "conflicts are expected in a.txt");
    assertThat(world.git("count-objects")).isEqualTo(objects);

    var failed = world.failed("git_integrate", "action", "merge", "revisions", List.of("topic"));
    assertThat(failed.kind()).isEqualTo(Kind.CONFLICT);
    assertThat(failed.problem()).contains("merge in the middle", "conflicts in a.txt");
    assertThat(failed.hint()).contains("git_conflicts", "git_continue");
    assertThat(world.failed("git_continue", "action", "continue").problem())
        .contains("not merged yet: a.txt");
    assertThat(
            world
                .failed("git_integrate", "action", "merge", "revisions", List.of("topic"))
                .problem())
        .startsWith("a merge in the middle");
  }

  @Test
  void a_merge_goes_on_when_its_conflicts_are_staged() throws Exception {
    conflict();
    var before = world.git("rev-parse", "HEAD");
    world.failed("git_integrate", "action", "merge", "revisions", List.of("topic"));
    world.write("a.txt", "both\n");
    world.ok("git_stage", "action", "add", "paths", List.of("a.txt"));

    var done = world.ok("git_continue", "action", "continue");
    assertThat(world.git("log", "-1", "--format=%P").split(" ")).hasSize(2);
    world.undo(done);
    assertThat(world.git("rev-parse", "HEAD")).isEqualTo(before);
  }

  @Test
  void aborting_is_high_and_keeps_what_was_resolved_as_a_stash() throws Exception {
    conflict();
    world.failed("git_integrate", "action", "rebase", "revisions", List.of("topic"));
    world.write("a.txt", "half resolved\n");
    assertThat(world.prepare("git_continue", "action", "abort").effects().getFirst().risk())
        .isEqualTo(Risk.HIGH);

    assertThat(world.text("git_continue", "action", "abort")).contains("stash@{0}");

    assertThat(world.git("status", "--short", "--branch")).isEqualTo("## main");
    assertThat(world.git("show", "stash@{0}:a.txt")).isEqualTo("half resolved");
    assertThat(world.failed("git_continue", "action", "abort").problem())
        .isEqualTo("nothing is in the middle");
  }

  @Test
  void rebasing_pushed_commits_is_critical() throws Exception {
    world.git("clone", "-q", "--bare", ".", "../remote.git");
    world.git("remote", "add", "origin", "../remote.git");
    var before = world.prepare("git_integrate", "action", "rebase", "revisions", List.of("topic"));
    assertThat(before.effects().getFirst().risk()).isEqualTo(Risk.LOW);
    world.git("fetch", "-q", "origin");

    var after = world.prepare("git_integrate", "action", "rebase", "revisions", List.of("topic"));
    assertThat(after.effects().getFirst().risk()).isEqualTo(Risk.CRITICAL);
  }

  private void conflict() throws Exception {
    world.git("switch", "-q", "topic");
    world.write("a.txt", "theirs\n");
    world.commit("Topic changes");
    world.git("switch", "-q", "main");
    world.write("a.txt", "ours\n");
    world.commit("Main changes");
  }

  private dev.fuse.spi.ToolResult.Ok run(String action, String revision) throws Exception {
    return world.ok("git_integrate", "action", action, "revisions", List.of(revision));
  }
}
