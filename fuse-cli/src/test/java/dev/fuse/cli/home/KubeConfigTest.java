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
import org.junit.jupiter.params.provider.ValueSource;

class KubeConfigTest {

  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();

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
            """
            - context:
                cluster: c
                namespace: team-%1$d
                user: u
              name: context-%1$d
            """)
        + "current-context: context-"
        + (contexts - 1)
        + "\nkind: Config\npreferences: {}\nusers:\n"
        + each(
            contexts, "- name: u-%d\n  user:\n    client-certificate-data: " + certificate + "\n");
  }

  private static String each(int count, String text) {
    return IntStream.range(0, count).mapToObj(text::formatted).collect(Collectors.joining());
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
