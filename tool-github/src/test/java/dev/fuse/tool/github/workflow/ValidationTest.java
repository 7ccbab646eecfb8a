package dev.fuse.tool.github.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationTest {

  private static final String GOOD =
      """
      on: [push]
      jobs:
        build:
          runs-on: ubuntu-latest
          steps:
            - uses: actions/checkout@v4
            - run: make
      """;

  @Test
  void a_good_file_has_no_problem() {
    assertThat(problems(GOOD)).isEmpty();
  }

  @Test
  void a_job_that_is_needed_and_not_there_is_named_with_what_was_meant() {
    assertThat(
            problems(
                GOOD + "  ship:\n    needs: biuld\n    uses: a/b/.github/workflows/x.yml@v1\n"))
        .singleElement()
        .asString()
        .contains("needs 'biuld'", "did you mean 'build'?", "line 9");
  }

  @Test
  void what_is_not_yaml_is_told_with_its_line() {
    assertThat(problems("on: push\njobs:\n  a: [")).singleElement().asString().contains("line");
  }

  @Test
  void jobs_that_need_each_other_and_steps_that_do_nothing_are_found() {
    assertThat(
            problems(
                """
                on: push
                jobs:
                  a: {needs: b, runs-on: x, steps: [{name: empty}]}
                  b: {needs: a, runs-on: x, steps: [{run: "true"}]}
                """))
        .anyMatch(it -> it.contains("neither uses nor run"))
        .anyMatch(it -> it.contains("circle"));
  }

  private static List<String> problems(String text) {
    return Validation.problems(WorkflowFile.read(".github/workflows/ci.yml", text));
  }
}
