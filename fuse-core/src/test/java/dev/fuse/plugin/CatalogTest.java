package dev.fuse.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ConfirmationPolicy.Proposal;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Facts;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.spi.Verdict;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {

  private static final String ANSWER =
      "return Action.of(\"tries\", Effect.read(Target.of(\"test\")), c -> ToolResult.ok(%s));";

  @TempDir Path folder;
  @TempDir Path directory;
  Workshop workshop;

  @BeforeEach
  void open_a_workshop() {
    workshop = new Workshop(folder);
  }

  @Test
  void a_plugin_is_described_without_being_opened() throws IOException {
    workshop.jar("alpha/library.jar", Map.of("lib/Lib.java", "package lib; public class Lib {}"));
    workshop.plugin("alpha", note("opened"), ANSWER.formatted("\"x\""));

    var descriptor = workshop.describe("alpha").descriptor();

    assertThat(descriptor.tools()).extracting(ToolSpec::name).containsExactly("alpha_try");
    assertThat(descriptor.prefixes()).containsExactly("alpha");
    assertThat(descriptor.jar()).isEqualTo("alpha.jar");
    assertThat(descriptor.module()).isEmpty();
    assertThat(descriptor.files()).containsOnlyKeys("alpha.jar", "library.jar");
    assertThat(descriptor.hash()).hasSize(64);
    assertThat(log()).isEmpty();
  }

  @Test
  void scenario_files_travel_in_the_descriptor_as_text_and_as_scenarios() throws IOException {
    workshop.jar(
        "alpha/alpha.jar",
        Map.of(
            "org/example/It.java",
            """
            package org.example;
            public class It implements dev.fuse.spi.FusePlugin {
              public String name() { return "alpha"; }
            }
            """,
            "META-INF/services/dev.fuse.spi.FusePlugin",
            "org.example.It",
            "META-INF/fuse/scenarios/disk.yaml",
            "title: Disk — full\n",
            "META-INF/fuse/scenarios/README.md",
            "no scenario"));

    var descriptor = workshop.describe("alpha").descriptor();
    assertThat(descriptor.scenarioFiles())
        .containsExactly(Map.entry("disk.yaml", "title: Disk — full\n"));
    assertThat(descriptor.scenarios())
        .singleElement()
        .satisfies(it -> assertThat(it.name()).isEqualTo("disk.yaml"))
        .satisfies(it -> assertThat(it.instructions()).isEqualTo("title: Disk — full\n"));
  }

  @Test
  void the_first_call_opens_a_plugin_once_however_many_ask_at_a_time() throws Exception {
    workshop.plugin("alpha", note("opened"), ANSWER.formatted("\"x\""));
    workshop.describe("alpha");

    try (var catalog = workshop.catalog(directory);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(catalog.specs()).extracting(ToolSpec::name).containsExactly("alpha_try");
      assertThat(log()).isEmpty();

      Callable<ToolResult> call = () -> call(catalog, "alpha_try");
      for (var result : threads.invokeAll(java.util.Collections.nCopies(20, call))) {
        assertThat(result.get()).isEqualTo(ToolResult.ok("x"));
      }
    }
    assertThat(log()).containsExactly("opened");
  }

  @Test
  void the_plugins_class_loader_is_the_threads_while_its_code_runs_and_is_put_back()
      throws Exception {
    workshop.plugin(
        "alpha",
        "",
        """
        String prepared = loader();
        if (arguments.has("fail")) {
          throw new IllegalStateException("no");
        }
        return Action.of("tries", Effect.read(Target.of("test")), c -> ToolResult.ok(prepared + loader()))
            .showing(() -> Preview.text("", loader()));
        """);
    workshop.describe("alpha");
    var mine = Thread.currentThread().getContextClassLoader();

    try (var catalog = workshop.catalog(directory)) {
      var tool = catalog.find("alpha_try").orElseThrow();
      var action = tool.prepare(Arguments.of(), call());
      assertThat(action.body().run(call())).isEqualTo(ToolResult.ok("truetrue"));
      assertThat(action.preview().orElseThrow().get().body()).isEqualTo("true");
      assertThatThrownBy(() -> tool.prepare(Arguments.of("fail", true), call())).hasMessage("no");
    }
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(mine);
  }

  @Test
  void a_broken_plugin_costs_only_itself_and_names_its_root_cause() throws Exception {
    workshop.plugin("good", "", ANSWER.formatted("\"fine\""));
    workshop.describe("good");
    workshop.plugin("undescribed", "", ANSWER.formatted("\"x\""));
    Files.createDirectory(folder.resolve("zz-double"));
    workshop.write(
        folder.resolve("zz-double").resolve(Descriptor.FILE),
        renamed(workshop.describe("good").descriptor(), "zz-double"));
    var library =
        workshop.jar("lib.jar", Map.of("lib/Lib.java", "package lib; public class Lib {}"));
    Files.createDirectory(folder.resolve("lacking"));
    workshop.jar(
        "lacking/lacking.jar",
        Map.of(
            "org/example/It.java",
            """
            package org.example;
            public class It implements dev.fuse.spi.FusePlugin {
              private final lib.Lib lib = new lib.Lib();
              public String name() { return "lacking"; }
            }
            """,
            "META-INF/services/dev.fuse.spi.FusePlugin",
            "org.example.It"),
        library);

    assertThat(Describer.describe(folder.resolve("lacking"), false, Workshop::scenario))
        .isInstanceOfSatisfying(
            Plugin.Broken.class,
            it -> assertThat(it.problem()).isEqualTo("the class 'lib.Lib' is missing"));
    try (var catalog = workshop.catalog(directory)) {
      assertThat(catalog.plugins())
          .filteredOn(Plugin.Broken.class::isInstance)
          .map(Plugin.Broken.class::cast)
          .extracting(it -> it.name() + ": " + it.problem())
          .satisfiesExactly(
              it -> assertThat(it).startsWith("lacking: its descriptor cannot be read"),
              it -> assertThat(it).startsWith("undescribed: its descriptor cannot be read"),
              it ->
                  assertThat(it)
                      .startsWith("zz-double: its prefix 'good' is that of the plugin in"));
      assertThat(call(catalog, "good_try")).isEqualTo(ToolResult.ok("fine"));
    }
  }

  @Test
  void a_jar_that_changed_since_it_was_added_is_not_loaded() throws Exception {
    workshop.plugin("alpha", note("opened"), ANSWER.formatted("\"x\""));
    workshop.describe("alpha");
    workshop.plugin("alpha", note("stolen"), ANSWER.formatted("\"y\""));

    try (var catalog = workshop.catalog(directory)) {
      assertThatThrownBy(() -> call(catalog, "alpha_try"))
          .isInstanceOfSatisfying(
              ToolFailure.class,
              it ->
                  assertThat(it.result())
                      .isEqualTo(
                          ToolResult.failed(
                              ToolResult.Kind.UNAVAILABLE,
                              "the plugin 'alpha' cannot be used: 'alpha.jar' is not the file that"
                                  + " was added",
                              "fuse plugins show alpha")));
    }
    assertThat(log()).isEmpty();
  }

  @Test
  void what_plugins_own_is_closed_the_last_first() throws Exception {
    for (var name : List.of("alpha", "beta")) {
      workshop.plugin(
          name,
          """
          void note(String text) {
            try {
              java.nio.file.Files.writeString(context.directory().resolve("log"), "%s " + text + "\\n",
                  java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
            } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
          }
          void opening() {
            context.own(() -> note("first " + loader()));
            context.own(() -> { throw new IllegalStateException("broken"); });
            context.own(() -> note("second " + loader()));
          }
          """
              .formatted(name),
          ANSWER.formatted("\"x\""));
      workshop.describe(name);
    }

    try (var catalog = workshop.catalog(directory)) {
      call(catalog, "beta_try");
      call(catalog, "alpha_try");
    }

    assertThat(log())
        .containsExactly(
            "alpha second true", "alpha first true", "beta second true", "beta first true");
  }

  @Test
  void a_close_that_hangs_is_left_behind_after_two_seconds() throws Exception {
    workshop.plugin(
        "alpha",
        """
        void opening() {
          context.own(() -> java.nio.file.Files.createFile(context.directory().resolve("closed")));
          context.own(() -> new java.util.concurrent.CountDownLatch(1).await());
        }
        """,
        ANSWER.formatted("\"x\""));
    workshop.describe("alpha");

    try (var catalog = workshop.catalog(directory)) {
      call(catalog, "alpha_try");
    }

    assertThat(directory.resolve("closed")).exists();
  }

  @Test
  void changes_are_asked_about_where_a_plugin_with_policies_cannot_be_opened() throws IOException {
    workshop.plugin(
        "alpha",
        """
        void opening() { throw new IllegalStateException("no licence"); }
        public List<ConfirmationPolicy> confirmationPolicies() { return List.of(p -> Optional.empty()); }
        """,
        ANSWER.formatted("\"x\""));
    workshop.describe("alpha");

    try (var catalog = workshop.catalog(directory)) {
      var policy = catalog.policies().getFirst();
      assertThat(policy.rule(proposal(Verb.READ))).isEmpty();
      assertThat(policy.rule(proposal(Verb.UPDATE)).orElseThrow())
          .satisfies(it -> assertThat(it.verdict()).isEqualTo(Verdict.ASK))
          .satisfies(it -> assertThat(it.rule()).endsWith("no licence"));
    }
  }

  private static Proposal proposal(Verb verb) {
    var effect = Effect.local(verb, Target.of("files", "path", "a"), Risk.LOW);
    return new Proposal("fs_write", Arguments.of(), List.of(effect), false, Facts.none());
  }

  private static ToolResult call(Catalog catalog, String tool) throws Exception {
    Action action = catalog.find(tool).orElseThrow().prepare(Arguments.of(), call());
    return action.body().run(call());
  }

  private static Call call() {
    return (Call)
        Proxy.newProxyInstance(
            Call.class.getClassLoader(), new Class<?>[] {Call.class}, (self, method, args) -> null);
  }

  private static String note(String text) {
    return """
    void opening() {
      try {
        java.nio.file.Files.writeString(context.directory().resolve("log"), "%s\\n",
            java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
      } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
    }
    """
        .formatted(text);
  }

  private List<String> log() throws IOException {
    var file = directory.resolve("log");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static Descriptor renamed(Descriptor it, String name) {
    return new Descriptor(
        name,
        it.version(),
        it.description(),
        it.prefixes(),
        it.coordinates(),
        it.tools(),
        it.scenarios(),
        it.scenarioFiles(),
        it.signatures(),
        it.inventory(),
        it.policies(),
        it.settings(),
        it.jar(),
        it.module(),
        it.files());
  }
}
