package dev.fuse.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.SettingSources.Flag;
import dev.fuse.cli.home.Settings.Layer;
import dev.fuse.cli.home.Settings.PlacedRule;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Flag> flags = new HashMap<>();
  private Optional<Path> project = Optional.empty();

  @Test
  void without_files_the_defaults_hold() {
    var settings = read();

    assertThat(settings.text("model.name")).isEqualTo("gpt-4o");
    assertThat(settings.limits().turns()).isEqualTo(20);
    assertThat(settings.limits().call()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.list("protected")).containsExactly("*prod*");
    assertThat(settings.find("model.base-url")).isEmpty();
    assertThat(settings.limits()).isEqualTo(dev.fuse.agent.Limits.STANDARD);
  }

  @Test
  void flag_beats_variable_beats_file_beats_default() throws IOException {
    person("model:\n  name: from-file\n  base-url: http://file\nlimits.max-turns: 7\n");
    variables.put("FUSE_MODEL_NAME", "from-variable");
    variables.put("OPENAI_BASE_URL", "http://standard");
    flags.put("--model", new Flag("model.name", List.of("from-flag")));
    var settings = read();

    assertThat(settings.text("model.name")).isEqualTo("from-flag");
    assertThat(settings.find("model.base-url")).contains("http://standard");
    assertThat(settings.count("limits.max-turns")).isEqualTo(7);
    var why = settings.explain("model.name");
    assertThat(why.decided())
        .singleElement()
        .extracting(Settings.Entry::layer)
        .isEqualTo(Layer.FLAG);
    assertThat(why.overridden().stream().flatMap(entry -> entry.places().stream()))
        .containsExactly("FUSE_MODEL_NAME", file() + ":2:9", "default");
  }

  @Test
  void fuses_own_variable_beats_the_standard_one_and_an_empty_one_is_none() {
    variables.put("OPENAI_BASE_URL", "http://standard");
    variables.put("FUSE_MODEL_BASE_URL", "http://own");
    variables.put("OPENAI_API_KEY", " ");

    assertThat(read().find("model.base-url")).contains("http://own");
    assertThat(read().find("model.key")).isEmpty();
  }

  @Test
  void a_project_only_tightens() throws IOException {
    person("limits: {max-turns: 10, timeout: 5m}\npermissions: {allow: [fs_write], deny: [gh_*]}");
    project(
        """
        limits:
          max-turns: 5
          timeout: 2h
        protected: [staging]
        model: {base-url: "http://evil"}
        permissions:
          allow: ["**"]
          deny: [k8s_apply]
          ask:
            - fs_read(path:"/etc/**")
        """);
    var settings = read();

    assertThat(settings.count("limits.max-turns")).isEqualTo(5);
    assertThat(settings.duration("limits.timeout")).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.list("protected")).containsExactly("*prod*", "staging");
    assertThat(settings.find("model.base-url")).isEmpty();
    assertThat(texts(settings, "allow")).containsExactly("fs_write");
    assertThat(texts(settings, "deny")).containsExactly("k8s_apply", "gh_*");
    assertThat(settings.permissions("ask"))
        .extracting(PlacedRule::place)
        .containsExactly(project.orElseThrow() + ":10:7");
    assertThat(settings.notes())
        .anySatisfy(note -> assertThat(note).contains(":5:", "model.base-url", "only tighten"))
        .anySatisfy(note -> assertThat(note).contains(":7:", "permissions.allow"));
  }

  @Test
  void a_flag_may_loosen_what_a_project_tightened() throws IOException {
    project("limits.max-turns: 5");
    flags.put("--max-turns", new Flag("limits.max-turns", List.of("50")));

    assertThat(read().count("limits.max-turns")).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model:\\n  nmae: x         | :2:3: unknown key 'model.nmae'; did you mean 'model.name'?",
        "limit:\\n  max-turns: 5    | :1:1: unknown key 'limit'; did you mean 'limits'?",
        "max-turns: 5               | :1:1: unknown key 'max-turns'; did you mean",
        "model: gpt                 | :1:8: 'model' holds further keys, not a value",
        "model:\\n  name: [a]       | :2:9: 'model.name' is one value, not a list",
        "model:\\n  name: {a: b}    | :2:9: 'model.name' is one value, not a group",
        "limits:\\n  max-turns: many| :2:14: limits.max-turns: 'many' is no whole number above 0",
        "limits.timeout: soon       | :1:17: limits.timeout: 'soon' is no duration",
        "color: alway               | :1:8: color: 'alway' is none of auto, always, never; did you"
            + " mean 'always'?",
        "permissions.deny: [a(b:c)] | :1:20: permissions.deny: rule 'a(b:c)', column 5: the key 'b'"
            + " is unknown",
        "model: {name: a\\n          | :2:1: expected",
        "model.name: a\\nmodel.name: b | :2:1: 'model.name' stands twice",
        "- a                        | :1:1: keys and values are expected",
        "plugins: {k8s: {burts: 3}} | :1:17: unknown key 'plugins.k8s.burts'; did you mean"
            + " 'plugins.k8s.burst'?",
        "plugins.k8s.burst: lots    | :1:20: plugins.k8s.burst: 'lots' is not a number",
        "a: &a {b: *a}              | unknown key 'a'",
      })
  void what_is_wrong_in_a_file_is_named_with_its_place(String text, String problem)
      throws IOException {
    person(text.replace("\\n", "\n"));

    var error = catchThrowableOfType(FuseException.class, this::read);

    assertThat(error.kind()).isEqualTo(Kind.INVALID);
    assertThat(error.problem()).contains(problem).startsWith(file().toString());
  }

  @Test
  void a_wrong_value_in_a_variable_or_flag_names_it() {
    variables.put("FUSE_LIMITS_TIMEOUT", "soon");
    assertThat(catchThrowableOfType(FuseException.class, this::read).problem())
        .startsWith("FUSE_LIMITS_TIMEOUT: 'soon'");

    variables.clear();
    flags.put("--allow", new Flag("permissions.allow", List.of("fs_write(")));
    var error = catchThrowableOfType(FuseException.class, this::read);
    assertThat(error.problem()).startsWith("--allow: rule 'fs_write('");
    assertThat(error.kind()).isEqualTo(Kind.USAGE);
  }

  @Test
  void a_plugins_setting_has_its_default_and_its_variable() throws IOException {
    assertThat(read().plugin("k8s", "burst")).contains("40");
    variables.put("FUSE_PLUGINS_K8S_BURST", "60");
    person("plugins: {k8s: {regions: [a, b]}, gone: {x: 1}}");

    assertThat(read().plugin("k8s", "burst")).contains("60");
    assertThat(read().plugin("k8s", "regions")).contains("a,b");
    assertThat(read().plugin("k8s", "token")).isEmpty();
    assertThat(read().notes())
        .singleElement()
        .asString()
        .contains("'plugins.gone.x' is not used: plugin 'gone' is not installed");
  }

  @Test
  void a_key_is_never_shown_and_one_that_others_can_read_is_noted() throws IOException {
    person("model: {key: sk-very-secret}");
    var settings = read();

    assertThat(settings.explain("model.key").value()).isEqualTo("(set, not shown)");
    assertThat(settings.explain("model.key").toString()).doesNotContain("very-secret");
    assertThat(settings.notes()).singleElement().asString().contains("chmod 600");
  }

  @Test
  void an_unknown_variable_is_only_mentioned() {
    variables.put("FUSE_MODEL_NMAE", "x");
    variables.put("FUSE_HOME", folder.toString());
    var settings = read();

    assertThat(settings.unknownVariables())
        .containsExactly("'FUSE_MODEL_NMAE' sets nothing; did you mean 'FUSE_MODEL_NAME'?");
  }

  @Test
  void a_list_in_a_variable_is_split_by_commas_and_rules_by_lines() {
    variables.put("FUSE_PROTECTED", "prod, *live*");
    variables.put("FUSE_PERMISSIONS_DENY", "k8s_*(context:a,kind:b)\ngh_*");

    assertThat(read().list("protected")).containsExactly("prod", "*live*");
    assertThat(texts(read(), "deny")).containsExactly("k8s_*(context:a,kind:b)", "gh_*");
  }

  private static List<String> texts(Settings settings, String permission) {
    return settings.permissions(permission).stream().map(rule -> rule.rule().text()).toList();
  }

  private Settings read() {
    return Settings.read(
        new SettingSources(
            Places.environment(folder, variables),
            flags,
            project,
            Optional.of(file()),
            SettingsTest::plugins));
  }

  private Path file() {
    return folder.resolve("config.yaml");
  }

  private void person(String text) throws IOException {
    Files.writeString(file(), text);
  }

  private void project(String text) throws IOException {
    project = Optional.of(Files.writeString(folder.resolve("project.yaml"), text));
  }

  static Map<String, List<Setting>> plugins() {
    return Map.of(
        "k8s",
        List.of(
            new Setting("burst", Schema.integer("requests at once").byDefault(40)),
            new Setting("token", Schema.string("a token").secret()),
            new Setting("regions", Schema.array("where", Schema.string("")))));
  }
}
