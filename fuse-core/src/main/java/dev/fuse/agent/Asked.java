package dev.fuse.agent;

import dev.fuse.brief.Guidebook;
import dev.fuse.gate.CallRecord;
import dev.fuse.scenario.ScenarioClassifier.Clue;
import dev.fuse.spi.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a report has to answer.
 *
 * @param scenario the one that guided; empty where none did
 * @param clues what the question is about, beside its words
 * @param lacking what could not be looked at because it is not installed
 */
record Asked(String scenario, List<Clue> clues, List<Guidebook.Lacking> lacking) {

  Asked {
    clues = List.copyOf(clues);
    lacking = List.copyOf(lacking);
  }

  /** The things that it names, for people. */
  List<String> named() {
    return clues.stream().filter(clue -> clue.sort() == Clue.Sort.NAME).map(Asked::named).toList();
  }

  private static String named(Clue clue) {
    var told = clue.parameters();
    var place = told.containsKey("name") && told.containsKey("namespace");
    return (told.getOrDefault("kind", "")
            + " "
            + (place ? told.get("namespace") + "/" : "")
            + told.getOrDefault("name", told.getOrDefault("namespace", clue.text())))
        .strip();
  }

  /** Whether a call looked at a system that the question is about; all do where it names none. */
  boolean about(CallRecord call) {
    var systems = clues.stream().map(Clue::system).collect(Collectors.toSet());
    return systems.isEmpty() || looked(call).stream().anyMatch(systems::contains);
  }

  /** Whether a finding speaks of a thing that the question names. */
  boolean about(Finding finding) {
    var words = (finding.subject() + " " + finding.seen()).toLowerCase(Locale.ROOT);
    return clues.stream()
        .filter(clue -> clue.sort() == Clue.Sort.NAME)
        .map(clue -> clue.parameters().getOrDefault("name", ""))
        .anyMatch(name -> !name.isEmpty() && words.contains(name.toLowerCase(Locale.ROOT)));
  }

  private static Set<String> looked(CallRecord call) {
    return call.effects().stream()
        .map(effect -> effect.target().system())
        .collect(Collectors.toSet());
  }
}
