package dev.fuse.tool.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteChangesTest {

  @TempDir Path root;
  private World world;
  private Path remote;

  @BeforeEach
  void open() throws Exception {
    world = World.withCommit(root);
    world.git("clone", "-q", "--bare", ".", "../remote.git");
    remote = world.root.resolve("remote.git");
    world.gitIn(remote, "config", "http.receivepack", "true");
    world.git("remote", "add", "origin", remote.toString());
    world.git("fetch", "-q", "origin");
    world.git("branch", "-q", "--set-upstream-to=origin/main");
  }

  @Test
  void a_push_shows_what_goes_where_and_can_be_taken_back() throws Exception {
    world.write("a.txt", "second\n");
    world.commit("Second");
    var before = there("main");

    var action = world.prepare("git_push");
    assertThat(action.effects())
        .singleElement()
        .satisfies(effect -> assertThat(effect.risk()).isEqualTo(Risk.HIGH))
        .satisfies(effect -> assertThat(effect.leavesMachine()).isTrue())
        .satisfies(
            effect ->
                assertThat(effect.target().coordinates())
                    .containsEntry("remote", "origin")
                    .containsEntry("url", remote.toString())
                    .containsEntry("branch", "main"));
    assertThat(action.preview().orElseThrow().get().body())
        .startsWith("new there:")
        .contains("Second");

    var done = world.ok("git_push");
    assertThat(there("main")).isEqualTo(world.git("rev-parse", "HEAD"));
    assertThat(risk(world.tool("git_push"), done.undo().orElseThrow().arguments()))
        .isEqualTo(Risk.CRITICAL);
    world.undo(done);
    assertThat(there("main")).isEqualTo(before);
  }

  @Test
  void a_rejected_push_is_a_conflict_before_and_after_it_is_known() throws Exception {
    other("Theirs");
    world.git("commit", "-q", "--allow-empty", "-m", "Mine");

    var unknown = world.failed("git_push");
    assertThat(unknown.kind()).isEqualTo(Kind.CONFLICT);
    assertThat(unknown.hint()).contains("git_fetch");

    assertThat(world.text("git_fetch")).contains("main", "-> origin/main");
    assertThat(world.failed("git_push").problem())
        .isEqualTo("'main' of 'origin' has 1 commits that are not in what would be pushed");
  }

  @Test
  void a_force_push_is_critical_names_what_is_lost_and_holds_only_for_what_was_seen()
      throws Exception {
    other("Theirs");
    world.ok("git_fetch");
    world.git("commit", "-q", "--allow-empty", "-m", "Mine");

    var action = world.prepare("git_push", "force", true);
    assertThat(action.effects().getFirst().risk()).isEqualTo(Risk.CRITICAL);
    assertThat(action.effects().getFirst().target().name()).isEqualTo("main");
    assertThat(action.preview().orElseThrow().get().body()).contains("LOST there:", "Theirs");

    other("Later");
    assertThat(world.failed("git_push", "force", true).problem()).contains("stale info");
    world.ok("git_fetch");
    var lost = there("main");
    var done = world.ok("git_push", "force", true);
    assertThat(there("main")).isEqualTo(world.git("rev-parse", "HEAD"));
    world.undo(done);
    assertThat(there("main")).isEqualTo(lost);
  }

  @Test
  void branches_and_tags_there_are_made_and_deleted() throws Exception {
    world.git("branch", "topic");
    var created = world.ok("git_push", "branch", "topic", "set_upstream", true);
    assertThat(there("topic")).isEqualTo(world.git("rev-parse", "topic"));
    assertThat(world.git("rev-parse", "--abbrev-ref", "topic@{u}")).isEqualTo("origin/topic");

    assertThat(world.prepare("git_push", "branch", "topic", "delete", true).effects().getFirst())
        .matches(effect -> effect.verb() == Verb.DELETE && effect.risk() == Risk.CRITICAL);
    var deleted = world.ok("git_push", "branch", "topic", "delete", true);
    assertThat(there("topic")).isEmpty();
    world.undo(deleted);
    assertThat(there("topic")).isNotEmpty();
    world.undo(created);
    assertThat(there("topic")).isEmpty();

    world.git("tag", "v1");
    world.undo(world.ok("git_push", "tag", "v1"));
    assertThat(world.gitIn(remote, "tag")).isEmpty();
  }

  @Test
  void a_pull_goes_forward_and_back_and_stops_where_both_sides_have_commits() throws Exception {
    var before = world.state();
    other("Theirs");
    var pulled = world.ok("git_pull");
    assertThat(world.repository.resolve("theirs.txt")).exists();
    assertThat(pulled.text()).contains("Theirs");
    world.undo(pulled);
    assertThat(world.state()).isEqualTo(before);

    world.write("mine.txt", "x\n");
    world.commit("Mine");
    assertThat(world.failed("git_pull").kind()).isEqualTo(Kind.CONFLICT);
    world.ok("git_pull", "how", "rebase");
    assertThat(world.git("log", "--format=%s", "-3")).isEqualTo("Mine\nTheirs\nFirst");
  }

  @Test
  void addresses_are_never_taken_from_a_model() throws Exception {
    for (var address :
        List.of(
            "ext::sh -c touch% x",
            "https://evil.example/x.git",
            "git@evil.example:x",
            "file:///etc",
            "/etc",
            "--upload-pack=touch x",
            "-oProxyCommand=x")) {
      assertThat(world.failed("git_fetch", "remote", address).kind())
          .as(address)
          .isEqualTo(Kind.INVALID);
      assertThat(world.failed("git_push", "remote", address).kind())
          .as(address)
          .isEqualTo(Kind.INVALID);
    }
  }

  @Test
  void a_remote_that_is_a_program_is_not_run() throws Exception {
    world.git("remote", "add", "evil", "ext::sh -c touch% " + root.resolve("sprung"));

    assertThat(world.failed("git_fetch", "remote", "evil").problem()).contains("'ext' not allowed");
    assertThat(root.resolve("sprung")).doesNotExist();
  }

  @Test
  void what_the_repository_would_have_run_is_code() throws Exception {
    world.script(world.repository.resolve(".git/hooks/pre-push"), "exit 1");
    world.git("config", "core.sshCommand", "evil-ssh");
    world.git("config", "credential.https://x.example.helper", "!evil");
    world.git("config", "remote.origin.receivepack", "evil-pack");

    assertThat(world.prepare("git_push").effects().stream().skip(1))
        .allMatch(effect -> effect.verb() == Verb.EXECUTE && effect.risk() == Risk.HIGH)
        .extracting(RemoteChangesTest::program)
        .containsExactlyInAnyOrder(
            world.repository.resolve(".git/hooks/pre-push").toString(),
            "core.sshCommand=evil-ssh",
            "credential.https://x.example.helper=!evil",
            "remote.origin.receivepack=evil-pack");
  }

  @Test
  void over_http_the_persons_credential_helper_answers_and_without_one_nobody_is_asked()
      throws Exception {
    try (var http = new HttpRemote(world.root)) {
      world.git("remote", "set-url", "origin", http.address("remote.git"));

      assertThat(world.failed("git_fetch"))
          .satisfies(failed -> assertThat(failed.kind()).isEqualTo(Kind.CREDENTIALS))
          .satisfies(failed -> assertThat(failed.hint()).contains("credential helper"));
      Files.writeString(
          world.home.resolve(".gitconfig"),
          """
          [credential]
            helper = "!f() { echo username=ann; echo password=s3cret-token; }; f"
          """,
          java.nio.file.StandardOpenOption.APPEND);

      world.write("a.txt", "over http\n");
      world.commit("Second");
      assertThat(world.text("git_push")).doesNotContain("s3cret");
      assertThat(there("main")).isEqualTo(world.git("rev-parse", "HEAD"));
      other("Theirs");
      assertThat(world.text("git_pull")).contains("Theirs");
    }
  }

  @Test
  void over_ssh_the_persons_agent_answers() throws Exception {
    assumeTrue(world.tryIn("ssh", "-V") && world.tryIn("ssh-agent", "-h"), "no SSH client here");
    var key = world.root.resolve("key");
    world.run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString());
    var ssh =
        "ssh -F /dev/null -o IdentitiesOnly=no -o IdentityFile=/dev/null -o"
            + " StrictHostKeyChecking=accept-new -o UserKnownHostsFile="
            + world.root.resolve("known");
    world.environment.put("GIT_SSH_COMMAND", ssh);
    try (var server =
        new SshRemote(world.root.resolve("host"), Files.readString(Path.of(key + ".pub")))) {
      world.git("remote", "set-url", "origin", server.address(remote));
      assertThat(world.failed("git_fetch").kind()).isEqualTo(Kind.CREDENTIALS);

      var socket = world.root.resolve("agent");
      var agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
      try {
        agent.inputReader().readLine();
        world.environment.put("SSH_AUTH_SOCK", socket.toString());
        world.run("ssh-add", "-q", key.toString());
        world.write("a.txt", "over ssh\n");
        world.commit("Second");
        world.ok("git_push");
        assertThat(there("main")).isEqualTo(world.git("rev-parse", "HEAD"));
      } finally {
        agent.destroy();
      }
    }
  }

  @Test
  void a_remote_that_is_not_there_and_a_hook_that_refuses_are_told_apart() throws Exception {
    world.git("remote", "set-url", "origin", "http://127.0.0.1:1/x.git");
    assertThat(world.failed("git_fetch").kind()).isEqualTo(Kind.UNAVAILABLE);
    world.git("remote", "set-url", "origin", world.root.resolve("gone.git").toString());
    assertThat(world.failed("git_fetch").kind()).isEqualTo(Kind.NOT_FOUND);

    world.git("remote", "set-url", "origin", remote.toString());
    world.script(remote.resolve("hooks/pre-receive"), "echo 'only by pull request' >&2; exit 1");
    world.git("commit", "-q", "--allow-empty", "-m", "Mine");
    assertThat(world.failed("git_push"))
        .satisfies(failed -> assertThat(failed.kind()).isEqualTo(Kind.FORBIDDEN))
        .satisfies(failed -> assertThat(failed.problem()).contains("only by pull request"));
  }

  private void other(String subject) throws Exception {
    var clone = world.root.resolve("other");
    if (!Files.exists(clone)) {
      world.gitIn(world.root, "clone", "-q", remote.toString(), "other");
    }
    world.gitIn(clone, "pull", "-q", "--rebase");
    Files.writeString(clone.resolve(subject.toLowerCase(java.util.Locale.ROOT) + ".txt"), "x\n");
    world.gitIn(clone, "add", "-A");
    world.gitIn(clone, "commit", "-q", "-m", subject);
    world.gitIn(clone, "push", "-q");
  }

  private String there(String branch) throws Exception {
    return world.tryGitIn(remote, "rev-parse", "-q", "--verify", "refs/heads/" + branch).text();
  }

  private Risk risk(dev.fuse.spi.Tool tool, java.util.Map<String, Object> arguments) {
    return tool.prepare(new dev.fuse.spi.Arguments(arguments), world.call)
        .effects()
        .getFirst()
        .risk();
  }

  private static String program(Effect effect) {
    return effect.target().find("program").orElse("");
  }
}
