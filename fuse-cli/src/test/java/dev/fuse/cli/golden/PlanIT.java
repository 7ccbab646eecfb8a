package dev.fuse.cli.golden;

import static dev.fuse.testkit.Reply.call;
import static dev.fuse.testkit.Reply.calls;
import static dev.fuse.testkit.Reply.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.testkit.FuseCommand;
import dev.fuse.testkit.ScriptedModelServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that are written, reviewed and run, through the built command. */
class PlanIT {

  private static final Path LAUNCHER = Path.of("target/fuse/bin/fuse");

  @TempDir Path temporary;
  private ScriptedModelServer model;
  private FuseCommand fuse;
  private Path file;

  @BeforeEach
  void plan() throws Exception {
    model = ScriptedModelServer.start();
    fuse =
        FuseCommand.of(LAUNCHER, temporary)
            .with("OPENAI_BASE_URL", model.url())
            .with("OPENAI_API_KEY", "sk-golden-0123456789abcdefghij");
    model
        .then(calls(call("fs_write", "path", "a.txt", "content", "hello\n")))
        .then(says("It would be written."));
    var written = fuse.run("--plan-out", "plan.json", "write hello into a.txt");
    assertThat(written.exitCode()).isZero();
    file = fuse.directory().resolve("plan.json");
    assertThat(fuse.directory().resolve("a.txt")).doesNotExist();
  }

  @AfterEach
  void stop() throws Exception {
    model.close();
  }

  @Test
  void a_reviewed_plan_runs_without_a_terminal() throws Exception {
    var result = fuse.run("apply", "plan.json", "--sha256", hash());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(fuse.directory().resolve("a.txt")).hasContent("hello");
  }

  @Test
  void a_plan_that_was_edited_is_not_the_one_that_was_reviewed() throws Exception {
    var before = hash();
    Files.writeString(file, Files.readString(file).replace("hello", "hacked"));

    var result = fuse.run("apply", "plan.json", "--sha256", before);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("is not the plan that was reviewed");
    assertThat(fuse.directory().resolve("a.txt")).doesNotExist();
  }

  @Test
  void a_plan_whose_target_has_changed_is_refused() throws Exception {
    Files.writeString(fuse.directory().resolve("a.txt"), "somebody else's\n");

    var result = fuse.run("apply", "plan.json", "--sha256", hash());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(fuse.directory().resolve("a.txt")).hasContent("somebody else's");
  }

  @Test
  void without_a_hash_and_without_a_terminal_nothing_runs() throws Exception {
    var result = fuse.run("apply", "plan.json");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(fuse.directory().resolve("a.txt")).doesNotExist();
  }

  private String hash() throws Exception {
    var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
