package dev.fuse.cli.scenarios;

import dev.fuse.inventory.Inventory;
import dev.fuse.inventory.Mention;
import dev.fuse.inventory.World;
import dev.fuse.plugin.Catalog;
import dev.fuse.scenario.LexicalClassifier;
import dev.fuse.scenario.ScenarioClassifier.Clue;
import dev.fuse.scenario.ScenarioClassifier.Clue.Sort;
import dev.fuse.scenario.ScenarioClassifier.Question;
import dev.fuse.scenario.Signatures;
import dev.fuse.spi.Facts;
import dev.fuse.spi.InventorySource.Spec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is around a question: what the person pinned, what things are called, what programs say. */
public final class Surroundings {

  /** How long a question waits for names where nothing is known of them yet. */
  private static final Duration PATIENCE = Duration.ofMillis(400);

  /** The fact that a pin decides. */
  private static final Map<String, String> DECIDED =
      Map.of(
          "context", "kube-context",
          "namespace", "kube-context",
          "project", "google-project",
          "repository", "git-remote");

  private final Catalog catalog;
  private final Inventory inventory;
  private final Signatures signatures;
  private final Facts facts;
  private final Map<String, String> pins;

  /**
   * What is around here.
   *
   * @param folder where names are kept
   * @param harmless whether a name may be kept
   */
  public Surroundings(
      Catalog catalog,
      Facts facts,
      Map<String, String> pins,
      Optional<Path> folder,
      Predicate<String> harmless) {
    this.catalog = catalog;
    this.facts = facts;
    this.pins = Map.copyOf(pins);
    var worlds = specs(catalog).stream().flatMap(it -> World.of(it, facts).stream()).toList();
    this.inventory = new Inventory(folder, worlds, catalog::list, harmless, Clock.systemUTC());
    this.signatures =
        Signatures.of(
            catalog.described().stream()
                .flatMap(plugin -> plugin.descriptor().signatures().stream())
                .toList());
  }

  private static List<Spec> specs(Catalog catalog) {
    return catalog.described().stream()
        .flatMap(plugin -> plugin.descriptor().inventory().stream())
        .toList();
  }

  public Inventory inventory() {
    return inventory;
  }

  /** Begins to list what is pinned, as soon as Fuse starts. */
  public void begin() {
    inventory.refresh(pinned());
  }

  /** The question with what is around it; waits where names are not known yet and can decide. */
  public Question seen(Question question) {
    var messages = signatures.find(question.prompt());
    if (LexicalClassifier.isTalk(question.prompt())) {
      return question;
    }
    var wanted = new LinkedHashSet<>(reachable());
    if (!settled(messages)) {
      inventory.refresh(wanted);
      inventory.await(wanted, PATIENCE);
    }
    var clues = new ArrayList<>(messages);
    mentions(question.prompt()).stream().map(Surroundings::clue).forEach(clues::add);
    pinned().forEach(system -> clues.add(pin(system)));
    clues.sort(Comparator.comparing(Clue::sort));
    return question.with(clues);
  }

  /** What can be reached from here: this machine, this repository, the current cluster. */
  public Set<String> reachable() {
    return inventory.worlds().stream().map(World::system).collect(Collectors.toSet());
  }

  private List<Mention> mentions(String prompt) {
    return inventory.mentions(prompt, facts, pins, LexicalClassifier.commonWords());
  }

  private static boolean settled(List<Clue> messages) {
    return messages.stream().anyMatch(clue -> clue.sort() == Sort.MESSAGE);
  }

  private static Clue clue(Mention mention) {
    return new Clue(
        Sort.NAME,
        mention.world().system(),
        "",
        mention.text(),
        Optional.empty(),
        mention.parameters());
  }

  private Clue pin(String system) {
    var text =
        pins.entrySet().stream()
            .map(pin -> pin.getKey() + " " + pin.getValue())
            .sorted()
            .collect(Collectors.joining(", ", "pinned ", ""));
    return new Clue(Sort.PIN, system, "", text, Optional.empty(), Map.of());
  }

  /** The systems of which the person pinned something. */
  private Set<String> pinned() {
    var decided = pins.keySet().stream().map(DECIDED::get).collect(Collectors.toSet());
    return specs(catalog).stream()
        .filter(spec -> spec.world().stream().anyMatch(decided::contains))
        .map(Spec::system)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
