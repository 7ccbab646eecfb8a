package dev.fuse.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The files of {@code docs/examples} that run Fuse without a person. */
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("../docs/examples");

  /** Ends a command line that is right as soon as a workbench is made for it. */
  private static final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final boolean plan;
    private final boolean noInput;

    Reached(boolean plan, boolean noInput) {
      this.plan = plan;
      this.noInput = noInput;
    }
  }

  @Test
  void the_cron_jobs_command_line_is_right_and_reads_only() throws IOException {
    var text = Files.readString(EXAMPLES.resolve("kubernetes/cronjob.yaml"));
    var job =
        StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false)
            .map(Map.class::cast)
            .filter(it -> "CronJob".equals(it.get("kind")))
            .findFirst()
            .orElseThrow();
    var spec = at(at(at(at(job, "spec"), "jobTemplate"), "spec"), "template");
    var container = (Map<?, ?>) ((List<?>) at(spec, "spec").get("containers")).getFirst();
    var words = ((List<?>) container.get("args")).stream().map(String::valueOf).toList();

    readsOnly(words.toArray(String[]::new));
  }

  @Test
  void the_actions_steps_command_line_is_right_and_reads_only() throws IOException {
    var text = Files.readString(EXAMPLES.resolve("github-actions/fuse.yml"));
    Map<?, ?> workflow = new Yaml().load(text);
    var steps = (List<?>) at(at(workflow, "jobs"), "explain").get("steps");
    var line = String.valueOf(((Map<?, ?>) steps.getLast()).get("run")).strip();

    assertThat(line).startsWith("fuse ").endsWith(">> \"$GITHUB_STEP_SUMMARY\"");
    var command = line.substring("fuse ".length(), line.indexOf(" >>"));
    var words = command.split(" (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
    readsOnly(words);
    assertThat(at(workflow, "permissions").values()).allMatch("read"::equals);
  }

  private static void readsOnly(String... words) {
    var cli =
        new Cli(
            "0",
            flags -> {
              throw new Reached(flags.plan(), flags.look().noInput());
            });
    assertThatThrownBy(() -> cli.run(words))
        .isInstanceOfSatisfying(
            Reached.class,
            reached -> {
              assertThat(reached.plan).isTrue();
              assertThat(reached.noInput).isTrue();
            });
  }

  private static Map<?, ?> at(Map<?, ?> map, String key) {
    return (Map<?, ?>) Objects.requireNonNull(map.get(key), key);
  }
}
