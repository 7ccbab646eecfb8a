package dev.fuse.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {

  @TempDir Path root;
  private World world;

  @BeforeEach
  void open() throws Exception {
    world = World.withCommit(root);
  }

  @Test
  void what_is_staged_is_committed_and_nothing_else() throws Exception {
    world.write("a.txt", "staged\n");
    world.git("add", "a.txt");
    world.write("a.txt", "later\n");
    world.write("b.txt", "x\n");

    var action = world.prepare("git_commit", "message", "Second\n\n# kept body");
    assertThat(action.preview().orElseThrow().get().body())
        .contains("+staged")
        .doesNotContain("later");
    var text = world.text("git_commit", "message", "Second\n\n# kept body");

    assertThat(text).contains("Ann Lee (HEAD -> main) Second", "M a.txt");
    assertThat(world.git("log", "-1", "--format=%B")).isEqualTo("Second\n\n# kept body");
    assertThat(world.git("show", "HEAD:a.txt")).isEqualTo("staged");
    assertThat(world.git("status", "--short")).isEqualTo(" M a.txt\n?? b.txt");
  }

  @Test
  void named_files_are_committed_as_they_are_and_what_is_staged_stays() throws Exception {
    world.write("a.txt", "staged\n");
    world.git("add", "a.txt");
    world.write("dir/-new *.txt", "x\n");

    assertThat(world.text("git_commit", "message", "New", "paths", List.of("dir")))
        .contains("A dir/-new *.txt");
    assertThat(world.git("status", "--short")).isEqualTo("M  a.txt");
  }

  @Test
  void an_approval_holds_for_the_content_that_was_shown() throws Exception {
    world.write("a.txt", "x\n");
    var before = world.prepare("git_commit", "message", "m", "paths", List.of("a.txt")).version();
    assertThat(world.prepare("git_commit", "message", "m", "paths", List.of("a.txt")).version())
        .isEqualTo(before);

    world.write("a.txt", "y\n");
    assertThat(world.prepare("git_commit", "message", "m", "paths", List.of("a.txt")).version())
        .isNotEqualTo(before);
  }

  @Test
  void a_commit_is_low_and_its_hooks_are_code() throws Exception {
    world.write("a.txt", "x\n");
    world.git("add", "a.txt");
    assertThat(world.prepare("git_commit", "message", "m").effects())
        .singleElement()
        .satisfies(effect -> assertThat(effect.verb()).isEqualTo(Verb.UPDATE))
        .satisfies(effect -> assertThat(effect.risk()).isEqualTo(Risk.LOW))
        .satisfies(effect -> assertThat(effect.target().name()).isEqualTo("main"));

    var hook = world.script(world.repository.resolve(".git/hooks/pre-commit"), "true");
    world.git("config", "gpg.program", "/evil");
    assertThat(world.prepare("git_commit", "message", "m").effects().stream().skip(1))
        .allMatch(effect -> effect.verb() == Verb.EXECUTE && effect.risk() == Risk.HIGH)
        .extracting(CommitTest::program)
        .containsExactly(hook.toString(), "gpg.program=/evil");
  }

  @Test
  void hooks_run_and_one_that_refuses_is_quoted_and_leaves_everything_as_it_was() throws Exception {
    world.write("a.txt", "x\n");
    world.write("new.txt", "x\n");
    world.script(
        world.repository.resolve(".git/hooks/pre-commit"),
        "echo 'no trailing \033[31mspace'; exit 1");

    var failed = world.failed("git_commit", "message", "m", "paths", List.of("a.txt", "new.txt"));

    assertThat(failed.problem()).contains("ended with 1", "no trailing \\u{1b}[31mspace");
    assertThat(world.git("status", "--short")).isEqualTo(" M a.txt\n?? new.txt");
  }

  @Test
  void the_first_commit_of_a_branch_works() throws Exception {
    world.gitIn(world.root, "init", "-q", "fresh");
    var fresh = world.root.resolve("fresh");
    java.nio.file.Files.writeString(fresh.resolve("x.txt"), "x\n");

    assertThat(world.in(fresh, "git_commit", "message", "Begin", "paths", List.of("x.txt")).text())
        .contains("(HEAD -> main) Begin", "A x.txt");
  }

  @Test
  void nothing_to_commit_and_conflicts_are_refused_before_anybody_is_asked() throws Exception {
    world.write("a.txt", "x\n");
    assertThat(world.failed("git_commit", "message", "m").hint()).contains("changed: a.txt");
    assertThat(world.failed("git_commit", "message", " ").problem()).contains("message is empty");
    assertThat(world.failed("git_commit", "message", "m", "paths", List.of("/etc")).kind())
        .isEqualTo(Kind.INVALID);
  }

  private static String program(Effect effect) {
    return effect.target().find("program").orElse("");
  }
}
