package dev.fuse.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.Verb;
import dev.fuse.text.Glob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {

  private static final Effect SCALE =
      Effect.remote(
          Verb.UPDATE,
          Target.of("kubernetes", "context", "kind-dev", "namespace", "shop", "name", "a,b(c)"),
          Risk.HIGH);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k8s_scale | true",
        "k8s_* | true",
        "k8s | false",
        "k8s_scale(namespace:shop) | true",
        "k8s_scale(namespace:shop, context:kind-*) | true",
        "k8s_scale(namespace:sho) | false",
        "k8s_scale(name:\"a,b(c)\") | true",
        "k8s_scale(path:/a) | false",
        "k8s_scale(verb:update) | true",
        "*(verb:delete) | false",
        "*(risk:high,system:kubernetes) | true",
      })
  void a_rule_covers_an_effect_when_all_its_globs_match(String rule, boolean covered) {
    assertThat(Rule.parse(rule).covers("k8s_scale", Arguments.of(), SCALE)).isEqualTo(covered);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "process_run(argv:[\"docker\",\"ps\"]) | true",
        "process_run(argv:[docker, ps]) | true",
        "process_run(argv:[\"docker\"]) | false",
        "process_run(argv:[\"docker\",\"**\"]) | true",
        "process_run(argv:[\"docker\",\"ps\",\"-a\"]) | false",
        "process_run(argv:[\"dock\",\"**\"]) | false",
        "process_run(argv:[\"docker ps\"]) | false",
      })
  void programs_are_matched_on_the_whole_argument_vector(String rule, boolean covered) {
    var effect =
        Effect.local(Verb.EXECUTE, Target.of("process", "program", "/bin/docker"), Risk.HIGH);
    var arguments = Arguments.of("argv", List.of("docker", "ps"));

    assertThat(Rule.parse(rule).covers("process_run", arguments, effect)).isEqualTo(covered);
  }

  @Test
  void a_rule_about_a_program_does_not_cover_a_changed_environment() {
    var target = Target.of("process", "program", "/bin/docker").decidedBy("env", "LD_PRELOAD");
    var effect = Effect.local(Verb.EXECUTE, target, Risk.HIGH);
    var arguments = Arguments.of("argv", List.of("docker", "ps"));

    assertThat(Rule.parse("process_run(argv:[docker,ps])").covers("process_run", arguments, effect))
        .isFalse();
    assertThat(
            Rule.parse("process_run(env:LD_*, argv:[docker,ps])")
                .covers("process_run", arguments, effect))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stdin", "env", "path", "to"})
  void a_rule_allows_a_call_only_where_it_names_what_decides_it_and_denies_it_without(String key) {
    var target = Target.of("process", "program", "/bin/sh").decidedBy(key, "x");
    var effect = Effect.local(Verb.EXECUTE, target, Risk.HIGH);
    var arguments = Arguments.of("argv", List.of("sh"));
    var bare = Rule.parse("process_run(argv:[sh])");

    assertThat(bare.covers("process_run", arguments, effect)).isFalse();
    assertThat(bare.matches("process_run", arguments, effect)).isTrue();
    assertThat(Rule.exactly("process_run", arguments, effect))
        .matches(rule -> rule.covers("process_run", arguments, effect));
  }

  @Test
  void a_rule_for_a_tree_does_not_cover_what_runs_code_later_and_one_for_the_file_does() {
    var hook =
        Target.of("files", "path", "/srv/.git/hooks/pre-commit")
            .decidedBy(Target.RUNS_LATER, "yes");
    var effect = Effect.local(Verb.CREATE, hook, Risk.HIGH);

    for (var rule : List.of("fs_write", "fs_*(path:/srv/**)", "fs_*(path:/srv/**,runs-later:*)")) {
      assertThat(Rule.parse(rule).covers("fs_write", Arguments.of(), effect)).as(rule).isFalse();
    }
    assertThat(Rule.exactly("fs_write", Arguments.of(), effect))
        .matches(rule -> rule.covers("fs_write", Arguments.of(), effect));
  }

  @Test
  void a_key_that_no_plugin_declares_is_an_error_that_names_the_nearest() {
    var rule = Rule.parse("fs_write(pth:/a)");

    assertThatThrownBy(() -> rule.knownBy(List.of("path")))
        .hasMessageContaining("'pth' is unknown; did you mean 'path'?");
    assertThat(Rule.parse("x(region:eu, risk:low)").knownBy(List.of("region"))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:eks:eu-west-1:123456789012:cluster/prod-main",
        "production/api.example.com:6443/admin",
        "PROD-eu",
        "gke_acme-prod_europe-west1_main",
        "my-aks-Prod-admin",
        "https://api.production.example.com:6443",
        "ocid1.cluster.oc1.eu-frankfurt-1.prod",
        "teleport.example.com-prod/eu"
      })
  void a_protected_name_fits_in_any_case_and_across_slashes(String name) {
    assertThat(Glob.ofName("*prod*").matches(name)).isTrue();
    assertThat(Glob.ofName("prod?eu").matches("Prod/EU")).isTrue();
    assertThat(Glob.ofName("prod").matches(name)).isFalse();
  }

  @Test
  void every_effect_must_be_covered() {
    var other = Effect.local(Verb.UPDATE, Target.of("files", "path", "/etc/hosts"), Risk.HIGH);

    assertThat(
            Rule.parse("*(namespace:shop)")
                .covers("k8s_scale", Arguments.of(), List.of(SCALE, other)))
        .isFalse();
    assertThat(Rule.parse("*").covers("k8s_scale", Arguments.of(), List.of())).isFalse();
  }

  @Test
  void one_star_stops_at_a_slash_and_two_do_not() {
    assertThat(Glob.of("/a/*").matches("/a/b")).isTrue();
    assertThat(Glob.of("/a/*").matches("/a/b/c")).isFalse();
    assertThat(Glob.of("/a/**").matches("/a/b/c\nd")).isTrue();
    assertThat(Glob.of("a\\*").matches("a*")).isTrue();
    assertThat(Glob.of("a\\*").matches("ab")).isFalse();
  }

  @Test
  void the_exact_rule_of_an_effect_covers_it_and_no_other() {
    var odd = Target.of("files", "path", "/a/*[\"b\\c\", (d)]");
    var effect = Effect.local(Verb.UPDATE, odd, Risk.LOW);
    var rule = Rule.exactly("fs_write", Arguments.of(), effect);
    var near =
        Effect.local(Verb.UPDATE, Target.of("files", "path", "/a/x[\"b\\c\", (d)]"), Risk.LOW);

    assertThat(Rule.parse(rule.text()).covers("fs_write", Arguments.of(), effect)).isTrue();
    assertThat(rule.covers("fs_write", Arguments.of(), near)).isFalse();
    assertThat(rule.namesExactly(odd)).isTrue();
    assertThat(Rule.parse("fs_write(path:/a/**)").namesExactly(odd)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FS_write",
        "fs_write(",
        "fs_write(path)",
        "fs_write(path:)",
        "fs_write(p th:/a)",
        "fs_write(path:/a,path:/b)",
        "fs_write(path:/a) and more",
        "fs_write(path:\"/a)",
        "process_run(argv:docker)",
        "process_run(argv:[\"**\",\"ps\"])",
      })
  void what_is_no_rule_is_refused_with_its_place(String text) {
    assertThatThrownBy(() -> Rule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column");
  }
}
