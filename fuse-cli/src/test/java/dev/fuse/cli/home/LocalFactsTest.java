package dev.fuse.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFactsTest {

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      contexts:
      - context:
          cluster: a
          namespace: other
          user: a
        name: kind-a
      - context:
          cluster: b
          namespace: payments
          user: b
        name: gke_acme_eu_staging
      current-context: gke_acme_eu_staging
      kind: Config
      """;

  @TempDir Path folder;

  @Test
  void the_branch_and_remote_of_git_are_known() throws IOException {
    var git = Files.createDirectories(folder.resolve("repo/.git"));
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/feature/x\n");
    Files.writeString(
        git.resolve("config"), "[remote \"origin\"]\n\turl = git@github.com:acme/shop.git\n");
    var below = Files.createDirectories(folder.resolve("repo/src"));

    var facts = LocalFacts.read(environment(below, Map.of()), Map.of());

    assertThat(facts.find("git-branch")).contains("feature/x");
    assertThat(facts.find("git-remote")).contains("github.com/acme/shop");
  }

  @Test
  void the_current_context_and_its_namespace_are_known_and_a_pin_outweighs_them()
      throws IOException {
    var file = Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG);
    var environment = environment(folder, Map.of("KUBECONFIG", "/none:" + file));

    var facts = LocalFacts.read(environment, Map.of());
    var pinned = LocalFacts.read(environment, Map.of("context", "kind-a"));

    assertThat(facts.find("kube-context")).contains("gke_acme_eu_staging");
    assertThat(facts.find("kube-namespace")).contains("payments");
    assertThat(pinned.find("kube-context")).contains("kind-a");
    assertThat(pinned.find("kube-namespace")).contains("other");
  }

  @Test
  void the_project_of_the_active_gcloud_configuration_is_known() throws IOException {
    var gcloud = Files.createDirectories(folder.resolve(".config/gcloud/configurations"));
    Files.writeString(gcloud.resolveSibling("active_config"), "work");
    Files.writeString(gcloud.resolve("config_work"), "[core]\nproject = acme-prod\n");

    var facts = LocalFacts.read(environment(folder, Map.of()), Map.of());

    assertThat(facts.find("google-project")).contains("acme-prod");
  }

  @Test
  void what_is_broken_tells_nothing() throws IOException {
    Files.writeString(folder.resolve("kubeconfig"), "\u0000\u0001[[[ not yaml");
    var environment =
        environment(folder, Map.of("KUBECONFIG", folder.resolve("kubeconfig").toString()));

    assertThat(LocalFacts.read(environment, Map.of()).values()).containsOnlyKeys("directory", "os");
  }

  private Environment environment(Path directory, Map<String, String> variables) {
    return new Environment(
        new HashMap<>(variables), directory, Optional.of(folder), "me", "Linux", folder);
  }
}
