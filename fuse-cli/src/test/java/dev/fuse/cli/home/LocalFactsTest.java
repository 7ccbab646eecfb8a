package dev.fuse.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFactsTest {

  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();

  @Test
  void without_any_file_there_is_the_directory_and_the_system() {
    assertThat(facts()).isEqualTo(Map.of("directory", folder.toString(), "os", "Linux 6"));
  }

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

  @Test
  void kubectl_files_are_merged_as_kubectl_does() throws IOException {
    write("none", "apiVersion: v1\ncontexts: null\ncurrent-context: \"\"\n");
    write(
        "one",
        """
        apiVersion: v1
        contexts:
        - context:
            cluster: a
            extensions:
            - extension:
                provider: minikube
              name: context_info
            namespace: wrong
            user: a
          name: a
        current-context: 'gke_acme-prod_eu'   # the one
        kind: Config
        """);
    write(
        "two",
        """
        current-context: a
        contexts:
          - name: gke_acme-prod_eu
            context: {cluster: x}
          - name: other
            context:
              namespace: "pay ments"
        users: []
        """);
    variables.put("KUBECONFIG", "gone:" + folder.resolve("none") + "::one:two");

    assertThat(facts())
        .containsEntry("kube-context", "gke_acme-prod_eu")
        .containsEntry("kube-namespace", "default");
    assertThat(LocalFacts.read(environment(), Map.of("context", "other")).values())
        .containsEntry("kube-context", "other")
        .containsEntry("kube-namespace", "pay ments");
    assertThat(LocalFacts.read(environment(), Map.of("context", "a")).values())
        .containsEntry("kube-namespace", "wrong");
  }

  @Test
  void a_kubeconfig_of_500_contexts_and_one_in_json_are_read() throws IOException {
    write(".kube/config", large(500));
    assertThat(facts())
        .containsEntry("kube-context", "context-499")
        .containsEntry("kube-namespace", "team-499");

    write(
        ".kube/config",
        "{\"current-context\":\"j\",\"contexts\":[{\"name\":\"j\",\"context\":{\"namespace\":\"n\"}}]}");
    assertThat(facts()).containsEntry("kube-context", "j").containsEntry("kube-namespace", "n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "\u0000\u0001",
        "current-context:",
        "contexts:\n- name",
        "contexts:\n-\n- - :",
        "[]"
      })
  void a_broken_kubeconfig_tells_nothing(String text) throws IOException {
    write(".kube/config", text);

    assertThat(facts()).doesNotContainKeys("kube-context", "kube-namespace");
  }

  @Test
  void gclouds_active_configuration_names_the_project() throws IOException {
    write(".config/gcloud/configurations/config_default", "[core]\nproject = wrong\n");
    write(
        ".config/gcloud/configurations/config_acme",
        "[compute]\nproject=no\n[core]\nproject = acme-1\n");
    write(".config/gcloud/active_config", "acme");
    assertThat(facts()).containsEntry("google-project", "acme-1");

    variables.put("CLOUDSDK_ACTIVE_CONFIG_NAME", "default");
    assertThat(facts()).containsEntry("google-project", "wrong");
    variables.put("GOOGLE_CLOUD_PROJECT", "from-variable");
    assertThat(facts()).containsEntry("google-project", "from-variable");
    assertThat(LocalFacts.read(environment(), Map.of("project", "pinned")).values())
        .containsEntry("google-project", "pinned");
  }

  static String large(int contexts) {
    var certificate = "Q".repeat(2_000);
    return "apiVersion: v1\nclusters:\n"
        + each(
            contexts,
            "- cluster:\n    certificate-authority-data: "
                + certificate
                + "\n    server: https://h\n  name: cluster-%d\n")
        + "contexts:\n"
        + each(
            contexts,
            "- context:\n"
                + "    cluster: c\n"
                + "    namespace: team-%1$d\n"
                + "    user: u\n"
                + "  name: context-%1$d\n")
        + "current-context: context-"
        + (contexts - 1)
        + "\nkind: Config\npreferences: {}\nusers:\n"
        + each(
            contexts, "- name: u-%d\n  user:\n    client-certificate-data: " + certificate + "\n");
  }

  private static String each(int count, String text) {
    return IntStream.range(0, count).mapToObj(text::formatted).collect(Collectors.joining());
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
