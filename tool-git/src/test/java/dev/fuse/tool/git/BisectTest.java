package dev.fuse.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Risk;
import dev.fuse.spi.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BisectTest {

  @TempDir Path root;
  private World world;
  private String good;

  @BeforeEach
  void open() throws Exception {
    world = World.withCommit(root);
    good = world.git("rev-parse", "HEAD");
    for (int i = 1; i <= 20; i++) {
      world.write("value.txt", (i < 13 ? "fine " : "broken ") + i + "\n");
      world.commit("Change " + i);
    }
  }

  @Test
  void the_first_bad_commit_is_found_and_the_persons_work_tree_is_not_touched() throws Exception {
    world.write("value.txt", "not committed\n");
    var before = world.state();

    var result = bisect("sh", "-c", "! grep broken value.txt");

    assertThat(result.text())
        .contains("first bad: ", "Change 13", "M value.txt", "it fails with:\nbroken 13");
    assertThat(((List<?>) ((java.util.Map<?, ?>) result.structured().orElseThrow()).get("steps")))
        .hasSizeLessThanOrEqualTo(8);
    assertThat(world.state()).isEqualTo(before);
    assertThat(world.git("worktree", "list").lines()).hasSize(1);
  }

  @Test
  void commits_that_cannot_tell_are_gone_around_or_named() throws Exception {
    assertThat(
            bisect("sh", "-c", "grep -q ' 10$' value.txt && exit 125; ! grep broken value.txt")
                .text())
        .contains("Change 13");
    assertThat(
            world
                .failed(
                    "git_bisect",
                    "good",
                    good,
                    "argv",
                    List.of(
                        "sh",
                        "-c",
                        "grep -q 'fine 12' value.txt && exit 125; ! grep broken value.txt"))
                .problem())
        .contains("or one of those that cannot tell");
  }

  @Test
  void a_check_that_does_not_fail_finds_nothing() throws Exception {
    assertThat(world.failed("git_bisect", "good", good, "argv", List.of("true")).problem())
        .startsWith("the check does not fail at 'bad'");
    assertThat(world.failed("git_bisect", "good", "HEAD", "argv", List.of("true")).problem())
        .isEqualTo("'good' is not before 'bad'");
    assertThat(
            world.failed("git_bisect", "good", good, "argv", List.of("no-such-program")).problem())
        .contains("'no-such-program' on PATH");
  }

  @Test
  void it_is_code_and_named_by_its_real_program() throws Exception {
    assertThat(
            world.prepare("git_bisect", "good", good, "argv", List.of("sh", "-c", "x")).effects())
        .singleElement()
        .satisfies(effect -> assertThat(effect.verb()).isEqualTo(Verb.EXECUTE))
        .satisfies(effect -> assertThat(effect.risk()).isEqualTo(Risk.HIGH))
        .satisfies(
            effect -> assertThat(effect.target().find("program").orElseThrow()).startsWith("/"));
  }

  private dev.fuse.spi.ToolResult.Ok bisect(String... argv) throws Exception {
    return world.ok("git_bisect", "good", good, "argv", List.of(argv));
  }
}
