package dev.fuse.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.spi.Facts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LexicalClassifierTest {

  private static final String QUESTION = "the ledger did not reconcile last night";

  @Test
  void a_scenario_written_by_hand_is_picked_by_the_question_alone() {
    var classified = classify(QUESTION, Facts.none(), ledger("ledger", "", ""));

    assertThat(classified.fit()).isEqualTo(Fit.GUIDE);
    assertThat(classified.candidates().getFirst().scenario()).isEqualTo("ledger");
    assertThat(classified.explanation())
        .contains("reconcil")
        .contains("as in 'the ledger does not");
  }

  @Test
  void of_two_that_read_alike_the_one_of_this_place_is_picked() {
    var acme = ledger("acme", "git-remote: github.com/acme/*", "");
    var zenith = ledger("zenith", "git-remote: github.com/zenith/*", "");
    var kube = ledger("zenith", "kube-context: 'gke_zenith-*'", "");

    assertThat(classify(QUESTION, Facts.none(), acme, zenith).fit()).isEqualTo(Fit.UNSURE);
    var here = new Facts(Map.of("git-remote", "github.com/zenith/ledger"));
    assertThat(guided(classify(QUESTION, here, acme, zenith))).isEqualTo("zenith");
    var there =
        new Facts(Map.of("kube-context", "gke_zenith-prod_eu", "git-remote", "github.com/x/y"));
    assertThat(guided(classify(QUESTION, there, acme, kube))).isEqualTo("zenith");
  }

  @Test
  void a_scenario_whose_place_is_required_is_not_there_elsewhere() {
    var acme =
        ledger("acme", "git-remote: github.com/acme/*, files: 'charts/*'", "")
            .replace("keywords:", "require: [git-remote, files]\n  keywords:");

    assertThat(classify(QUESTION, Facts.none(), acme).fit()).isEqualTo(Fit.NONE);
    var facts = Map.of("git-remote", "github.com/acme/ledger", "files", "charts/*");
    assertThat(guided(classify(QUESTION, new Facts(facts), acme))).isEqualTo("acme");
    var other = new Facts(Map.of("git-remote", "github.com/zenith/ledger", "files", "charts/*"));
    assertThat(classify(QUESTION, other, acme).candidates()).isEmpty();
  }

  @Test
  void negatives_knowledge_and_other_platforms_do_not_guide() {
    var ledger = ledger("ledger", "", "");

    assertThat(classify("how do I add a ledger account", Facts.none(), ledger).fit())
        .isNotEqualTo(Fit.GUIDE);
    assertThat(classify("what is a ledger", Facts.none(), ledger).fit()).isNotEqualTo(Fit.GUIDE);
    assertThat(classify("on AWS " + QUESTION, Facts.none(), ledger).fit()).isEqualTo(Fit.UNSURE);
    assertThat(classify("AWS_REGION is set and " + QUESTION, Facts.none(), ledger).fit())
        .isEqualTo(Fit.GUIDE);
    assertThat(classify("", Facts.none(), ledger).fit()).isEqualTo(Fit.NONE);
    assertThat(classify("what is for dinner", Facts.none(), ledger).fit()).isEqualTo(Fit.NONE);
  }

  @Test
  void the_scenario_of_the_question_before_is_nearer() {
    var classifier = LexicalClassifier.of(List.of(read("ledger", ledger("ledger", "", ""))));
    var before = classifier.scores(new Question("and the balances?", Facts.none(), ""));
    var after = classifier.scores(new Question("and the balances?", Facts.none(), "ledger"));

    assertThat(after.getFirst().value()).isGreaterThan(before.getFirst().value());
    assertThat(after.getFirst().remarks()).containsExactly("guided the question before");
  }

  @Test
  void one_that_only_its_name_brings_is_never_matched() {
    var manual = ledger("ledger", "", "mode: manual");

    assertThat(classify(QUESTION, Facts.none(), manual).fit()).isEqualTo(Fit.NONE);
    assertThat(LexicalClassifier.of(List.of()).classify(new Question(QUESTION, Facts.none(), "")))
        .isEqualTo(Classification.none("no scenario is installed"));
  }

  private static String guided(Classification classified) {
    return classified.fit() == Fit.GUIDE ? classified.candidates().getFirst().scenario() : "";
  }

  private static Classification classify(String question, Facts facts, String... files) {
    var scenarios = java.util.Arrays.stream(files).map(file -> read(nameIn(file), file)).toList();
    return LexicalClassifier.of(scenarios).classify(new Question(question, facts, ""));
  }

  private static String nameIn(String file) {
    return file.lines().toList().get(2).substring("name: ".length());
  }

  private static Scenario read(String name, String text) {
    var file = ScenarioFile.read(name + ".yaml", text, Installed.nothing());
    assertThat(file.problems()).isEmpty();
    return file.scenario().orElseThrow();
  }

  private static String ledger(String name, String context, String more) {
    return """
    apiVersion: fuse.dev/v1
    kind: Scenario
    name: %s
    description: The nightly reconciliation reports postings that differ from balances
    match:
      examples: [the ledger does not reconcile, why do postings and balances differ]
      negatives: [how do I add a ledger account]
      keywords: [reconcile, ledger, postings, balances]
      context: {%s}
    %s
    instructions: Look at the posting table first.
    """
        .formatted(name, context, more);
  }
}
