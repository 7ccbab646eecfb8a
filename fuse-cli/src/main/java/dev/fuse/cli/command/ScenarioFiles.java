package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.command.Workbench.Person;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.DisabledScenarios;
import dev.fuse.cli.home.PrivateFile;
import dev.fuse.cli.home.Reason;
import dev.fuse.cli.net.GuidanceAddress;
import dev.fuse.plugin.Plugin;
import dev.fuse.scenario.Library.Entry;
import dev.fuse.scenario.Library.Layer;
import dev.fuse.scenario.ScenarioFile;
import dev.fuse.scenario.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What changes the person's own folder of scenarios. */
final class ScenarioFiles {

  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  private ScenarioFiles() {}

  static ExitCode create(Given given, Workbench bench) {
    var words = given.words();
    var file = create(given.word(0), String.join(" ", words.subList(1, words.size())), bench);
    bench.note("  edit it: fuse scenarios edit " + given.word(0) + ", or " + file);
    return ExitCode.DONE;
  }

  static Path create(String name, String description, Workbench bench) {
    var file = file(name, ".yaml", bench);
    write(file, Template.of(name, description));
    bench.note("created: " + file);
    instead(name, bench);
    return file;
  }

  static ExitCode add(Given given, Workbench bench) {
    return add(given.word(0), given.flags().look().yes(), bench);
  }

  /**
   * Adds a file or what an address holds.
   *
   * @param yes whether the person has said beforehand that what an address holds is added
   */
  static ExitCode add(String source, boolean yes, Workbench bench) {
    boolean remote = source.matches("[A-Za-z][A-Za-z0-9+.-]+://.*");
    var text =
        remote
            ? GuidanceAddress.of(source).read(bench.environment().variables())
            : local(bench.environment().path(source));
    var origin = remote ? GuidanceAddress.of(source).file() : source;
    var read = ScenarioFile.read(origin, text, bench.installed());
    read.problems().forEach(problem -> bench.note(problem.toString()));
    if (read.scenario().isEmpty()) {
      return ExitCode.INVALID;
    }
    var file = file(read.name(), origin.endsWith(".md") ? ".md" : ".yaml", bench);
    absent(file);
    if (remote && !confirmed(source, text, read, yes, bench)) {
      bench.note("not added");
      return ExitCode.DENIED;
    }
    write(file, text);
    bench.note("added: " + file);
    instead(read.name(), bench);
    return ExitCode.DONE;
  }

  private static boolean confirmed(
      String source, String text, ScenarioFile read, boolean yes, Workbench bench) {
    var scenario = read.scenario().orElseThrow();
    var person = bench.person();
    if (yes) {
      return true;
    }
    if (person.isEmpty()) {
      throw new FuseException(
          Kind.UNCONFIRMED,
          "'" + source + "' was not added: there is no terminal to show it on",
          "add --yes, or save it and add the file");
    }
    var by = person.get();
    by.tell("'" + source + "' holds " + text.length() + " characters:");
    text.lines().forEach(line -> by.tell("  │ " + line));
    by.tell("It would be '" + scenario.name() + "', mode " + scenario.mode() + ", and be followed");
    by.tell("as your own instructions are where it fits. It cannot allow anything.");
    return agrees(by, "add it? [y] yes  [n] no  (n) ");
  }

  static boolean agrees(Person person, String question) {
    return person.ask(question).filter(answer -> answer.matches("(?i)y|yes")).isPresent();
  }

  static ExitCode edit(Given given, Workbench bench) {
    var person =
        bench
            .person()
            .orElseThrow(
                () ->
                    new FuseException(
                        Kind.USAGE,
                        "'edit' needs a terminal and there is none",
                        "change the file, then: fuse scenarios validate"));
    return edit(given.word(0), person, bench);
  }

