package dev.fuse.tool.fs.plan;

import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan as a person reads it: what goes into one folder stands below it. */
final class PlanText {

  /** What a step puts into a folder, by which word. */
  private record Put(String word, Location from, Location to) {
    boolean goesWith(Put other) {
      return word.equals(other.word) && folder().equals(other.folder());
    }

    Optional<Path> folder() {
      return Optional.ofNullable(to.real().getParent());
    }

    String shown() {
      var name = to.real().getFileName();
      return from.real().endsWith(name) ? from.shown() : from.shown() + " → " + Shown.name(name);
    }
  }

  private final Place place;
  private final List<String> lines = new ArrayList<>();
  private final List<Put> together = new ArrayList<>();

  private PlanText(Place place) {
    this.place = place;
  }

  static String of(Place place, List<PlanStep> steps, List<String> notes) {
    var text = new PlanText(place);
    steps.forEach(text::step);
    text.flush();
    notes.forEach(note -> text.lines.add("note    " + note));
    return String.join("\n", text.lines) + "\n";
  }

  private void step(PlanStep step) {
    switch (step) {
      case PlanStep.Move(var from, var to) -> put(new Put("move", from, to), step);
      case PlanStep.Copy(var from, var to) -> put(new Put("copy", from, to), step);
      case PlanStep.Delete _, PlanStep.Folder _, PlanStep.Tidy _ -> {
        flush();
        lines.add(step.shown());
      }
    }
  }

  private void put(Put put, PlanStep step) {
    if (!together.isEmpty() && !together.getLast().goesWith(put)) {
      flush();
    }
    together.add(put);
    if (together.size() == 1) {
      lines.add(step.shown());
    }
  }

  /** One alone stands in one line, which is there already. */
  private void flush() {
    if (together.size() > 1) {
      var first = together.getFirst();
      var folder = first.folder().map(place::shown).orElse("/");
      lines.set(lines.size() - 1, first.word() + " into " + folder + "/");
      together.forEach(put -> lines.add("        " + put.shown()));
    }
    together.clear();
  }
}
