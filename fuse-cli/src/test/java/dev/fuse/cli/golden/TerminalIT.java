package dev.fuse.cli.golden;

import static dev.fuse.testkit.Reply.call;
import static dev.fuse.testkit.Reply.calls;
import static dev.fuse.testkit.Reply.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fuse.testkit.Reply.Pace;
import dev.fuse.testkit.ScriptedModelServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees and does at a terminal, through the built command in a tmux of its own. */
class TerminalIT {

  private static final Path LAUNCHER = Path.of("target/fuse/bin/fuse").toAbsolutePath();
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(40);

  private static final Pace SLOW = new Pace(1_000, 700, 0);

  @TempDir Path temporary;
  private ScriptedModelServer model;
  private Path work;
  private List<String> tmux = List.of();

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/tmux")), "there is no tmux");
    model = ScriptedModelServer.start();
    work = Files.createDirectories(temporary.resolve("work"));
    Files.createDirectories(temporary.resolve("home"));
    tmux =
        List.of("/usr/bin/tmux", "-L", "fuse-" + ProcessHandle.current().pid(), "-f", "/dev/null");
    run("kill-server");
    run(
        "new-session",
        "-d",
        "-s",
        "it",
        "-x",
        "80",
        "-y",
        "30",
        "-c",
        work.toString(),
        "env HOME="
            + temporary.resolve("home")
            + " OPENAI_BASE_URL="
            + model.url()
            + " OPENAI_API_KEY=sk-golden-0123456789abcdefghij LANG=C.UTF-8 PS1='$ ' sh");
    seen("$");
  }

  @AfterEach
  void stop() throws Exception {
    if (!tmux.isEmpty()) {
      run("kill-server");
      model.close();
    }
  }

  @Test
  void what_is_pasted_while_fuse_works_stands_in_the_next_prompt_and_never_runs() throws Exception {
    model.then(says("Now it is done.").paced(SLOW));
    chat();
    type("tell me slowly");
    Thread.sleep(700);
    paste("line one\n!touch " + work.resolve("pwned") + "\nline three");

    seen("Now it is done.");
    seen(screen -> screen.contains("fuse> line one") && screen.contains("line three"));
    assertThat(work.resolve("pwned")).doesNotExist();
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void what_is_pasted_before_the_first_prompt_is_not_sent() throws Exception {
    run("send-keys", "-t", "it", LAUNCHER.toString(), "Enter");
    paste("early one\nearly two\n");

    seen(screen -> screen.contains("fuse> early one") && screen.contains("early two"));
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void a_capital_y_is_a_yes_and_a_pasted_yes_is_no_answer() throws Exception {
    model.then(calls(call("fs_write", "path", "a.txt", "content", "hello\n"))).then(says("Done."));
    chat();
    type("write a.txt");
    seen("[q] stop");
    Thread.sleep(500);
    paste("y\n");
    seen("pasted text is no answer");
    assertThat(work.resolve("a.txt")).doesNotExist();
    run("send-keys", "-t", "it", "Y");

    seen("Done.");
    assertThat(work.resolve("a.txt")).hasContent("hello");
  }

  @Test
  void ctrl_d_at_a_question_is_a_no_and_the_exit_code_is_5() throws Exception {
    model.then(calls(call("fs_write", "path", "a.txt", "content", "x\n"))).then(says("I see."));
    type(LAUNCHER + " 'write a.txt'; echo rc=$?");
    seen("[q] stop");
    Thread.sleep(500);
    run("send-keys", "-t", "it", "C-d");

    seen("rc=5");
    assertThat(work.resolve("a.txt")).doesNotExist();
  }

  @Test
  void always_puts_the_rule_into_the_line_to_be_edited() throws Exception {
    model.then(calls(call("fs_write", "path", "a.txt", "content", "x\n"))).then(says("Done."));
    chat();
    type("write a.txt");
    seen("[q] stop");
    Thread.sleep(500);
    run("send-keys", "-t", "it", "a");
    seen("rule: fs_write(path:");
    run("send-keys", "-t", "it", "Enter");

    seen("Done.");
    assertThat(Files.readString(temporary.resolve("home/.fuse/config.yaml")))
        .contains("fs_write(path:");
  }

  @Test
  void one_ctrl_c_on_an_empty_line_warns_and_the_next_one_ends() throws Exception {
    chat();
    run("send-keys", "-t", "it", "C-c");
    seen("press Ctrl-C again to exit");
    run("send-keys", "-t", "it", "C-c");

    seen(screen -> screen.stripTrailing().endsWith("\n$"));
  }

  @Test
  void escape_interrupts_and_what_was_typed_stays() throws Exception {
    model.then(says("A long answer that will not be finished.").paced(SLOW));
    chat();
    type("tell me slowly");
    Thread.sleep(700);
    run("send-keys", "-t", "it", "-l", "next question");
    Thread.sleep(300);
    run("send-keys", "-t", "it", "Escape");

    seen("fuse> next question");
  }

  private void chat() throws Exception {
    type(LAUNCHER.toString());
    seen("fuse>");
  }

  private void type(String line) throws Exception {
    run("send-keys", "-t", "it", "-l", line);
    run("send-keys", "-t", "it", "Enter");
  }

  private void paste(String text) throws Exception {
    var file = temporary.resolve("paste");
    Files.writeString(file, text);
    run("load-buffer", file.toString());
    run("paste-buffer", "-p", "-t", "it");
  }

  private void seen(String text) throws Exception {
    seen(screen -> screen.contains(text));
  }

  private void seen(Predicate<String> wanted) throws Exception {
    long end = System.nanoTime() + PATIENCE;
    var screen = "";
    while (System.nanoTime() < end) {
      screen = run("capture-pane", "-p", "-t", "it");
      if (wanted.test(screen)) {
        return;
      }
      Thread.sleep(150);
    }
    assertThat(screen).as("the screen").matches(wanted);
  }

  private String run(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(tmux);
    command.addAll(List.of(words));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
