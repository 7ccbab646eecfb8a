package dev.fuse.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.plugin.Descriptor;
import dev.fuse.rule.Rule;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.Signature;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Setting;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonDescriptorsTest {

  private final JsonDescriptors format = new JsonDescriptors();

  @TempDir Path folder;
  Path file;

  @BeforeEach
  void name_the_file() {
    file = folder.resolve(Descriptor.FILE);
  }

  @Test
  void a_descriptor_is_read_as_it_was_written() throws IOException {
    format.write(file, full());

    assertThat(format.read(file))
        .usingRecursiveComparison()
        .withEqualsForType((one, other) -> one.pattern().equals(other.pattern()), Pattern.class)
        .isEqualTo(full());
    assertThat(folder).isDirectoryContaining("glob:**/" + Descriptor.FILE);
  }

  @Test
  void the_bytes_beside_it_count_only_while_they_belong_to_it() throws IOException {
    format.write(file, full());
    var json = Files.readString(file);

    Files.writeString(file, json.replace("\"version\":\"", "\"version\":\"new "));
    assertThat(format.read(file).version()).startsWith("new ");

    Files.writeString(file, json);
    Files.write(file.resolveSibling(Descriptor.FILE + ".bin"), new byte[] {1, 2, 3});
    assertThat(format.read(file).name()).isEqualTo(full().name());
  }

  @Test
  void what_does_not_fit_is_named_with_its_place() throws IOException {
    assertProblem("", "empty");
    assertProblem("{\"format\": 1", "line 1");
    assertProblem("[]", "it holds no object");
    assertProblem("{\"format\": 9}", "it has the format '9', and this Fuse reads 1");
    assertProblem("{\"format\": 1, \"name\": 5}", "'name' is a Long, not a String");
    assertProblem(
        """
        {"format": 1, "name": "a", "tools": [{"name": "a_b", "parameters": {"json": {}},
          "ceiling": {"verbs": ["READ", "PEEK"], "risk": "NONE"}}]}
        """,
        "'tools[0].ceiling.verbs[1]' is 'PEEK', not one of [READ,");
    assertProblem(
        """
        {"format": 1, "name": "a", "tools": [{"name": "A B", "parameters": {"json": {}},
          "ceiling": {"risk": "NONE"}}]}
        """,
        "'tools[0]': tool name 'A B'");
  }

  private void assertProblem(String text, String problem) throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> format.read(file)).hasMessageContaining(problem);
  }

  private static Descriptor full() {
    var parameters =
        Schema.object()
            .required("path", Schema.string("where"))
            .optional("lines", Schema.integer("how many").range(1, 5000).byDefault(200L))
            .optional("ratio", Schema.number("").byDefault(0.5));
    var scenario =
        new Scenario(
            "disk-full",
            "Disk full",
            "when the disk is full",
            new Scenario.Match(
                List.of("no space left"),
                List.of(),
                List.of("disk"),
                Map.of("os", List.of("Linux*")),
                List.of("os")),
            Scenario.Mode.AUTO,
            List.of(
                new Scenario.Parameter(
                    "mount", "", Optional.of("(/\\S+)"), Optional.empty(), Optional.of("/"), true)),
            List.of(
                new Scenario.Step(
                    "system_diagnose",
                    Map.of("what", List.of("disk"), "deep", true, "top", 5L),
                    Optional.empty(),
                    Optional.of(300))),
            List.of("system_*"),
            List.of(Rule.parse("fs_delete(path:/**)")),
            List.of(),
            "Look at ${mount}.",
            List.of("Cause"),
            List.of(new Scenario.Test("disk is full", true)));
    return new Descriptor(
        "fs",
        "1.2",
        "files",
        List.of("fs", "system"),
        List.of("path"),
        List.of(
            ToolSpec.of(
                    "fs_read",
                    "reads",
                    parameters,
                    Ceiling.of(
                        Risk.HIGH, true, Set.of(Verb.READ, Verb.READ_SECRET), "files", "host"))
                .returning(Schema.object())
                .calling("git_log", "fs_list")
                .keywords("cat", "open")),
        List.of(scenario),
        Map.of("a.yaml", "title: Ä\n"),
        List.of(
            new Signature(
                List.of("no space left"),
                Optional.of("(?<path>/\\S+)"),
                "machine",
                "disk-full",
                Optional.of("system_diagnose"),
                true,
                "a full disk")),
        List.of(
            new InventorySource.Spec(
                "machine",
                List.of("os"),
                true,
                List.of(InventorySource.ItemKind.of("Program", "program", "command")))),
        true,
        List.of(new Setting("root", Schema.string("top").byDefault("/"))),
        "fs.jar",
        Optional.of("dev.fuse.tool.fs"),
        Map.of("fs.jar", "ab", "lib.jar", "cd"));
  }
}
