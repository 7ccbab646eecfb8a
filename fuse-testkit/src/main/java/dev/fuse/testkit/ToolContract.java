package dev.fuse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every tool keeps to; a plugin's module extends this once. Samples are valid calls of tools,
 * which are prepared and, where they only read, run.
 */
public abstract class ToolContract {

  private static final int LONGEST_DESCRIPTION = 400;

  /** A call that makes sense in the world of {@link #opened}. */
  public record Sample(String tool, Arguments arguments) {
    public static Sample of(String tool, Object... pairs) {
      return new Sample(tool, Arguments.of(pairs));
    }
  }

  /** For the one class that extends it. */
  protected ToolContract() {}

  /** A plugin as the service loader makes it, not opened. */
  protected abstract FusePlugin plugin();

  /** A plugin that is open in a world of its own. */
  protected abstract FusePlugin opened() throws Exception;

  /** At least one valid call for each tool. */
  protected abstract List<Sample> samples() throws Exception;

  /** A folder that preparing must leave as it is; the world of {@link #opened}. */
  protected abstract Path world();

  @TestFactory
  Stream<DynamicTest> a_spec_is_complete_and_terse() {
    var plugin = plugin();
    return plugin.tools().stream()
        .map(tool -> dynamicTest(tool.spec().name(), () -> checkSpec(plugin, tool)));
  }

  @Test
  void no_two_tools_have_one_name() {
    assertThat(plugin().tools()).extracting(tool -> tool.spec().name()).doesNotHaveDuplicates();
  }

  @Test
  void every_tool_has_a_sample() throws Exception {
    assertThat(samples())
        .extracting(Sample::tool)
        .containsAll(plugin().tools().stream().map(tool -> tool.spec().name()).toList());
  }

  @TestFactory
  Stream<DynamicTest> preparing_changes_nothing_and_stays_below_the_ceiling() throws Exception {
    var tools = tools();
    return samples().stream()
        .map(
            sample ->
                dynamicTest(
                    sample.toString(),
                    () -> {
                      var before = snapshot();
                      var action = prepare(tools, sample);
                      assertThat(snapshot()).isEqualTo(before);
                      assertThat(action.effects()).isNotEmpty();
                      assertThat(tool(tools, sample).spec().ceiling().exceededBy(action.effects()))
                          .isEmpty();
                      assertThat(action.summary()).isNotBlank().doesNotContain("\n");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> a_reading_call_gives_printable_text() throws Exception {
    var tools = tools();
    return samples().stream()
        .filter(sample -> tool(tools, sample).spec().reading())
        .map(
            sample ->
                dynamicTest(
                    sample.toString(),
                    () -> {
                      var action = prepare(tools, sample);
                      var result = action.body().run(RecordedCall.with(sample.arguments()));
                      assertThat(result).isInstanceOf(ToolResult.Ok.class);
                      assertThat(((ToolResult.Ok) result).text()).doesNotContain("\u001b", "\r");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> a_call_without_its_arguments_fails_with_a_sentence() throws Exception {
    return tools().values().stream()
        .filter(tool -> !tool.spec().parameters().required().isEmpty())
        .map(
            tool ->
                dynamicTest(
                    tool.spec().name(),
                    () -> {
                      try {
                        tool.prepare(Arguments.of(), RecordedCall.create());
                      } catch (ToolFailure failure) {
                        assertThat(failure.result().problem()).isNotBlank();
                      }
                    }));
  }

  private void checkSpec(FusePlugin plugin, Tool tool) {
    var spec = tool.spec();
    assertThat(tool.spec()).isSameAs(spec);
    assertThat(plugin.prefixes()).anyMatch(prefix -> spec.name().startsWith(prefix + "_"));
    assertThat(spec.description()).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_DESCRIPTION);
    assertThat(spec.parameters().json()).containsEntry("type", "object");
    spec.parameters()
        .properties()
        .forEach((name, schema) -> assertThat(schema).as(name).containsKeys("type", "description"));
    assertThat(spec.parameters().properties().keySet()).containsAll(spec.parameters().required());
  }

  private Map<String, Tool> tools() throws Exception {
    var tools = new HashMap<String, Tool>();
    opened().tools().forEach(tool -> tools.put(tool.spec().name(), tool));
    return tools;
  }

  private static Tool tool(Map<String, Tool> tools, Sample sample) {
    return Objects.requireNonNull(tools.get(sample.tool()), sample.tool());
  }

  private static Action prepare(Map<String, Tool> tools, Sample sample) {
    Call call = RecordedCall.with(sample.arguments());
    return tool(tools, sample).prepare(sample.arguments(), call);
  }

  private Map<String, String> snapshot() throws IOException {
    var files = new HashMap<String, String>();
    try (var paths = Files.walk(world())) {
      for (var path : paths.toList()) {
        var state =
            Files.isRegularFile(path)
                ? Files.size(path) + " " + Files.getLastModifiedTime(path)
                : "folder";
        files.put(world().relativize(path).toString(), state);
      }
    }
    return files;
  }
}
