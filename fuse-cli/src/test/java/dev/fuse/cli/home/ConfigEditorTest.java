package dev.fuse.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.cli.exit.FuseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigEditorTest {

  private static final String WRITTEN =
      """
      # My settings.
      model:
        name: gpt-4o   # the big one
        # base-url: http://localhost

      # What runs by itself.
      permissions:
        allow:
          - fs_write(path:"docs/**") # docs
          - git_commit
        deny: [gh_*]

      # the end ⟦🙂⟧
      color: never
      """;

  @TempDir Path folder;
  private final SettingKeys keys = new SettingKeys(SettingsTest::plugins);

  @Test
  void a_value_is_replaced_and_comments_stay() throws IOException {
    start(WRITTEN);
    set("model.name", "llama-3.3:70b");

    assertThat(file()).hasContent(WRITTEN.replace("gpt-4o ", "llama-3.3:70b "));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void a_new_key_joins_its_group() throws IOException {
    start(WRITTEN);
    set("model.idle-timeout", "30s");
    set("limits.timeout", "5m");
    set("color", "always");

    assertThat(file())
        .hasContent(
            WRITTEN
                    .replace("# the big one\n", "# the big one\n  idle-timeout: 30s\n")
                    .replace("never", "always")
                + "limits:\n  timeout: 5m\n");
  }

  @Test
  void a_rule_is_added_and_removed_as_a_line_of_its_own() throws IOException {
    start(WRITTEN);
    var allow = keys.find("permissions.allow").orElseThrow();
    editor().add(allow, "k8s_scale(context:dev, kind:Deployment)");
    editor().add(allow, "git_commit");

    assertThat(file())
        .hasContent(
            WRITTEN.replace(
                "- git_commit\n",
                "- git_commit\n    - \"k8s_scale(context:dev, kind:Deployment)\"\n"));

    assertThat(editor().remove(allow, "fs_write(path:\"docs/**\")")).isTrue();
    assertThat(editor().remove(allow, "k8s_scale(context:dev, kind:Deployment)")).isTrue();
    assertThat(editor().remove(allow, "git_push")).isFalse();
    assertThat(file()).hasContent(WRITTEN.replace("    - fs_write(path:\"docs/**\") # docs\n", ""));

    assertThat(editor().remove(allow, "git_commit")).isTrue();
    assertThat(Files.readString(file())).contains("allow:", "[]", "deny: [gh_*]", "# the end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "model:\n",
        "model:",
        "model: # to come\ncolor: never\n",
        "model: {}\n",
        "{}",
        "model: {name: gpt-4o}",
        "model.base-url: http://x/v1\n",
        "model:\n  base-url: |\n    http://x\n\n# end\n",
        "color: never",
        "model:\n    base-url: http://x",
        "---\nmodel:\n  base-url: http://x\n...\n",
        "\"model\":\n  'base-url': http://x\n",
        "model:\r\n  base-url: http://x\r\n",
      })
  void it_works_however_the_file_is_written(String text) throws IOException {
    start(text);
    set("model.base-url", "http://localhost:11434/v1");
    set("protected", "*prod*", "null", "a: b");

    assertThat(ConfigFile.read(file(), keys).written())
        .anySatisfy(
            written -> assertThat(written.values()).containsExactly("http://localhost:11434/v1"))
        .anySatisfy(
            written -> assertThat(written.values()).containsExactly("*prod*", "null", "a: b"));
  }

  @Test
  void what_cannot_be_changed_safely_is_left_alone() throws IOException {
    var text = "protected: &names [a]\npermissions: {ask: *names}\n";
    start(text);

    assertThatThrownBy(() -> set("permissions.ask", "fs_write"))
        .isInstanceOf(FuseException.class)
        .hasMessageContaining("cannot be changed safely");
    assertThat(file()).hasContent(text);
  }

  @Test
  void a_wrong_value_is_not_written() throws IOException {
    start(WRITTEN);

    assertThatThrownBy(() -> set("color", "blue")).hasMessageContaining("'blue' is none of");
    assertThatThrownBy(() -> set("model.name", "a", "b")).hasMessageContaining("takes one value");
    assertThat(file()).hasContent(WRITTEN);
  }

  private void set(String key, String... values) {
    editor().set(keys.find(key).orElseThrow(), List.of(values));
  }

  private ConfigEditor editor() {
    return new ConfigEditor(file(), keys);
  }

  private Path file() {
    return folder.resolve("config.yaml");
  }

  private void start(String text) throws IOException {
    Files.writeString(file(), text);
  }
}
