package dev.fuse.tool.git.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fuse.spi.Finding;
import dev.fuse.spi.Finding.Severity;
import dev.fuse.tool.git.World;
import dev.fuse.tool.git.repo.Repo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {

  @TempDir Path root;
  private World world;

  @BeforeEach
  void open() throws Exception {
    world = World.withCommit(root);
  }

  @Test
  void a_healthy_repository_has_no_finding() throws Exception {
    var result = world.ok("git_diagnose");

    assertThat(result.findings()).isEmpty();
    assertThat(result.text()).startsWith("no fault found in " + world.repository);
  }

  @Test
  void uncommitted_work_is_worth_knowing_and_no_fault() throws Exception {
    world.write("a.txt", "x\n");
    world.write("b.txt", "x\n");

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.INFO);
              assertThat(finding.seen())
                  .isEqualTo("0 staged, 1 changed, 1 untracked: a.txt, b.txt");
            });
  }

  @Test
  void a_conflict_is_one_error_and_the_merge_that_made_it_a_warning() throws Exception {
    world.git("switch", "-q", "-c", "other");
    world.write("a.txt", "theirs\n");
    world.commit("Theirs");
    world.git("switch", "-q", "main");
    world.write("a.txt", "ours\n");
    world.commit("Ours");
    world.tryGitIn(world.repository, "merge", "other");

    assertThat(findings())
        .extracting(Finding::severity, Finding::subject, Finding::seen)
        .containsExactly(
            tuple(Severity.ERROR, "conflict", "a.txt (both modified)"),
            tuple(
                Severity.WARNING,
                "merge in the middle",
                "merge in the middle: of " + world.git("rev-parse", "--short", "other")));
  }

  @Test
  void a_rebase_in_the_middle_is_named_with_its_branch_and_step_and_not_as_detached()
      throws Exception {
    world.git("switch", "-q", "-c", "topic");
    world.write("a.txt", "topic\n");
    world.commit("Topic");
    world.git("switch", "-q", "main");
    world.write("a.txt", "main\n");
    world.commit("Main");
    world.git("switch", "-q", "topic");
    world.tryGitIn(world.repository, "rebase", "main");

    assertThat(findings())
        .extracting(Finding::subject)
        .containsExactly("conflict", "rebase in the middle");
    assertThat(findings().getLast().seen()).contains("branch topic", "step 1/1");
  }

  @Test
  void a_detached_head_counts_the_commits_that_would_be_lost() throws Exception {
    world.git("switch", "-q", "--detach");
    assertThat(findings().getFirst().seen()).contains("a branch or tag holds every commit");

    world.write("a.txt", "x\n");
    world.commit("Stray");
    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.seen()).contains("'Stray'", "1 commit on no branch");
              assertThat(finding.next()).contains("git switch -c");
            });
  }

  @Test
  void an_old_lock_that_nobody_holds_is_an_error_and_a_fresh_one_is_not() throws Exception {
    var lock = Files.writeString(world.repository.resolve(".git/index.lock"), "");
    assertThat(findings()).extracting(Finding::severity).containsExactly(Severity.INFO);

    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(7_300)));
    assertThat(new Locks(repo(), Instant.now(), () -> List.of()).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.seen())
                  .contains("index.lock', 0 bytes, made 2 hours ago", "no git");
            });
    assertThat(new Locks(repo(), Instant.now(), () -> List.of(77L)).findings())
        .extracting(Finding::severity)
        .containsExactly(Severity.INFO);
  }

  @Test
  void diverged_behind_and_unpushed_branches_are_told_apart() throws Exception {
    world.gitIn(world.root, "clone", "-q", world.repository.toString(), "clone");
    var clone = world.root.resolve("clone");
    assertThat(world.in(clone, "git_diagnose").findings()).isEmpty();

    world.write("a.txt", "theirs\n");
    world.commit("Theirs");
    world.gitIn(clone, "fetch", "-q");
    assertThat(world.in(clone, "git_diagnose").findings())
        .extracting(Finding::severity, Finding::seen)
        .containsExactly(tuple(Severity.INFO, "1 commit behind 'origin/main'"));

    world.gitIn(clone, "commit", "-q", "--allow-empty", "-m", "Mine");
    assertThat(world.in(clone, "git_diagnose").findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.cause()).contains("diverged");
              assertThat(finding.notChecked().getFirst()).contains("last fetched");
            });

    world.gitIn(clone, "reset", "-q", "--hard", "HEAD~1");
    world.gitIn(clone, "commit", "-q", "--allow-empty", "-m", "Mine");
    world.git("reset", "-q", "--hard", "HEAD~1");
    world.gitIn(clone, "fetch", "-q");
    assertThat(world.in(clone, "git_diagnose").findings().getFirst().seen())
        .contains("1 commit not pushed to 'origin/main'");
  }

  @Test
  void an_upstream_that_is_gone_is_a_warning() throws Exception {
    world.git("branch", "topic");
    world.gitIn(world.root, "clone", "-q", "-b", "topic", world.repository.toString(), "clone");
    var clone = world.root.resolve("clone");
    world.git("branch", "-D", "topic");
    world.gitIn(clone, "fetch", "-q", "--prune");

    assertThat(world.in(clone, "git_diagnose").findings().getFirst().seen())
        .isEqualTo("its upstream 'origin/topic' does not exist here");
  }

  @Test
  void a_corrupt_index_and_an_empty_branch_file_are_errors() throws Exception {
    Files.writeString(world.repository.resolve(".git/index"), "rubbish");
    assertThat(findings())
        .extracting(Finding::severity, Finding::subject)
        .containsExactly(tuple(Severity.ERROR, "repository"));

    Files.delete(world.repository.resolve(".git/index"));
    Files.writeString(world.repository.resolve(".git/refs/heads/main"), "");
    assertThat(findings().getFirst().seen()).contains("refs/heads/main' holds no commit");
  }

  @Test
  void a_repository_without_its_objects_is_told_with_what_is_still_seen() throws Exception {
    world.script(world.repository.resolve(".git/hooks/pre-commit"), "true");
    world.repository.resolve(".git/hooks/pre-commit").toFile().setExecutable(false);
    FileUtils.delete(world.repository.resolve(".git/objects").toFile(), FileUtils.RECURSIVE);
    Files.createDirectories(world.repository.resolve(".git/objects/info"));

    assertThat(findings())
        .extracting(Finding::severity, Finding::subject)
        .contains(tuple(Severity.ERROR, "HEAD"));
  }

  @Test
  void what_should_not_be_committed_is_found_while_it_is_staged() throws Exception {
    world.write("deploy.sh", "#!/bin/sh\r\necho\r\n");
    world.write("run.sh", "#!/bin/sh\necho\n");
    world.write("app.yaml", "a: 1\nkey: ghp_" + "0123456789abcdefghijABCDEFGHIJ012345\n");
    world.write("app.py", "db_password = 'hunter2hunter2'\n");
    world.write("example.py", "password = 'example-1234567'\npassword = os.environ['X1']\n");
    world.write("prod.env", "A=1\n");
    Files.write(world.repository.resolve("dump.bin"), new byte[10_000_001]);
    Files.createSymbolicLink(world.repository.resolve("link"), Path.of("nowhere"));
    world.git("add", "-A");

    assertThat(findings())
        .extracting(Finding::severity, Finding::subject, Finding::seen)
        .contains(
            tuple(Severity.ERROR, "app.yaml", "line 2 is staged and looks like a GitHub token"),
            tuple(Severity.ERROR, "app.py", "line 1 is staged and looks like a password or token"),
            tuple(Severity.ERROR, "deploy.sh", "its first line is '#!/bin/sh\\r'"),
            tuple(Severity.WARNING, "dump.bin", "10,000,001 bytes are staged"),
            tuple(Severity.WARNING, "broken link", "link -> nowhere"),
            tuple(
                Severity.WARNING, "prod.env", "is staged, and files of that name hold credentials"),
            tuple(
                Severity.WARNING,
                "run.sh",
                "starts with '#!/bin/sh' and is staged as not executable"));
    assertThat(findings().toString()).doesNotContain("0123456789abcdefghij");

    world.git("commit", "-qm", "All of it");
    assertThat(findings()).extracting(Finding::subject).containsExactly("broken link");
  }

  @Test
  void another_address_than_usual_and_none_are_told_apart() throws Exception {
    world.git("commit", "-q", "--allow-empty", "-m", "Two");
    world.git("commit", "-q", "--allow-empty", "-m", "Three");
    assertThat(findings()).isEmpty();

    world.git("config", "user.email", "ann@home.example");
    assertThat(findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.seen())
                    .isEqualTo(
                        "user.email is 'ann@home.example', and 3 recent commits of 'Ann Lee' here"
                            + " have 'ann@example.com'"));

    world.git("config", "--unset", "user.email");
    Files.writeString(world.home.resolve(".gitconfig"), "[user]\n  name = Ann Lee\n");
    assertThat(findings().getFirst().seen()).startsWith("no user.email is set; it would be '");
  }

  @Test
  void a_hook_that_git_ignores_is_found() throws Exception {
    var hook = world.script(world.repository.resolve(".git/hooks/pre-push"), "true");
    assertThat(findings()).isEmpty();

    assertThat(hook.toFile().setExecutable(false)).isTrue();
    assertThat(findings().getFirst().seen()).startsWith("pre-push in '").endsWith("not executable");

    world.git("config", "core.hooksPath", ".husky");
    assertThat(findings().getFirst().seen())
        .contains("core.hooksPath = .husky")
        .contains("pre-push");
  }

  private List<Finding> findings() throws Exception {
    return world.ok("git_diagnose").findings();
  }

  private Repo repo() throws Exception {
    var git =
        new org.eclipse.jgit.storage.file.FileRepositoryBuilder()
            .findGitDir(world.repository.toFile())
            .build();
    return Repo.of(git, world.repository, world.repository);
  }
}
