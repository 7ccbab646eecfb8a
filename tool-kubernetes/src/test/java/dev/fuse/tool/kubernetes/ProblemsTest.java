package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemsTest {

  @TempDir Path directory;

  @Test
  void without_a_kubeconfig_the_answer_says_where_it_looked() {
    var bench = new Bench(directory, Map.of("HOME", directory.toString()));
    assertThatThrownBy(() -> bench.run("k8s_list", "kind", "pods"))
        .asInstanceOf(InstanceOfAssertFactories.type(ToolFailure.class))
        .satisfies(
            failure -> {
              assertThat(failure.result().kind()).isEqualTo(Kind.CREDENTIALS);
              assertThat(failure.result().problem()).contains(".kube/config");
            });
  }

  @Test
  void a_server_that_is_not_there_is_unavailable() throws Exception {
    var bench = with("{}");
    assertThatThrownBy(() -> bench.run("k8s_list", "kind", "pods"))
        .asInstanceOf(InstanceOfAssertFactories.type(ToolFailure.class))
        .satisfies(
            failure -> {
              assertThat(failure.result().kind()).isEqualTo(Kind.UNAVAILABLE);
              assertThat(failure.result().problem()).contains("http://127.0.0.1:1", "'prod'");
            });
  }

  @Test
  void a_missing_login_program_is_named() throws Exception {
    var bench =
        with("{exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-login}}");
    assertThatThrownBy(() -> bench.run("k8s_list", "kind", "pods"))
        .hasMessageContaining("'no-such-login', which is not on the PATH");
  }

  @Test
  void a_login_program_that_fails_is_quoted() throws Exception {
    var program =
        Files.writeString(directory.resolve("login"), "#!/bin/sh\necho expired >&2\nexit 3\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var bench =
        with(
            "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login,"
                + " interactiveMode: Never}}");
    assertThatThrownBy(() -> bench.run("k8s_list", "kind", "pods"))
        .hasMessageContaining("gave no credentials: exit code 3, 'expired'");
  }

  @Test
  void a_token_file_is_read_and_who_is_impersonated_is_told() throws Exception {
    Files.writeString(directory.resolve("token"), "from-file\n");
    var sent = new ConcurrentHashMap<String, String>();
    try (var api = new FakeApi()) {
      api.answer(
          "/api/v1/namespaces/shop/pods",
          exchange -> {
            for (var name : List.of("Authorization", "Impersonate-User")) {
              sent.put(name, String.valueOf(exchange.getRequestHeaders().getFirst(name)));
            }
            FakeApi.send(exchange, 200, "application/json", "{\"items\":[]}");
          });
      var file = write("config", "{tokenFile: token, as: jane}", api.url());
      new Bench(directory, Map.of("KUBECONFIG", file.toString())).run("k8s_list", "kind", "pods");
    }
    assertThat(sent)
        .containsEntry("Authorization", "Bearer from-file")
        .containsEntry("Impersonate-User", "jane");
  }

  @Test
  void an_unknown_context_is_answered_with_the_one_that_was_meant() throws Exception {
    var bench = with("{}");
    assertThatThrownBy(() -> bench.prepare("k8s_list", "kind", "pods", "context", "prd"))
        .hasMessageContaining("did you mean 'prod'");
  }

  @Test
  void of_two_files_the_first_one_wins() throws Exception {
    var first = write("first", "{}", "http://127.0.0.1:1");
    var second = write("second", "{}", "http://127.0.0.1:2");
    var bench =
        new Bench(directory, Map.of("KUBECONFIG", first + java.io.File.pathSeparator + second));
    assertThat(bench.run("k8s_contexts").text()).contains("127.0.0.1:1").doesNotContain(":2");
  }

  private Bench with(String user) throws Exception {
    var file = write("config", user, "http://127.0.0.1:1");
    return new Bench(directory, Map.of("KUBECONFIG", file.toString(), "PATH", ""));
  }

  private Path write(String name, String user, String server) throws Exception {
    return Files.writeString(
        directory.resolve(name),
        """
        apiVersion: v1
        kind: Config
        current-context: prod
        clusters: [{name: c, cluster: {server: '%s'}}]
        contexts: [{name: prod, context: {cluster: c, user: u, namespace: shop}}]
        users: [{name: u, user: %s}]
        """
            .formatted(server, user));
  }
}
