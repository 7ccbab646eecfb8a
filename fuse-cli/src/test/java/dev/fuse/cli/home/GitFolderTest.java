package dev.fuse.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitFolderTest {

  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();

  @Test
  void git_tells_root_branch_and_the_branchs_own_remote() throws IOException {
    git(
        ".git",
        "ref: refs/heads/fix/#12",
        """
        [core]
        \tbare = false
        [remote "origin"]
        \turl = git@github.com:acme/shop.git
        [remote "fork"]
        \turl = https://me:ghp_secret@GitHub.com:443/me/shop.git/  ; mine
        [branch "fix/#12"]
        \tremote = fork
        """);
    var below = Files.createDirectories(folder.resolve("src/main"));

    var facts = LocalFacts.read(Places.environment(folder, below, variables), Map.of()).values();

    assertThat(facts)
        .containsEntry("git-root", folder.toString())
        .containsEntry("git-branch", "fix/#12")
        .containsEntry("git-remote", "github.com/me/shop");
  }

  @Test
  void a_detached_head_has_no_branch_and_origin_is_the_remote() throws IOException {
    git(
        ".git",
        "5d41402abc4b2a76b9719d911017c592c0ffee00",
        "[Remote \"up\"]\nurl=x\n[remote \"origin\"] url = \"ssh://git@host.org:22/a/b c\"\n");

    assertThat(facts())
        .containsEntry("git-remote", "host.org/a/b c")
        .doesNotContainKey("git-branch");
  }

  @Test
  void a_linked_work_tree_has_its_own_branch_and_the_common_remote() throws IOException {
    git("main/.git", "ref: refs/heads/main", "[remote \"only\"]\nurl = gitlab.com:g/p\n");
    write("main/.git/worktrees/w/HEAD", "ref: refs/heads/side\n");
    write("main/.git/worktrees/w/commondir", "../..\n");
    write("w/.git", "gitdir: ../main/.git/worktrees/w\n");

    var facts =
        LocalFacts.read(Places.environment(folder, folder.resolve("w"), variables), Map.of());

    assertThat(facts.values())
        .containsEntry("git-branch", "side")
        .containsEntry("git-remote", "gitlab.com/g/p")
        .containsEntry("git-root", folder.resolve("w").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "git@github.com:acme/shop.git, github.com/acme/shop",
    "https://github.com/acme/shop, github.com/acme/shop",
    "https://user:token@github.com/acme/shop.git, github.com/acme/shop",
    "ssh://git@ssh.github.com:443/acme/shop.git, ssh.github.com/acme/shop",
    "git://host/a/b/, host/a/b",
    "/srv/git/shop.git, ",
    "../shop, ",
    "file:///srv/git/shop.git, ",
    "C:/repos/shop, ",
  })
  void an_address_is_host_owner_and_name(String url, String normalised) {
    assertThat(RemoteUrl.normalised(url).orElse(null)).isEqualTo(normalised);
  }

  private void git(String git, String head, String config) throws IOException {
    write(git + "/HEAD", head + "\n");
    write(git + "/config", config);
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Map<String, String> facts() {
    return LocalFacts.read(environment(), Map.of()).values();
  }

  private Environment environment() {
    return Places.environment(folder, variables);
  }
}
