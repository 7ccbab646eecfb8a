package dev.fuse.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {

  private static final String LEDGER =
      """
      apiVersion: fuse.dev/v1
      kind: Scenario
      name: ledger-reconcile
      title: Reconcile the ledger
      description: The nightly reconciliation reports postings that differ from balances
      match:
        examples: [the ledger does not reconcile, why do postings and balances differ]
        negatives: [how do I add a ledger account]
        keywords: [reconcile, ledger]
        context:
          git-remote: github.com/acme/ledger
          kube-context: 'gke_acme-*'
          files: charts/ledger/Chart.yaml
          env: {STAGE: [test, staging]}
        require: [git-remote]
      mode: auto
      parameters:
        namespace: {from: kube-namespace, default: ledger, description: where the job runs}
        job: {pattern: 'job ([a-z-]+)', ask: true}
      evidence:
        - tool: k8s_logs
          with: {name: reconcile, namespace: '${namespace}', lines: 20}
          when: '!job'
          limit: 500
      tools: [k8s_logs]
      permissions: {deny: [k8s_delete], ask: ['k8s_scale(namespace:ledger)']}
      instructions: |
        Look at the posting table of ${job} first.
        In the workflow that is ${{ secrets.DB }} and ${HOME}.
      output: {sections: [Confirmed, Not checked]}
      tests:
        - {prompt: last night the ledger did not reconcile, expect: match}
        - {prompt: list the files here, expect: none}
      """;

  private static final Installed INSTALLED =
      new Installed(
          Map.of(
              "k8s_logs",
              ToolSpec.of(
                  "k8s_logs",
                  "Logs",
                  Schema.object()
                      .required("name", Schema.string(""))
                      .optional("namespace", Schema.string(""))
                      .optional("lines", Schema.integer("")),
                  Ceiling.readsRemote("kubernetes")),
              "k8s_delete",
              ToolSpec.of(
                  "k8s_delete",
                  "Deletes",
                  Schema.object(),
                  Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.DELETE), "kubernetes"))),
          Map.of("k8s", "kubernetes"),
          Set.of("context", "namespace", "name"));

  @TempDir Path folder;

  @Test
  void a_whole_scenario_is_read_with_everything_in_it() {
    var scenario = read(LEDGER).scenario().orElseThrow();

    assertThat(read(LEDGER).problems()).isEmpty();
    assertThat(scenario.match().context())
        .containsEntry("kube-context", List.of("gke_acme-*"))
        .containsEntry("env:STAGE", List.of("test", "staging"));
    assertThat(scenario.parameters())
        .contains(
            new Scenario.Parameter(
                "namespace",
                "where the job runs",
                Optional.empty(),
                Optional.of("kube-namespace"),
                Optional.of("ledger"),
                false));
    assertThat(scenario.evidence())
        .containsExactly(
            new Scenario.Step(
                "k8s_logs",
                Map.of("name", "reconcile", "namespace", "${namespace}", "lines", 20L),
                Optional.of("!job"),
                Optional.of(500)));
    assertThat(scenario.deny()).hasToString("[k8s_delete]");
    assertThat(scenario.tests())
        .containsExactly(
            new Scenario.Test("last night the ledger did not reconcile", true),
            new Scenario.Test("list the files here", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what stands there | is replaced by | where the problem is | what it says
          mode: auto          | mod: auto           | mod      | the key 'mod' is unknown; allowed: apiVersion,
          mode: auto          | mod: auto           | mod      | did you mean 'mode'?
          `  keywords:`       | `  keyword:`        | keyword  | the key 'keyword' is unknown; allowed: examples, negatives, keywords, context, require; did you mean 'keywords'?
          `  keywords:`       | `\\tkeywords:`      | `\\t`    | the line is indented with a tab; YAML takes spaces only
          mode: auto          | title: again        | title: a | 'title' stands twice; first on line 4
          mode: auto          | mode: often         | often    | the value of 'mode' 'often' is unknown; allowed: auto, manual, always
          mode: auto          | mode: [auto]        | [auto]   | 'mode' is a list; it must be text
          mode: auto          | mode: ~             | ~        | 'mode' is nothing; it must be text
          mode: auto          | match: {}           | match: {} | 'match' stands twice
          limit: 500          | limit: much         | much     | 'evidence.limit' is 'much'; it must be a whole number from 1 to 999999
          ask: true           | ask: maybe          | maybe    | the value of 'parameters.job.ask' 'maybe' is unknown; allowed: false, true
          `job ([a-z-]+)`     | `job ([a-z-+)`      | 'job (   | the pattern 'job ([a-z-+)' is no regular expression: Unclosed character class, at its character 12
          `job ([a-z-]+)`     | `((x+)+)+y`         | '((x     | the pattern '((x+)+)+y' is too slow
          `job ([a-z-]+)`     | `job .+`            | 'job .   | the pattern 'job .+' has no group; put the value in ( )
          `table of ${job}`   | `table of ${jobb}`  | ${jobb}  | the parameter 'jobb' is not declared; did you mean 'job'?
          `'${namespace}'`    | here                | namespace: {from | the parameter 'namespace' is used nowhere; write ${namespace} or remove it
          `when: '!job'`      | `when: '!jab'`      | '!jab'   | the parameter 'jab' is unknown; allowed: namespace, job; did you mean 'job'?
          tool: k8s_logs      | tool: k8s_delete    | k8s_delete | the tool 'k8s_delete' can do [DELETE]; evidence takes tools that only read
          tool: k8s_logs      | tool: Delete!       | Delete!  | 'Delete!' is no tool's name
          `, lines: 20`       | `, line: 20`        | line: 20 | the argument of k8s_logs 'line' is unknown; allowed:
          `, lines: 20`       | `, lines: many`     | many     | the argument 'lines' of k8s_logs is 'many'; it must be integer
          `, lines: 20`       | `, lines: [2]`      | [2]      | the argument 'lines' of k8s_logs is 'a list'; it must be integer
          `name: reconcile,`  | ``                  | k8s_logs | the tool 'k8s_logs' needs the argument 'name'
          `deny: [k8s_delete]`| `allow: [k8s_*]`    | allow    | 'permissions.allow' loosens; a scenario may only tighten, with deny and ask
          `namespace:ledger)'`| `nmespace:ledger)'` | 'k8s_scale | rule 'k8s_scale(nmespace:ledger)': the key 'nmespace' is unknown; did you mean 'namespace'?
          name: ledger-reconcile | name: ledger     | name: ledger | the name 'ledger' must be the file's name 'ledger-reconcile'
          name: ledger-reconcile | name: Ledger_1   | name: Ledger_1 | the name 'Ledger_1' must be lower-case words with hyphens
          fuse.dev/v1         | fuse.dev/v2         | fuse.dev/v2 | the value of 'apiVersion' 'fuse.dev/v2' is unknown; allowed: fuse.dev/v1
          kube-context:       | kube-contxt:        | kube-contxt | the fact 'kube-contxt' is unknown; allowed: directory,
          from: kube-namespace| from: namespace     | namespace, | the fact 'namespace' is unknown
          require: [git-remote]| require: [remote]  | [remote] | the fact 'remote' is unknown
          mode: auto          | mode: !!java.net.URL ["x"] | !!java | the tag 'tag:yaml.org,2002:java.net.URL' is not taken here; only plain values are
          mode: auto          | mode: &a auto       | &a auto  | the anchor '&a' is not taken here; write the value out
          kind: Scenario      | kind: Scenario: x   | : x      | this is no valid YAML: mapping values are not allowed here; the line is 'kind: Scenario: x'
          description:        | summary:            | apiVersion | 'description' is missing
          """)
  void a_mistake_is_told_at_its_place(String piece, String instead, String place, String told) {
    assertThat(LEDGER).contains(piece);
    var text = LEDGER.replace(piece, instead.replace("\\t", "\t"));
    var file = read(text);

    assertThat(file.scenario()).isEmpty();
    assertThat(file.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.message()).contains(told);
              assertThat(
                      text.lines().toList().get(problem.line() - 1).substring(problem.column() - 1))
                  .startsWith(place.replace("\\t", "\t"));
            });
  }

  @Test
  void a_tool_that_is_not_installed_is_a_warning_that_says_who_would_bring_it() {
    var file = read(LEDGER.replace("tools: [k8s_logs]", "tools: [gh_runs, git_log, k8s_log]"));

    assertThat(file.scenario()).isPresent();
    assertThat(file.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "acme/ledger-reconcile.yaml:25:9: warning: the tool 'gh_runs' is not installed; no"
                + " installed plugin brings tools named gh_…",
            "acme/ledger-reconcile.yaml:25:18: warning: the tool 'git_log' is not installed; no"
                + " installed plugin brings tools named git_…",
            "acme/ledger-reconcile.yaml:25:27: warning: the tool 'k8s_log' is not installed; the"
                + " plugin 'kubernetes' has none of that name; did you mean 'k8s_logs'?");
  }

  @Test
  void a_bomb_of_aliases_is_refused_before_it_grows() {
    var bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(read(bomb.toString()).problems())
        .singleElement()
        .hasToString(
            "acme/ledger-reconcile.yaml:2:10: the alias '*a0' is not taken here; write the value"
                + " out");
    assertThat(read("a: " + "[".repeat(5_000)).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("epth"));
    assertThat(read("# " + "x".repeat(256 * 1024)).problems())
        .extracting(Problem::message)
        .containsExactly("the file has 256 KB; 256 KB is the most");
    assertThat(read("# nothing\n").problems())
        .extracting(Problem::message)
        .containsExactly("the file is empty; 'fuse scenarios new' writes one to start from");
  }

  @Test
  void a_skill_is_read_as_it_is() {
    var skill =
        """
        ---
        name: rotate-keys
        description: Rotates service account keys. Use when a key is old or leaked.
        license: Apache-2.0
        metadata: {author: acme}
        ---
        # Rotate keys
        Run ${script} with care.
        """;
    var file = ScenarioFile.read(".agents/skills/rotate-keys/SKILL.md", skill, INSTALLED);
    var scenario = file.scenario().orElseThrow();

    assertThat(file.problems()).isEmpty();
    assertThat(scenario.name()).isEqualTo("rotate-keys");
    assertThat(scenario.mode()).isEqualTo(Scenario.Mode.AUTO);
    assertThat(scenario.title()).isEqualTo("Rotate keys");
    assertThat(Placeholders.in(scenario.instructions())).isEmpty();
    assertThat(
            ScenarioFile.read("x/SKILL.md", skill.replace("name: ", "name: ["), INSTALLED)
                .problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.line()).isEqualTo(3));
  }

  @Test
  void guidance_that_no_request_could_hold_is_refused_or_cut() {
    var long_ = "Look here.\n".repeat(3_000);
    var yaml = read(LEDGER.replace("Look at the", "Look\n" + long_.indent(2) + "  at the"));
    var skill =
        ScenarioFile.read("x/long-one.md", "---\ndescription: it\n---\n" + long_, INSTALLED);

    assertThat(yaml.problems())
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .contains("characters; 24000 is the most");
    assertThat(skill.scenario().orElseThrow().instructions())
        .hasSizeLessThan(24_100)
        .endsWith("(cut here; the file goes on)\n");
  }

  @Test
  void what_editors_on_windows_write_reads_the_same() {
    var skill = "\uFEFF---\r\ndescription: When a key is old\r\n---\r\n# Rotate\r\nRun it.\r\n";

    assertThat(ScenarioFile.read("x/rotate-keys.md", skill, INSTALLED).scenario().orElseThrow())
        .returns("When a key is old", Scenario::description)
        .returns("# Rotate\nRun it.\n", Scenario::instructions);
    assertThat(read("\uFEFF" + LEDGER.replace("\n", "\r\n")).problems()).isEmpty();
  }

  @Test
  void none_is_no_name_and_a_folder_no_file() {
    assertThat(ScenarioFile.read("x/none.md", "Do it.", INSTALLED).scenario()).isEmpty();
    assertThat(ScenarioFile.read(folder, INSTALLED).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("not a file"));
  }

  @Test
  void the_repositorys_own_page_is_always_on_and_cut() {
    var page = ScenarioFile.read("AGENTS.md", "Use tabs.\n".repeat(2_000), INSTALLED);

    var scenario = page.scenario().orElseThrow();
    assertThat(scenario.mode()).isEqualTo(Scenario.Mode.ALWAYS);
    assertThat(scenario.instructions())
        .hasSizeLessThan(6_100)
        .endsWith("(cut here; the file goes on)\n");
  }

  @Test
  void the_stronger_layer_takes_precedence_and_a_broken_file_takes_none() throws Exception {
    Files.writeString(folder.resolve("ledger-reconcile.yaml"), LEDGER);
    Files.writeString(folder.resolve("broken.yaml"), "kind: Scenario");
    Files.write(folder.resolve("latin.yaml"), new byte[] {(byte) 0xe4, 'x'});
    Files.writeString(folder.resolve("notes.txt"), "no scenario");
    var builtin = read(LEDGER);
    var found = new java.util.ArrayList<>(Library.read(Library.Layer.PROJECT, folder, INSTALLED));
    found.add(Library.Entry.of(Library.Layer.BUILT_IN, builtin));
    var library = Library.of(found, Set.of());

    assertThat(library.names()).containsExactly("ledger-reconcile");
    assertThat(library.entries())
        .extracting(entry -> entry.file().name() + " " + entry.layer() + " " + entry.state())
        .containsExactly(
            "broken PROJECT BROKEN",
            "latin PROJECT BROKEN",
            "ledger-reconcile PROJECT ACTIVE",
            "ledger-reconcile BUILT_IN SHADOWED");
    assertThat(library.entries().getLast().by())
        .contains(folder.resolve("ledger-reconcile.yaml").toString());
    assertThat(Library.of(found, Set.of("ledger-reconcile")).scenarios()).isEmpty();
    assertThat(Library.read(Library.Layer.PROJECT, folder.resolve("none"), INSTALLED)).isEmpty();
  }

  private static ScenarioFile read(String text) {
    return ScenarioFile.read("acme/ledger-reconcile.yaml", text, INSTALLED);
  }
}
