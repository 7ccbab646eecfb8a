package dev.fuse.tool.fs.plan;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Target;
import dev.fuse.spi.Verb;
import dev.fuse.tool.fs.place.Location;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** One thing that a plan does to one file or folder. */
sealed interface PlanStep {

  /** What it does, for the gate. */
  List<Effect> effects();

  /** What it does, for a person. */
  String shown();

  /** Places whose state a person approves. */
  List<Location> places();

  /** To another place, by that name. */
  record Move(Location from, Location to) implements PlanStep {
    @Override
    public List<Effect> effects() {
      var way =
          Target.of(Location.FILES, "path", from.real().toString(), "to", to.real().toString());
      var gone = Effect.local(Verb.DELETE, way, wide(from));
      var there = to.changing(Verb.CREATE);
      // In another place and by another name it could be read without a question.
      boolean uncovers = from.reading().verb() == Verb.READ_SECRET && !from.trashed();
      return uncovers ? List.of(gone, there, from.reading()) : List.of(gone, there);
    }

    @Override
    public String shown() {
      return "move    " + from.shown() + " → " + to.shown();
    }

    @Override
    public List<Location> places() {
      return List.of(from, to);
    }
  }

  /** A second one. */
  record Copy(Location from, Location to) implements PlanStep {
    @Override
    public List<Effect> effects() {
      return List.of(to.changing(Verb.CREATE), from.reading());
    }

    @Override
    public String shown() {
      return "copy    " + from.shown() + " → " + to.shown();
    }

    @Override
    public List<Location> places() {
      return List.of(from, to);
    }
  }

  /** Into the trash, from where undo brings it back. */
  record Delete(Location path) implements PlanStep {
    @Override
    public List<Effect> effects() {
      return List.of(Effect.local(Verb.DELETE, path.target(), wide(path)));
    }

    @Override
    public String shown() {
      return "delete  " + path.shown();
    }

    @Override
    public List<Location> places() {
      return List.of(path);
    }
  }

  /** A new folder. */
  record Folder(Location path) implements PlanStep {
    @Override
    public List<Effect> effects() {
      return List.of(path.changing(Verb.CREATE));
    }

    @Override
    public String shown() {
      return "folder  " + path.shown() + "/";
    }

    @Override
    public List<Location> places() {
      return List.of();
    }
  }

  /** Removes a folder that an earlier plan made, if nothing is in it. */
  record Tidy(Location path) implements PlanStep {
    @Override
    public List<Effect> effects() {
      return List.of(path.changing(Verb.DELETE));
    }

    @Override
    public String shown() {
      return "tidy    " + path.shown() + "/ if it is empty";
    }

    @Override
    public List<Location> places() {
      return List.of();
    }
  }

  /** A repository is more than its files. */
  private static Risk wide(Location location) {
    return Files.exists(location.real().resolve(".git")) ? Risk.HIGH : location.risk();
  }

  /** As an argument of {@code fs_plan}. */
  static Map<String, Object> argument(String action, Object path, Object to) {
    return Map.of("action", action, "path", path.toString(), "to", to.toString());
  }

  /** As an argument of {@code fs_plan}. */
  static Map<String, Object> argument(String action, Object path) {
    return Map.of("action", action, "path", path.toString());
  }
}
