package dev.fuse.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.fuse.scenario.ScenarioClassifier;
import dev.fuse.spi.ConfirmationPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house; docs/architecture.md gives their reasons. */
class ArchitectureTest {

  private static final Path ROOT = Path.of("..");
  private static final JavaClasses ALL = classesOf(modules());

  @Test
  void words_and_the_contract_depend_on_the_jdk_and_jspecify_only() {
    sees("dev.fuse.text", List.of());
    sees("dev.fuse.spi", List.of());
  }

  @Test
  void each_room_of_the_core_sees_only_those_below_it() {
    var below = new ArrayList<>(List.of("dev.fuse.text", "dev.fuse.spi"));
    for (var room : List.of("rule", "boundary", "run", "gate")) {
      sees("dev.fuse." + room, below);
      below.add("dev.fuse." + room);
    }
    below.add("dev.fuse.scenario");
    sees("dev.fuse.brief", below);
    below.add("dev.fuse.brief");
    sees("dev.fuse.agent", below);
  }

  @Test
  void scenarios_and_plugins_do_not_know_the_agent() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.fuse.scenario", "dev.fuse.plugin")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.fuse.agent",
            "dev.fuse.brief",
            "dev.fuse.gate",
            "dev.fuse.run",
            "dev.fuse.boundary")
        .check(ALL);
  }

  @Test
  void no_package_is_in_a_cycle() {
    slices().matching("dev.fuse.(**)").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void each_library_has_one_room() {
    only("dev.langchain4j..", "dev.fuse.cli.model.openai");
    only("org.jline..", "dev.fuse.cli.terminal");
    only("org.commonmark..", "dev.fuse.cli.terminal");
    only("picocli..", "dev.fuse.cli.command", "dev.fuse.cli");
    only("org.yaml.snakeyaml..", "dev.fuse.scenario", "dev.fuse.cli.home", "dev.fuse.tool..");
  }

  @Test
  void only_main_and_its_like_hold_the_assembly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.fuse.cli")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.fuse.cli.Assembly")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("dev.fuse.cli.(*)..")
        .and()
        .resideOutsideOfPackage("dev.fuse.cli.train")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.fuse.cli")
        .check(ALL);
  }

  @Test
  void the_rooms_that_speak_json_and_http_know_nothing_of_a_chat() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.fuse.cli.json", "dev.fuse.cli.net", "dev.fuse.cli.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.fuse.cli.chat..", "dev.fuse.cli.command..", "dev.fuse.cli.terminal..")
        .check(ALL);
  }

  @Test
  void no_room_of_the_command_has_more_than_forty_files() {
    var files =
        ALL.stream()
            .filter(type -> type.getPackageName().startsWith("dev.fuse.cli"))
            .filter(type -> !type.isNestedClass())
            .collect(groupingBy(JavaClass::getPackageName, counting()));
    assertThat(files).allSatisfy((room, count) -> assertThat(count).as(room).isLessThan(41));
  }

  @Test
  void standard_streams_are_used_in_the_terminal_and_command_rooms_only() {
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    "dev.fuse.cli.terminal", "dev.fuse.cli.command", "dev.fuse.testkit..")))
        .and()
        .doNotHaveFullyQualifiedName("dev.fuse.cli.Main")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .check(ALL);
  }

  @Test
  void the_environment_and_system_properties_are_read_in_the_home_room_only() {
    noClasses()
        .that(not(resideInAnyPackage("dev.fuse.cli.home", "dev.fuse.testkit..")))
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class, String.class)
        .orShould()
        .callMethod(System.class, "getProperties")
        .check(ALL);
  }

  @Test
  void tools_see_the_spi_and_their_libraries_only() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.fuse.tool..", "dev.fuse.scenarios..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.fuse.agent..",
            "dev.fuse.brief..",
            "dev.fuse.gate..",
            "dev.fuse.run..",
            "dev.fuse.rule..",
            "dev.fuse.boundary..",
            "dev.fuse.plugin..",
            "dev.fuse.scenario..",
            "dev.fuse.cli..")
        .check(ALL);
    slices().matching("dev.fuse.tool.(*)..").should().notDependOnEachOther().check(ALL);
  }

  @Test
  void the_kubernetes_tools_read_before_they_judge_and_judge_before_they_change() {
    var rooms =
        List.of(
            "api",
            "look",
            "diagnose.seen",
            "diagnose.why",
            "diagnose.check",
            "diagnose",
            "change",
            "pod");
    for (var room : rooms) {
      var above = rooms.subList(rooms.indexOf(room) + 1, rooms.size());
      noClasses()
          .that()
          .resideInAPackage("dev.fuse.tool.kubernetes." + room)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              Stream.concat(Stream.of(""), above.stream().map(one -> "." + one))
                  .map(one -> "dev.fuse.tool.kubernetes" + one)
                  .toArray(String[]::new))
          .check(ALL);
    }
  }

  @Test
  void the_git_tools_stand_on_the_repository_and_a_diagnosis_changes_nothing() {
    below("git", List.of("repo", "look", "diagnose"));
    below("git", List.of("repo", "change"));
    apart("git", "change", "look", "diagnose");
  }

  @Test
  void the_tools_of_this_machine_stand_on_places_and_files() {
    below("fs", List.of("place", "file", "machine", "machine.check"));
    below("fs", List.of("place", "file", "machine", "process"));
    below("fs", List.of("file", "archive"));
    below("fs", List.of("file", "plan"));
    apart("fs", "archive", "plan", "process", "machine", "machine.check");
    apart("fs", "plan", "archive", "process", "machine", "machine.check");
    apart("fs", "process", "machine.check");
    apart("fs", "machine.check", "process");
  }

  @Test
  void policies_and_classifiers_have_only_final_fields() {
    fields()
        .that()
        .areDeclaredInClassesThat(
            assignableTo(ConfirmationPolicy.class).or(assignableTo(ScenarioClassifier.class)))
        .should()
        .beFinal()
        .check(ALL);
  }

  @Test
  void nothing_is_static_and_can_change() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat(resideInAPackage("dev.fuse.."))
        .should()
        .beFinal()
        .check(ALL);
  }

  @TestFactory
  Stream<DynamicTest> every_module_is_null_marked() {
    return modules().stream()
        .map(
            module ->
                DynamicTest.dynamicTest(
                    module.getFileName().toString(),
                    () ->
                        assertThat(
                                Files.readString(module.resolve("src/main/java/module-info.java")))
                            .contains("@NullMarked")));
  }

  /** Each room of a tool module sees only those before it, and never the plugin's own class. */
  private static void below(String tool, List<String> rooms) {
    for (var room : rooms) {
      var above = rooms.subList(rooms.indexOf(room) + 1, rooms.size());
      apart(tool, room, above.toArray(String[]::new));
    }
  }

  private static void apart(String tool, String room, String... others) {
    var own = "dev.fuse.tool." + tool;
    noClasses()
        .that()
        .resideInAPackage(own + "." + room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(Stream.of(own), Stream.of(others).map(one -> own + "." + one))
                .toArray(String[]::new))
        .check(ALL);
  }

  /** Of ours a room sees itself and these. */
  private static void sees(String room, List<String> others) {
    var rooms = new ArrayList<>(List.of(room, "java..", "org.jspecify.."));
    rooms.addAll(others);
    classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(rooms.toArray(String[]::new))
        .check(ALL);
  }

  private static void only(String library, String... rooms) {
    noClasses()
        .that(not(resideInAnyPackage(rooms)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(ALL);
  }

  private static List<Path> modules() {
    try (var folders = Files.list(ROOT)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("src/main/java/module-info.java")))
          .filter(folder -> !folder.endsWith("lib-picocli"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("the modules cannot be listed", e);
    }
  }

  private static JavaClasses classesOf(List<Path> modules) {
    return new ClassFileImporter()
        .importPaths(modules.stream().map(module -> module.resolve("target/classes")).toList());
  }
}
