package dev.fuse.cli.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fuse.testkit.FuseCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion as a shell asks for it. */
class CompletionIT {

  private static final Path LAUNCHER = Path.of("target/fuse/bin/fuse");

  @TempDir Path temporary;
  private FuseCommand fuse;

  @BeforeEach
  void start() throws Exception {
    fuse = FuseCommand.of(LAUNCHER, temporary);
  }

  @Test
  void bash_completes_commands_through_the_script() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
    var script = fuse.run("completion", "bash").out();
    var file = Files.writeString(temporary.resolve("completion.bash"), script);
    var line =
        "source %s; COMP_WORDS=(%s sess); COMP_CWORD=1; _fuse; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(file, LAUNCHER.toAbsolutePath());

    var process = new ProcessBuilder("/bin/bash", "--norc", "-c", line).start();
    var found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(found.lines()).containsExactly("sessions");
  }

  @Test
  void names_come_from_the_kubeconfig_and_a_broken_one_has_none() throws Exception {
    var config = temporary.resolve("kubeconfig");
    Files.writeString(
        config,
        """
        contexts:
        - name: staging
          context: {cluster: c, namespace: payments}
        """);
    var with = fuse.with("KUBECONFIG", config.toString());
    assertThat(words(with, "--context", "")).contains("staging");
    assertThat(words(with, "-n", "")).contains("payments");

    Files.writeString(config, "contexts: [\n  - {{{");
    assertThat(words(with, "--context", "")).isEmpty();
  }

  @Test
  void tools_scenarios_flags_and_keys_are_known() throws Exception {
    assertThat(words(fuse, "tools", "show", "fs_re")).contains("fs_read\n");
    assertThat(words(fuse, "tools", "run", "fs_read", "p")).contains("path=\n");
    assertThat(words(fuse, "--scenario", "local")).contains("local-environment\n");
    assertThat(words(fuse, "sessions", "export", "--f")).contains("--format\n");
    assertThat(words(fuse, "config", "get", "model.n")).contains("model.name\n");
  }

  private static String words(FuseCommand command, String... line) throws Exception {
    var all = new String[line.length + 4];
    all[0] = "completion";
    all[1] = "words";
    all[2] = "-q";
    all[3] = "--";
    System.arraycopy(line, 0, all, 4, line.length);
    var result = command.run(all);
    assertThat(result.exitCode()).isZero();
    return result.out();
  }
}
