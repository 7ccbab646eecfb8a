package dev.fuse.scenario;

import dev.fuse.scenario.Scenario.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All scenarios that were found; of several with one name the one of the strongest layer counts.
 *
 * @param entries by name, for each name the one that counts first
 */
public record Library(List<Entry> entries) {

  public Library {
    entries = List.copyOf(entries);
  }

  /** Where scenarios come from; a later layer takes precedence. */
  public enum Layer {
    BUILT_IN,
    PLUGIN,
    PERSON,
    PROJECT
  }

  /** What became of a file. */
  public enum State {
    ACTIVE,
    /** The person switched it off. */
    DISABLED,
    /** One of the same name takes precedence. */
    SHADOWED,
    /** It has mistakes. */
    BROKEN
  }

  /**
   * A file, its layer and its state.
   *
   * @param by the origin that takes precedence where it is shadowed
   */
  public record Entry(Layer layer, ScenarioFile file, State state, Optional<String> by) {

    /** A file that was just found. */
    public static Entry of(Layer layer, ScenarioFile file) {
      var state = file.scenario().isPresent() ? State.ACTIVE : State.BROKEN;
      return new Entry(layer, file, state, Optional.empty());
    }

    /** A scenario that is known as data already, from a plugin's descriptor. */
    public static Entry of(Layer layer, String origin, Scenario scenario) {
      return of(layer, new ScenarioFile(origin, scenario.name(), Optional.of(scenario), List.of()));
    }

    private Entry now(State state, Optional<String> by) {
      return new Entry(layer, file, state, by);
    }
  }

  /** Orders what was found; a broken file takes precedence over nothing. */
  public static Library of(Collection<Entry> found, Set<String> disabled) {
    var strongest = new HashMap<String, Entry>();
    var entries = new ArrayList<Entry>();
    var ordered =
        Comparator.comparing(Entry::layer).reversed().thenComparing(e -> e.file().origin());
    for (var entry : found.stream().sorted(ordered).toList()) {
      if (entry.state() == State.BROKEN) {
        entries.add(entry);
        continue;
      }
      var name = entry.file().name();
      var stronger = strongest.putIfAbsent(name, entry);
      if (stronger != null) {
        entries.add(entry.now(State.SHADOWED, Optional.of(stronger.file().origin())));
      } else {
        entries.add(disabled.contains(name) ? entry.now(State.DISABLED, Optional.empty()) : entry);
      }
    }
    entries.sort(Comparator.comparing((Entry e) -> e.file().name()).thenComparing(Entry::state));
    return new Library(entries);
  }

  /**
   * Reads the scenarios of a folder: {@code *.yaml}, {@code *.md}, and folders with a SKILL.md. A
   * folder that is not there has none.
   */
  public static List<Entry> read(Layer layer, Path folder, Installed installed) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var paths = Files.list(folder)) {
      return paths
          .sorted()
          .map(path -> Files.isDirectory(path) ? path.resolve("SKILL.md") : path)
          .filter(path -> path.toString().matches(".*\\.(ya?ml|md)") && Files.isRegularFile(path))
          .map(path -> Entry.of(layer, ScenarioFile.read(path, installed)))
          .toList();
    } catch (IOException e) {
      var message = "the folder cannot be read: " + e.getMessage();
      var problem = new Problem(folder.toString(), 1, 1, false, message);
      return List.of(
          Entry.of(
              layer, new ScenarioFile(folder.toString(), "", Optional.empty(), List.of(problem))));
    }
  }

  /** Those that count, in the order of their names. */
  public List<Scenario> scenarios() {
    return entries.stream()
        .filter(entry -> entry.state() == State.ACTIVE)
        .flatMap(entry -> entry.file().scenario().stream())
        .toList();
  }

  /** Those that count and fit every question. */
  public List<Scenario> always() {
    return scenarios().stream().filter(scenario -> scenario.mode() == Mode.ALWAYS).toList();
  }

  /** The one of this name that counts. */
  public Optional<Scenario> find(String name) {
    return scenarios().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }

  public List<String> names() {
    return scenarios().stream().map(Scenario::name).toList();
  }
}
