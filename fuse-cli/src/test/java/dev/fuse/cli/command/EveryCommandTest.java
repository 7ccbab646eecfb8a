package dev.fuse.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.cli.exit.FuseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Walks all commands: whatever is wrong with a command line is a sentence and exit code 2. */
class EveryCommandTest {

  /** A command line and what can be run there. */
  private record Line(List<String> words, Command.Leaf leaf) {
    String name() {
      return String.join(" ", words);
    }

    /** With as many words as it needs and these more. */
    String[] with(String... more) {
      var all = new ArrayList<>(words);
      for (int i = 0; i < leaf.fewest(); i++) {
        all.add("x");
      }
      all.addAll(List.of(more));
      return all.toArray(String[]::new);
    }
  }

  @TestFactory
  Stream<DynamicTest> a_missing_argument_is_a_sentence() {
    return each(
        lines().filter(line -> line.leaf().fewest() > 0),
        line ->
            wrong(line.words().toArray(String[]::new))
                .hasMessageStartingWith("'fuse " + line.name() + "' needs a"));
  }

  @TestFactory
  Stream<DynamicTest> a_surplus_argument_is_a_sentence() {
    return each(
        lines().filter(line -> line.leaf().most() < Integer.MAX_VALUE),
        line -> {
          var more = new String[line.leaf().most() - line.leaf().fewest() + 1];
          Arrays.fill(more, "surplus");
          wrong(line.with(more)).hasMessageContaining("'surplus'");
        });
  }

  @TestFactory
  Stream<DynamicTest> a_flag_that_a_command_does_not_use_is_a_sentence() {
    return each(
        lines(),
        line -> {
          for (var flag : Flag.values()) {
            if (!line.leaf().allFlags().contains(flag)) {
              var given = flag.takesValue() ? flag.longName() + "=x" : flag.longName();
              wrong(line.with(given))
                  .hasMessage("'fuse " + line.name() + "' does not use " + flag.longName());
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> an_unknown_flag_is_a_sentence() {
    return each(
        lines(), line -> wrong(line.with("--foo")).hasMessageStartingWith("unknown flag '--foo'"));
  }

  @TestFactory
  Stream<DynamicTest> an_impossible_value_is_a_sentence() {
    return each(
        lines(),
        line -> {
          wrong(line.with("-o", "yaml")).hasMessageContaining("'yaml'");
          wrong(line.with("--color", "pink")).hasMessageContaining("'pink'");
        });
  }

  @TestFactory
  Stream<DynamicTest> help_shows_the_flags_that_a_command_uses_and_no_others() {
    return each(
        lines(),
        line -> {
          var help = HelpText.about(line.words());
          for (var flag : Flag.values()) {
            var shown = help.matches("(?s).*" + flag.longName() + "[ \n].*");
            assertThat(shown)
                .as(flag.longName())
                .isEqualTo(line.leaf().allFlags().contains(flag) || mentioned(line, flag));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> a_slip_in_a_command_is_never_a_question() {
    return Stream.of("tols", "tool", "sesions", "permision", "confg", "doctr", "initt", "tutorial")
        .map(
            slip ->
                DynamicTest.dynamicTest(
                    slip, () -> wrong(slip, "list").hasMessageContaining("did you mean '")));
  }

  @TestFactory
  Stream<DynamicTest> a_command_that_is_only_documented_is_never_a_question() {
    return Stream.of("tutorials list", "knowledge add x", "mcp serve", "plugins add x.jar")
        .map(line -> line.split(" "))
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line[0], () -> wrong(line).hasMessageContaining("not in this version")));
  }

  @Test
  void other_words_that_look_alike_are_questions() {
    assertThat(CommandNames.near("helm", List.of("help"))).isEmpty();
    assertThat(CommandNames.near("docker", List.of("doctor"))).isEmpty();
    assertThat(CommandNames.near("unit", List.of("init"))).isEmpty();
    assertThat(CommandNames.near("hlep", List.of("help"))).contains("help");
  }

  @Test
  void values_that_cannot_be_are_refused_before_anything_is_asked() {
    wrong("-m", "nope:x", "hi there").hasMessageContaining("'nope'");
    wrong("--secret", "foo", "hi there").hasMessageContaining("'foo'");
    wrong("--max-turns", "-1", "hi there").hasMessageContaining("--max-turns");
    wrong("--timeout", "soon", "hi there").hasMessageContaining("'soon'");
    wrong("--foo", "hi").hasMessageContaining("--foo");
    wrong("").hasMessageContaining("empty");
  }

  @Test
  void two_plain_examples_end_the_help() {
    assertThat(HelpText.root()).contains("Examples:\n  fuse 'why is checkout crashing?'\n");
  }

  private static boolean mentioned(Line line, Flag flag) {
    return line.leaf().examples().stream().anyMatch(it -> it.contains(flag.longName()))
        || line.leaf().description().contains(flag.longName())
        || line.leaf().allFlags().stream()
            .anyMatch(other -> other.help().contains(flag.longName() + " "));
  }

  private static Stream<Line> lines() {
    return Commands.shown().values().stream()
        .flatMap(
            command ->
                command.leaves().values().stream()
                    .map(
                        leaf ->
                            new Line(
                                leaf.name().isEmpty()
                                    ? List.of(command.name())
                                    : List.of(command.name(), leaf.name()),
                                leaf)));
  }

  private interface Check {
    void of(Line line);
  }

  private static Stream<DynamicTest> each(Stream<Line> lines, Check check) {
    return lines.map(line -> DynamicTest.dynamicTest(line.name(), () -> check.of(line)));
  }

  /** Nothing is made and nothing runs for a wrong command line. */
  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> wrong(
      String... arguments) {
    var cli =
        new Cli(
            "0",
            flags -> {
              throw new AssertionError("a workbench was made for " + List.of(arguments) + flags);
            });
    return assertThatThrownBy(() -> cli.run(arguments))
        .isInstanceOfSatisfying(
            FuseException.class, e -> assertThat(e.exitCode().code()).isEqualTo(2));
  }
}
