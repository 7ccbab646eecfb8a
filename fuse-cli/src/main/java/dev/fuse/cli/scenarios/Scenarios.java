package dev.fuse.cli.scenarios;

import dev.fuse.cli.home.DisabledScenarios;
import dev.fuse.cli.home.Environment;
import dev.fuse.cli.home.Home;
import dev.fuse.cli.home.Project;
import dev.fuse.cli.home.Trust;
import dev.fuse.plugin.Catalog;
import dev.fuse.scenario.Installed;
import dev.fuse.scenario.Library;
import dev.fuse.scenario.Library.Entry;
import dev.fuse.scenario.Library.Layer;
import dev.fuse.scenario.ScenarioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All scenarios that there are; files are read again once one of them has changed. */
public final class Scenarios {

  private final Environment environment;
  private final Home home;
  private final Trust trust;
  private final Catalog catalog;
  private final Installed installed;
  private Map<Path, String> stamps = Map.of();
  private Optional<Library> library = Optional.empty();

  /** Where files of a layer are: a folder of them, or a single one. */
  private record Source(Layer layer, Path path) {}

  public Scenarios(Environment environment, Home home, Trust trust, Catalog catalog) {
    this.environment = environment;
    this.home = home;
    this.trust = trust;
    this.catalog = catalog;
    this.installed = installed(catalog);
  }

  public Installed installed() {
    return installed;
  }

  /** As the files are now. */
  public synchronized Library library() {
    var sources = sources();
    var now = stamps(sources);
    if (library.isEmpty() || !now.equals(stamps)) {
      stamps = now;
      library = Optional.of(read(sources));
    }
    return library.get();
  }

  /** Every file as it reads against the tools that are installed, plugins' files too. */
  public List<ScenarioFile> checked() {
    var files = new ArrayList<ScenarioFile>();
    for (var plugin : catalog.described()) {
      plugin
          .descriptor()
          .scenarioFiles()
          .forEach(
              (name, text) ->
                  files.add(ScenarioFile.read(plugin.name() + "/" + name, text, installed)));
    }
    library().entries().stream()
        .filter(entry -> entry.layer() == Layer.PERSON || entry.layer() == Layer.PROJECT)
        .forEach(entry -> files.add(entry.file()));
    return files;
  }

  /** Where the person's own files and those of the project are. */
  public List<String> ownFiles() {
    return library().entries().stream()
        .filter(entry -> entry.layer() == Layer.PERSON || entry.layer() == Layer.PROJECT)
        .map(entry -> entry.file().origin())
        .toList();
  }

  private static Installed installed(Catalog catalog) {
    var bringers = new HashMap<String, String>();
    for (var plugin : catalog.described()) {
      plugin.descriptor().prefixes().forEach(prefix -> bringers.put(prefix, plugin.name()));
    }
    return Installed.of(catalog.specs(), bringers).knowing(catalog.coordinates());
  }

  private Library read(List<Source> sources) {
    var found = new ArrayList<Entry>();
    for (var plugin : catalog.described()) {
      var layer = plugin.builtin() ? Layer.BUILT_IN : Layer.PLUGIN;
      plugin
          .descriptor()
          .scenarios()
          .forEach(scenario -> found.add(Entry.of(layer, plugin.name(), scenario)));
    }
    for (var source : sources) {
      if (Files.isRegularFile(source.path())) {
        found.add(Entry.of(source.layer(), ScenarioFile.read(source.path(), installed)));
      } else {
        found.addAll(Library.read(source.layer(), source.path(), installed));
      }
    }
    return Library.of(found, new DisabledScenarios(home).names());
  }

  private List<Source> sources() {
    var sources = new ArrayList<Source>();
    home.find("scenarios").ifPresent(mine -> sources.add(new Source(Layer.PERSON, mine)));
    environment
        .home()
        .ifPresent(mine -> sources.add(new Source(Layer.PERSON, mine.resolve(".agents/skills"))));
    var project = Project.of(environment);
    if (!project.isHome(home) && trust.trusts(project)) {
      sources.add(new Source(Layer.PROJECT, project.fuse().resolve("scenarios")));
      sources.add(new Source(Layer.PROJECT, project.root().resolve(".agents/skills")));
      sources.add(new Source(Layer.PROJECT, project.root().resolve("AGENTS.md")));
    }
    return sources;
  }

  /**
   * Time and size of what is read; a file written twice within a tick of the clock differs in
   * neither.
   */
  private Map<Path, String> stamps(List<Source> sources) {
    var all = new LinkedHashMap<Path, String>();
    home.find(DisabledScenarios.FILE).ifPresent(file -> stamp(file, all));
    for (var source : sources) {
      try {
        files(source.path()).forEach(file -> stamp(file, all));
      } catch (IOException | UncheckedIOException e) {
        all.put(source.path(), String.valueOf(e.getMessage()));
      }
    }
    return all;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (var files = Files.list(path)) {
      return files
          .map(file -> Files.isDirectory(file) ? file.resolve("SKILL.md") : file)
          .sorted()
          .toList();
    }
  }

  private static void stamp(Path file, Map<Path, String> all) {
    try {
      all.put(file, Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file));
    } catch (IOException e) {
      all.put(file, "");
    }
  }
}
