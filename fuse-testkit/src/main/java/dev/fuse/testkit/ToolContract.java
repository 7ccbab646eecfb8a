package dev.fuse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every tool keeps to; a plugin's module extends this once. Samples are valid calls of tools,
 * which are prepared and, where they only read or change this machine and can be taken back, run.
 */
public abstract class ToolContract {

  /** A call that makes sense in the world of {@link #opened}. */
  public record Sample(String tool, Arguments arguments) {
    /** A sample with arguments: key, value, key, value … */
    public static Sample of(String tool, Object... pairs) {
      return new Sample(tool, Arguments.of(pairs));
    }

    Sample with(String name, Object value) {
      var changed = new HashMap<>(arguments.values());
      changed.put(name, value);
      return new Sample(tool, new Arguments(changed));
    }

    Sample without(String name) {
      var changed = new HashMap<>(arguments.values());
      changed.remove(name);
      return new Sample(tool, new Arguments(changed));
    }
  }

  /** For a plugin's module. */
  protected ToolContract() {}

  /** A plugin as the service loader makes it, not opened. */
  protected abstract FusePlugin plugin();

  /** A plugin that is open in a world of its own. */
  protected abstract FusePlugin opened() throws Exception;

  /** At least one valid call for each tool. */
  protected abstract List<Sample> samples() throws Exception;

  /** A folder that preparing must leave as it is; the world of {@link #opened}. */
  protected abstract Path world();

  /** Whether a file of the world counts; a log that a tool's library writes may not. */
  protected boolean counts(Path relative) {
    return true;
  }

  /** How many tokens the specs of all tools may have together, for each tool. */
  protected int tokensPerTool() {
    return 160;
  }

  @TestFactory
  Stream<DynamicTest> a_spec_is_complete_and_terse() {
    var plugin = plugin();
    return plugin.tools().stream()
        .map(
            tool ->
                dynamicTest(
                    tool.spec().name(),
                    () -> {
                      assertThat(tool.spec()).as("the same each time").isSameAs(tool.spec());
                      assertThat(SpecRules.problems(plugin, tool.spec())).isEmpty();
                    }));
  }

  @Test
  void specs_are_known_before_a_plugin_is_opened_and_the_same_ever_after() throws Exception {
    var opened = opened();
    var specs = plugin().tools().stream().map(Tool::spec).toList();
    assertThat(specs).extracting(ToolSpec::name).doesNotHaveDuplicates();
    assertThat(opened.tools()).extracting(Tool::spec).isEqualTo(specs);
    assertThat(specs.stream().mapToInt(SpecRules::tokens).sum())
        .as("tokens of all specs")
        .isLessThanOrEqualTo(tokensPerTool() * specs.size());
  }

  @Test
  void every_tool_has_a_sample() throws Exception {
    assertThat(samples())
        .extracting(Sample::tool)
        .containsAll(plugin().tools().stream().map(tool -> tool.spec().name()).toList());
  }

  @TestFactory
  Stream<DynamicTest> preparing_changes_nothing_and_stays_below_the_ceiling() throws Exception {
    return each(samples(), ContractChecks::preparing);
  }

  @TestFactory
  Stream<DynamicTest> a_reading_call_changes_nothing_and_gives_printable_text() throws Exception {
    return each(reading(), ContractChecks::reading);
  }

  @Test
  void reading_calls_do_not_disturb_each_other() throws Exception {
    var checks = checks();
    var calls = new ArrayList<Callable<ToolResult>>();
    for (int i = 0; i < 4; i++) {
      for (var sample : reading()) {
        calls.add(() -> checks.run(sample));
      }
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(calls)) {
        assertThat(result.get()).isInstanceOf(ToolResult.Ok.class);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> a_call_without_an_argument_fails_with_a_sentence() throws Exception {
    return each(
        samples(),
        (checks, sample) -> {
          for (var name : spec(sample).parameters().required()) {
            checks.attempt(sample.without(name));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> nonsense_is_answered_and_never_thrown_at_the_host() throws Exception {
    return each(samples(), ContractChecks::nonsense);
  }

  @TestFactory
  Stream<DynamicTest> a_cancelled_call_ends() throws Exception {
    return each(reading(), ContractChecks::cancelled);
  }

  @TestFactory
  Stream<DynamicTest> what_can_be_taken_back_is_as_before() throws Exception {
    var undoable =
        samples().stream()
            .filter(sample -> local(spec(sample)) && !spec(sample).reading())
            .toList();
    return each(undoable, ContractChecks::undone);
  }

  private ToolSpec spec(Sample sample) {
    return plugin().tools().stream()
        .map(Tool::spec)
        .filter(spec -> spec.name().equals(sample.tool()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no tool for " + sample));
  }

  private static boolean local(ToolSpec spec) {
    var ceiling = spec.ceiling();
    return !ceiling.leavesMachine() && !ceiling.verbs().contains(Verb.EXECUTE);
  }

  private List<Sample> reading() throws Exception {
    return samples().stream().filter(sample -> spec(sample).reading()).toList();
  }

  /** Something to check of a sample, with the tools of an open plugin. */
  private interface Check {
    void of(ContractChecks checks, Sample sample) throws Exception;
  }

  private Stream<DynamicTest> each(List<Sample> samples, Check check) throws Exception {
    var checks = checks();
    return samples.stream()
        .map(sample -> dynamicTest(sample.toString(), () -> check.of(checks, sample)));
  }

  private ContractChecks checks() throws Exception {
    return new ContractChecks(opened(), () -> Snapshot.of(world(), this::counts));
  }
}
