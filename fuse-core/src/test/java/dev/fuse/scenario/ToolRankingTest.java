package dev.fuse.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolRankingTest {

  private static final List<ToolSpec> TOOLS =
      Stream.concat(
              Stream.of(
                  tool("git_log", "Lists commits, the newest first.", "changed", "history", "who"),
                  tool("git_commit", "Commits what is staged.", "save"),
                  tool("fs_read", "Reads lines of a text file.", "open", "cat"),
                  tool("fs_write", "Creates or replaces a text file.", "save"),
                  tool("k8s_logs", "Reads the logs of a pod.", "crash", "output"),
                  tool("k8s_delete", "Deletes an object of the cluster.", "remove"),
                  tool("git_bisect", "Since which commit something fails.", "fail"),
                  tool("invoice_list", "Invoices, newest first."),
                  tool(
                      "system_diagnose",
                      "Looks for what is wrong with this machine.",
                      "slow",
                      "disk")),
              IntStream.range(0, 53)
                  .mapToObj(i -> tool("other_tool_" + i, "Lists or shows thing " + i + ".")))
          .toList();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          who changed the history here,        git_log
          show me the pod's log,               k8s_logs
          delete the kubernetes object,        k8s_delete
          what is wrong with my laptop,        system_diagnose
          read the file README.md,             fs_read
          commit this,                         git_commit
          which invoices failed since yesterday, invoice_list
          """)
  void the_best_tool_comes_first_and_others_are_left_out(String question, String tool) {
    var ranked = ToolRanking.of(TOOLS).rank(question);

    assertThat(ranked.getFirst().name()).isEqualTo(tool);
    assertThat(ranked).hasSizeLessThan(8);
  }

  @Test
  void nothing_is_called_for_where_no_word_fits() {
    assertThat(ToolRanking.of(TOOLS).rank("hello")).isEmpty();
    assertThat(ToolRanking.of(List.of()).rank("read the file")).isEmpty();
  }

  private static ToolSpec tool(String name, String description, String... keywords) {
    return ToolSpec.of(name, description, Schema.object(), Ceiling.reads("files"))
        .keywords(keywords);
  }
}
