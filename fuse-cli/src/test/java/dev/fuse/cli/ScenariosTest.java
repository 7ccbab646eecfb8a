package dev.fuse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fuse.brief.Guidebook;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Places;
import dev.fuse.cli.home.Trust;
import dev.fuse.cli.install.JsonDescriptors;
import dev.fuse.cli.scenarios.InstalledGuidebook;
import dev.fuse.cli.scenarios.Scenarios;
import dev.fuse.cli.scenarios.Surroundings;
import dev.fuse.plugin.Catalog;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.spi.Facts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenariosTest {

  private static final String SKILL =
      """
      ---
      description: The nightly ledger reconciliation reports postings that differ
      ---
      # Reconcile
      Look at ${table} first.
      """;

  private static final String LEDGER =
      """
      apiVersion: fuse.dev/v1
      kind: Scenario
      name: ledger
      description: The ledger does not reconcile
      match:
        examples: [the ledger does not reconcile]
        keywords: [ledger, reconcile]
      parameters:
        table: {pattern: 'table (\\w+)', ask: true, description: which one}
      instructions: Look at ${table} first.
      """;

  @TempDir Path folder;
  private Environment environment;
  private Path mine;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    environment = Places.environment(folder, Map.of());
    mine = Files.createDirectories(folder.resolve(".fuse/scenarios"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void one_that_is_disabled_counts_no_more_until_it_is_enabled() throws IOException {
    Files.writeString(mine.resolve("ledger.yaml"), LEDGER);

    assertThat(fuse("scenarios", "disable", "ledger")).contains("0 ", "ledger is disabled");
    assertThat(fuse("scenarios", "list")).contains("ledger  you   disabled");
    assertThat(fuse("scenarios", "explain", "the ledger does not reconcile")).contains("NONE");
    assertThat(fuse("--scenario", "ledger", "say it"))
        .contains("2 ", "'ledger' is disabled; enable it with fuse scenarios enable ledger");
    assertThat(fuse("scenarios", "enable", "ledger")).contains("ledger is enabled");
    assertThat(fuse("scenarios", "explain", "the ledger does not reconcile")).contains("GUIDE");
    assertThat(fuse("scenarios", "disable", "legder"))
        .contains("2 ", "there is no scenario 'legder'; did you mean 'ledger'?");
  }

  @Test
  void what_an_address_holds_is_added_only_when_the_person_says_so() throws IOException {
    var address =
        serve("/a/ledger.md", 200, "text/markdown", SKILL.getBytes(StandardCharsets.UTF_8));

    assertThat(fuse("scenarios", "add", address))
        .contains("3 ", "there is no terminal to show it on");
    assertThat(mine).isEmptyDirectory();
    assertThat(fuse("scenarios", "add", "-y", address)).contains("0 ", "added:");
    assertThat(mine.resolve("ledger.md")).hasContent(SKILL);
    assertThat(fuse("scenarios", "add", "-y", address)).contains("2 ", "already exists");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          http://example.com/a.md         | 2 | is not https
          ftp://example.com/a.md          | 2 | is not https
          https://me:secret@example.com/a.md | 2 | has no host, or a name and password in it
          https://example.com/a           | 2 | does not end in .md or .yaml
          HERE/page.md                    | 1 | is a web page
          HERE/moved.md                   | 1 | leads to 'http://elsewhere.example/x.md'
          HERE/gone.md                    | 1 | answered 404
          HERE/large.md                   | 1 | has more than 256 KB
          HERE/latin.md                   | 1 | is not in UTF-8
          HERE/Odd_Name.md                | 2 | 'Odd_Name' is not a scenario name
          HERE/broken.yaml                | 7 | 'apiVersion' is missing
          """)
  void nothing_is_taken_from_an_address_that(String address, int code, String told)
      throws IOException {
    serve("/page.md", 200, "text/html; charset=utf-8", "<p>".getBytes(StandardCharsets.UTF_8));
    serve("/moved.md", 302, "text/markdown", new byte[1]);
    serve("/large.md", 200, "text/markdown", new byte[256 * 1024 + 1]);
    serve("/latin.md", 200, "text/markdown", new byte[] {(byte) 0xe4, 'x'});
    serve("/Odd_Name.md", 200, "text/markdown", SKILL.getBytes(StandardCharsets.UTF_8));
    var here = serve("/broken.yaml", 200, "text/yaml", "a: b".getBytes(StandardCharsets.UTF_8));

    var said =
        fuse("scenarios", "add", "-y", address.replace("HERE", here.replace("/broken.yaml", "")));

    assertThat(said).startsWith(code + " ").contains(told);
    assertThat(mine).isEmptyDirectory();
  }

  @Test
  void only_ones_own_can_be_deleted_and_a_broken_one_too() throws IOException {
    Files.writeString(mine.resolve("broken.yaml"), "kind: Scenario");
    var skill = Files.createDirectories(folder.resolve(".agents/skills/other"));
    Files.writeString(skill.resolve("SKILL.md"), SKILL);

    assertThat(fuse("scenarios", "show", "broken")).contains("7 ", "'apiVersion' is missing");
    assertThat(fuse("scenarios", "delete", "broken", "--yes")).contains("0 ", "deleted:");
    assertThat(fuse("scenarios", "delete", "other")).contains("2 ", "is not in your own folder");
    assertThat(skill.resolve("SKILL.md")).exists();
  }

  @Test
  void what_needs_a_person_says_so_where_there_is_none() throws IOException {
    Files.writeString(mine.resolve("ledger.yaml"), LEDGER);

    assertThat(fuse("scenarios", "browse")).contains("2 ", "browse' needs a terminal");
    assertThat(fuse("scenarios", "edit", "ledger")).contains("2 ", "'edit' needs a terminal");
  }

  @Test
  void a_file_that_changes_counts_from_the_next_question_on() throws IOException {
    var pages = pages(new ArrayList<>());

    assertThat(pages.classify(question("the ledger does not reconcile")).fit()).isEqualTo(Fit.NONE);
    Files.writeString(mine.resolve("ledger.yaml"), LEDGER);
    assertThat(pages.classify(question("the ledger does not reconcile")).fit())
        .isEqualTo(Fit.GUIDE);
    Files.writeString(mine.resolve("ledger.yaml"), LEDGER.replace("Look at", "Glance at"));
    Files.setLastModifiedTime(mine.resolve("ledger.yaml"), FileTime.fromMillis(1));
    assertThat(pages.find("ledger").orElseThrow().instructions()).startsWith("Glance at");
    Files.delete(mine.resolve("ledger.yaml"));
    assertThat(pages.find("ledger")).isEmpty();
  }

  @Test
  void a_value_is_asked_for_once_and_only_where_the_question_does_not_tell_it() throws IOException {
    Files.writeString(mine.resolve("ledger.yaml"), LEDGER);
    var asked = new ArrayList<String>();
    var pages = pages(asked);
    var ledger = pages.find("ledger").orElseThrow();

    assertThat(pages.guide(ledger, question("what of table x")).instructions())
        .isEqualTo("Look at x first.");
    assertThat(pages.fill(ledger, question("why")).missing()).containsExactly("table (which one)");
    assertThat(asked).isEmpty();
    assertThat(pages.guide(ledger, question("why")).instructions())
        .isEqualTo("Look at postings first.");
    assertThat(pages.guide(ledger, question("and now")).missing()).isEmpty();
    assertThat(asked).containsExactly("table");
  }

  @Test
  void a_tool_that_is_not_there_is_said_with_what_would_bring_it() throws IOException {
    Files.writeString(
        mine.resolve("ledger.yaml"), LEDGER + "tools: [k8s_list, acme_audit, acme_post]\n");
    var pages = pages(new ArrayList<>());

    assertThat(pages.fill(pages.find("ledger").orElseThrow(), question("why")).lacking())
        .extracting(Guidebook.Lacking::toString)
        .containsExactly(
            "k8s_list: not installed; no installed plugin brings tools named k8s_…",
            "acme_audit, acme_post: not installed; no installed plugin brings tools named acme_…");
  }

  private InstalledGuidebook pages(List<String> asked) {
    var home = Home.of(environment, _ -> {});
    var catalog =
        Catalog.read(
            List.of(),
            new JsonDescriptors(),
            (_, _) -> {
              throw new IllegalStateException("no plugin is there");
            });
    var shelf = new Scenarios(environment, home, new Trust(home), catalog);
    return new InstalledGuidebook(
        shelf,
        environment,
        new Surroundings(catalog, Facts.none(), Map.of(), Optional.empty(), _ -> true),
        (_, parameter) -> {
          asked.add(parameter.name());
          return "postings";
        });
  }

  private static Question question(String prompt) {
    return new Question(prompt, Facts.none(), "");
  }

  private String serve(String path, int code, String type, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.getResponseHeaders().add("Location", "http://elsewhere.example/x.md");
          exchange.sendResponseHeaders(code, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The exit code, a space and all that was written. */
  private String fuse(String... arguments) {
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    var all = new ArrayList<>(List.of(arguments));
    all.add("--no-input");
    var streams = new Main.Streams(print, print, new ByteArrayInputStream(new byte[0]));
    var code = Main.run(all.toArray(String[]::new), environment, streams);
    return code.code() + " " + out.toString(StandardCharsets.UTF_8);
  }
}
