package dev.fuse.brief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.boundary.Tokens;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolOfferTest {

  private static final ToolSpec DIAGNOSE = tool("k8s_diagnose");
  private static final ToolSpec LOGS = tool("k8s_logs");
  private static final ToolSpec BRANCH = tool("git_branch");
  private static final List<ToolSpec> ALL =
      Stream.concat(
              Stream.of(BRANCH, DIAGNOSE, LOGS),
              IntStream.range(0, 60).mapToObj(i -> tool("acme_thing" + i)))
          .toList();

  @Test
  void what_scenario_and_question_call_for_comes_first_and_the_rest_is_only_named() {
    var offer =
        ToolOffer.of(
            ALL,
            false,
            List.of(),
            ToolOffer.Wanted.of(List.of("k8s_diagnose", "k8s_logs"), List.of(BRANCH, LOGS)));

    assertThat(offer.specs()).containsExactly(BRANCH, DIAGNOSE, LOGS);
    assertThat(offer.others()).startsWith("acme_: thing0 thing1 ").doesNotContain("k8s", "git");
  }

  @Test
  void the_schemas_stay_within_the_budget_however_many_tools_are_wanted() {
    var wanted = ALL.stream().map(ToolSpec::name).toList();

    var offer = ToolOffer.of(ALL, false, List.of(), ToolOffer.Wanted.of(wanted, ALL.reversed()));

    assertThat(Tokens.estimate(offer.specs())).isBetween(800, 1_250);
    assertThat(offer.specs()).contains(ALL.getLast()).doesNotContain(BRANCH);
    assertThat(offer.others()).startsWith("git_: branch; k8s_: diagnose logs; acme_: thing0 ");
  }

  @Test
  void a_word_of_another_system_does_not_push_out_what_the_scenario_wants() {
    var wanted = ALL.stream().map(ToolSpec::name).filter(name -> !name.startsWith("git")).toList();

    var offer = ToolOffer.of(ALL, false, List.of(), ToolOffer.Wanted.of(wanted, List.of(BRANCH)));

    assertThat(offer.specs()).contains(DIAGNOSE, LOGS).doesNotContain(BRANCH);
    assertThat(offer.others()).startsWith("git_: branch; acme_: ");
  }

  private static ToolSpec tool(String name) {
    var schema =
        Schema.object()
            .required("name", Schema.string("which one, by its name or number"))
            .optional("since", Schema.string("such as 2026-11-01 or '3 days ago'"));
    return ToolSpec.of(name, "Reads what there is of it.", schema, Ceiling.reads("acme"));
  }
}