  static ExitCode edit(String name, Person person, Workbench bench) {
    var entry = ScenarioCommands.entry(name, bench);
    boolean foreign = entry.layer() == Layer.BUILT_IN || entry.layer() == Layer.PLUGIN;
    var file = foreign ? file(name, ".yaml", bench) : Path.of(entry.file().origin());
    var before = foreign ? text(entry, bench) : local(file);
    if (foreign) {
      write(file, before);
    }
    person.edit(file);
    if (local(file).equals(before)) {
      if (foreign) {
        remove(file);
      }
      bench.note("no change made");
      return ExitCode.DONE;
    }
    var read = ScenarioFile.read(file, bench.installed());
    read.problems().forEach(problem -> bench.note(problem.toString()));
    if (read.scenario().isEmpty()) {
      bench.note("  it is not used until that is fixed: fuse scenarios edit " + name);
      return ExitCode.INVALID;
    }
    bench.note("saved; used from the next question on: " + file);
    if (foreign) {
      bench.note(
          "  it replaces the built-in one; fuse scenarios delete " + name + " brings that back");
    }
    return ExitCode.DONE;
  }

  /** A plugin's file. */
  private static String text(Entry entry, Workbench bench) {
    var name = entry.file().name();
    return bench.catalog().described().stream()
        .filter(plugin -> plugin.name().equals(entry.file().origin()))
        .map(Plugin.Described::descriptor)
        .flatMap(it -> Optional.ofNullable(it.scenarioFiles().get(name + ".yaml")).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new FuseException(
                    Kind.USAGE,
                    "'" + name + "' is part of a plugin's code and cannot be edited",
                    "fuse scenarios new writes one of your own"));
  }

  private static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw failed(file, "deleted", e);
    }
  }

  static ExitCode delete(Given given, Workbench bench) {
    var name = given.word(0);
    own(name, bench);
    if (!Agreement.given("Delete '" + name + "'?", "delete '" + name + "'", given, bench)) {
      bench.note("nothing deleted");
      return ExitCode.DENIED;
    }
    return delete(name, bench);
  }

  static ExitCode delete(String name, Workbench bench) {
    var file = own(name, bench);
    remove(file);
    bench.note("deleted: " + file);
    if (bench.scenarios().entries().stream().noneMatch(it -> it.file().name().equals(name))) {
      new DisabledScenarios(bench.home()).set(name, false);
    }
    return ExitCode.DONE;
  }

  /** The person's own file of that name. */
  private static Path own(String name, Workbench bench) {
    ScenarioCommands.entry(name, bench);
    return bench.scenarios().entries().stream()
        .filter(entry -> entry.file().name().equals(name))
        .filter(entry -> ScenarioCommands.own(entry, bench))
        .map(entry -> Path.of(entry.file().origin()))
        .findFirst()
        .orElseThrow(
            () ->
                new FuseException(
                    Kind.USAGE,
                    "'" + name + "' is not in your own folder",
                    "to stop using it: fuse scenarios disable " + name));
  }

  private static String local(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw failed(file, "read", e);
    }
  }

  private static void instead(String name, Workbench bench) {
    ScenarioCommands.shadowed(ScenarioCommands.entry(name, bench), bench)
        .forEach(other -> bench.note("  it replaces " + other));
  }

  private static Path file(String name, String ending, Workbench bench) {
    if (!name.matches(NAME) || name.equals("none")) {
      throw new FuseException(
          Kind.USAGE,
          "'" + name + "' is not a scenario name",
          "use lower-case words with hyphens, such as ledger-reconcile");
    }
    return bench
        .home()
        .findFolder("scenarios")
        .map(folder -> folder.resolve(name + ending))
        .orElseThrow(
            () -> new FuseException(Kind.FAILED, "there is no home folder", "set FUSE_HOME"));
  }

  private static void absent(Path file) {
    if (Files.exists(file)) {
      throw new FuseException(
          Kind.USAGE,
          "'" + file + "' already exists",
          "fuse scenarios edit changes it, delete removes it");
    }
  }

  private static void write(Path file, String text) {
    absent(file);
    try {
      PrivateFile.write(file, text);
    } catch (IOException e) {
      throw failed(file, "written", e);
    }
  }

  private static FuseException failed(Path file, String what, IOException e) {
    return new FuseException(
        Kind.FAILED, "'" + file + "' cannot be " + what + ": " + Reason.of(e), "");
  }
}
