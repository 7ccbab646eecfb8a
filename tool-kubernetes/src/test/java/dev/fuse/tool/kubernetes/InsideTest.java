package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.testkit.RecordedCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done inside pods, on a real control plane with a simulated kubelet. */
class InsideTest {

  @TempDir Path directory;
  private Space space;

  @BeforeEach
  void make_a_namespace_with_a_pod() throws Exception {
    space = Space.create(directory);
    space.deployment("web", 1);
  }

  @AfterEach
  void remove_it() {
    if (space != null) {
      space.close();
    }
  }

  @Test
  void a_program_runs_without_a_shell_and_its_output_and_exit_code_come_back() throws Exception {
    var done = space.run("k8s_exec", "name", "web", "argv", List.of("echo", "a b", "$HOME;ls"));
    assertThat(done.text()).isEqualTo("a b $HOME;ls\nexit 0");
    var failed = space.run("k8s_exec", "name", "web", "argv", List.of("ls", "/nowhere"));
    assertThat(failed.text()).contains("stderr:", "/nowhere").doesNotContain("exit 0");
  }

  @Test
  void a_program_that_does_not_end_is_left_with_what_it_said() throws Exception {
    var action =
        space.prepare(
            "k8s_exec",
            "name",
            "web",
            "argv",
            List.of("sh", "-c", "echo so far; sleep 60"),
            "seconds",
            1L);
    var failed = (ToolResult.Failed) action.body().run(RecordedCall.create());
    assertThat(failed.kind()).isEqualTo(ToolResult.Kind.UNKNOWN_OUTCOME);
    assertThat(failed.problem()).contains("may still run in the container", "so far");
  }

  @Test
  void a_missing_program_says_so() throws Exception {
    assertThat(space.run("k8s_exec", "name", "web", "argv", List.of("no-such-program")).text())
        .contains("no-such-program", "exit 127");
  }

  @Test
  void a_file_and_a_folder_come_and_go() throws Exception {
    Files.createDirectories(directory.resolve("conf/deep"));
    Files.writeString(directory.resolve("conf/a.txt"), "first");
    Files.writeString(directory.resolve("conf/deep/b.txt"), "second".repeat(50_000));
    Files.createSymbolicLink(directory.resolve("conf/link"), Path.of("/etc/passwd"));
    var folder = "/tmp/" + space.name();
    var up =
        space.run(
            "k8s_copy", "name", "web", "direction", "to_pod", "pod_path", folder, "path", "conf");
    assertThat(up.text()).contains("2 files", "300005 bytes", "left out 1: link");
    var down =
        space.run(
            "k8s_copy", "name", "web", "direction", "from_pod", "pod_path", folder, "path", "back");
    assertThat(down.text()).contains("2 files");
    assertThat(directory.resolve("back/deep/b.txt"))
        .hasSameTextualContentAs(directory.resolve("conf/deep/b.txt"));
    space.run(
        "k8s_copy",
        "name",
        "web",
        "direction",
        "from_pod",
        "pod_path",
        folder + "/a.txt",
        "path",
        "one.txt");
    assertThat(directory.resolve("one.txt")).hasContent("first");
    space.run("k8s_exec", "name", "web", "argv", List.of("rm", "-r", folder));
    var failed =
        (ToolResult.Failed)
            space
                .prepare(
                    "k8s_copy",
                    "name",
                    "web",
                    "direction",
                    "from_pod",
                    "pod_path",
                    folder,
                    "path",
                    "none")
                .body()
                .run(RecordedCall.create());
    assertThat(failed.problem()).contains("was not copied", "tar ended with");
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void nothing_is_overwritten_here_and_what_is_outside_the_project_asks_as_a_secret()
      throws Exception {
    Files.writeString(directory.resolve("there"), "x");
    assertThatThrownBy(
            () ->
                space.prepare(
                    "k8s_copy",
                    "name",
                    "web",
                    "direction",
                    "from_pod",
                    "pod_path",
                    "/tmp/a",
                    "path",
                    "there"))
        .hasMessageContaining("exists already");
    var out =
        space.prepare(
            "k8s_copy",
            "name",
            "web",
            "direction",
            "to_pod",
            "pod_path",
            "/tmp/a",
            "path",
            "/etc/hostname");
    assertThat(out.effects())
        .anySatisfy(effect -> assertThat(effect.verb()).isEqualTo(Verb.READ_SECRET));
  }

  @Test
  void a_forward_serves_on_loopback_until_it_is_stopped_or_the_plugin_is_closed() throws Exception {
    space.service("web");
    var done = space.run("k8s_port_forward", "name", "web", "port", 80L);
    var address = done.text().replaceFirst("(?s) .*", "");
    assertThat(address).startsWith("127.0.0.1:");
    assertThat(done.text()).contains("port 8080 of Pod web-");
    assertThat(status(address)).isEqualTo(200);
    space.run(done.undo().orElseThrow());
    assertThatThrownBy(() -> status(address)).isInstanceOf(java.io.IOException.class);
  }

  @Test
  void an_ephemeral_container_is_added_without_powers() throws Exception {
    var pod = space.names("po").getFirst();
    var action =
        space.prepare("k8s_debug", "name", pod, "image", "busybox:1.37", "container", "main");
    assertThat(action.effects().getFirst().risk()).isEqualTo(Risk.HIGH);
    assertThat(action.preview().orElseThrow().get().body()).contains("cannot be removed");
    assertThat(space.run("k8s_debug", "name", pod, "image", "busybox:1.37").text())
        .contains("container fuse-debug-1 added to Pod", "k8s_exec name=" + pod);
    assertThat(space.yaml("po", pod)).contains("ephemeralContainers").doesNotContain("privileged");
  }

  private static int status(String address) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://" + address + "/")).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
