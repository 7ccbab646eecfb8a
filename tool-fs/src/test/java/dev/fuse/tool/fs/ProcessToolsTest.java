package dev.fuse.tool.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.tool.fs.machine.Programs;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.process.Processes;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProcessToolsTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
  }

  @Test
  void words_arrive_as_they_are_and_no_shell_looks_at_them() {
    var text = run("printf", "[%s]", "$HOME", "a b", "*", "`id`", "").text();
    assertThat(text).isEqualTo("exit 0\n[$HOME][a b][*][`id`][]\n");
  }

  @Test
  void directory_environment_and_stdin_are_given() throws IOException {
    desk.write("sub/x", "");
    var text =
        desk.run(
                "process_run",
                "argv",
                List.of("sh", "-c", "pwd; echo $A; cat"),
                "directory",
                "sub",
                "environment",
                Map.of("A", "1 2"),
                "stdin",
                "in\n")
            .text();
    assertThat(text).isEqualTo("exit 0\n" + desk.directory.resolve("sub") + "\n1 2\nin\n");
  }

  @Test
  void an_exit_code_is_an_answer_and_both_streams_are_shown_without_escapes() {
    assertThat(
            run(
                    "sh",
                    "-c",
                    "echo out; echo err >&2; printf '\\033[31mred\\033[0m 10%%\\r20%%\\n'; exit 3")
                .text())
        .isEqualTo("exit 3\nout\nerr\n20%\n");
  }

  @Test
  void a_flood_keeps_head_and_tail() {
    var text = run("sh", "-c", "echo first; yes | head -c 5000000; echo last").text();
    assertThat(text)
        .startsWith("exit 0\nfirst\ny\n")
        .contains("left out …")
        .endsWith("y\nlast\n")
        .hasSizeLessThan(2_200_000);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void one_that_hangs_ignores_term_and_has_fled_its_parent_is_ended_with_all_it_started()
      throws Exception {
    desk.write(
        "fork.sh",
        "trap '' TERM; (setsid sh -c 'trap \"\" TERM; sleep 47711' &) ; sleep 47712 & sleep"
            + " 47713\n");
    var action = desk.prepare("process_run", "argv", List.of("sh", "fork.sh"), "timeout", 1L);
    assertThatThrownBy(() -> desk.run(action))
        .isInstanceOfSatisfying(
            ToolFailure.class,
            e -> {
              assertThat(e.result().kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
              assertThat(e.result().problem()).contains("did not end within 1 s");
            });
    assertThat(new Processes(new Programs(Place.of(desk.context))).all())
        .noneMatch(one -> one.command().startsWith("sleep 4771"));
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void one_in_the_background_does_not_keep_it_and_is_named() {
    var text = run("sh", "-c", "sleep 30 & echo $!").text();
    var pid = text.lines().toList().get(1);
    assertThat(text).startsWith("exit 0; it left running: pid " + pid + "\n");
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void the_terminal_is_not_in_reach() {
    assertThat(run("sh", "-c", "cat < /dev/tty && echo read it").text())
        .doesNotContain("read it")
        .doesNotStartWith("exit 0");
  }

  @Test
  void what_a_shell_would_understand_is_explained() {
    assertThat(refused("ls", "|", "wc").problem()).contains("'|' means something to a shell only");
    assertThat(refused("cd", "x").hint()).contains("directory");
    assertThat(refused("ls -l").hint()).contains("a word of its own");
    assertThat(refused("no-such-program").kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(refused().problem()).contains("'argv' is empty");
  }

  @Test
  void a_script_without_the_bit_and_a_program_swapped_meanwhile() throws IOException {
    var script = desk.write("run.sh", "#!/bin/sh\necho hi\n");
    assertThat(refused("./run.sh").hint()).contains("chmod +x");
    script.toFile().setExecutable(true);
    var before = desk.prepare("process_run", "argv", List.of("./run.sh")).version();
    desk.write("run.sh", "#!/bin/sh\necho evil!\n");
    assertThat(desk.prepare("process_run", "argv", List.of("./run.sh")).version())
        .isNotEqualTo(before);
  }

  @Test
  void processes_are_found_by_port_name_and_pid() throws IOException {
    try (var socket = new ServerSocket(0)) {
      long me = ProcessHandle.current().pid();
      assertThat(desk.run("process_list", "port", (long) socket.getLocalPort()).text())
          .startsWith("1 process of ")
          .contains("pid " + me + " ");
      assertThat(desk.run("process_list", "pid", me).text())
          .contains("open files: ")
          .contains("directory: ");
      assertThat(desk.refusal("process_list", "name", "no such process at all").kind())
          .isEqualTo(Kind.NOT_FOUND);
    }
  }

  @Test
  void a_password_on_a_command_line_is_declared() throws IOException {
    var process =
        new ProcessBuilder(
                "sh", "-c", "sleep 30; true", "x", "--db-password=hunter2", "--api-key", "k3y")
            .start();
    try {
      var result = desk.run("process_list", "pid", process.pid());
      assertThat(result.secrets())
          .extracting(ToolResult.Secret::value)
          .containsExactly("hunter2", "k3y");
      assertThat(result.text())
          .contains("--db-password=(secret) --api-key (secret)")
          .doesNotContain("hunter2", "k3y");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void a_process_is_ended_and_one_of_that_number_born_later_is_not() throws IOException {
    var process = new ProcessBuilder("sleep", "300").start();
    var action = desk.prepare("process_kill", "pid", process.pid());
    assertThat(action.effects().getFirst().risk()).isEqualTo(Risk.HIGH);
    assertThat(action.effects().getFirst().target().find("program")).contains("sleep");
    assertThat(desk.run(action).text()).isEqualTo("sleep (pid " + process.pid() + ") has ended");
    assertThat(desk.run(action).text()).contains("has ended by itself");
  }

  @Test
  void fuse_itself_and_the_first_process_are_not_ended() {
    assertThat(desk.refusal("process_kill", "pid", ProcessHandle.current().pid()).kind())
        .isEqualTo(Kind.FORBIDDEN);
    assertThat(desk.refusal("process_kill", "pid", 1L).kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(desk.refusal("process_kill", "pid", 4_000_000L).kind()).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void answers_of_ps_are_read() {
    var one =
        Processes.ofPs("  501     1 me   2048 0:01.50 3-02:00:10 /usr/sbin/cupsd -l\n").getFirst();
    assertThat(one.program()).isEqualTo("cupsd");
    assertThat(one.memory()).isEqualTo(2048 * 1024);
    assertThat(one.cpuMillis()).isEqualTo(1500);
  }

  private ToolResult.Ok run(String... argv) {
    return desk.run("process_run", "argv", List.of(argv));
  }

  private ToolResult.Failed refused(String... argv) {
    return desk.refusal("process_run", "argv", List.of(argv));
  }
}
