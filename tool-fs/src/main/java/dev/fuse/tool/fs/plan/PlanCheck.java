package dev.fuse.tool.fs.plan;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.file.Content;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through a plan in thought: what cannot be made fails here, what ought to be known is noted.
 */
final class PlanCheck {

  private final Place place;
  private final FuturePaths future = new FuturePaths();
  private final List<String> notes = new ArrayList<>();

  /** Names in lower case, by folder; only folders that something is put into. */
  private final Map<Path, Map<String, String>> names = new HashMap<>();

  /** Folders that something is taken from. */
  private final Set<Path> left = new HashSet<>();

  PlanCheck(Place place) {
    this.place = place;
  }

  /** What ought to be known, once all steps are checked. */
  List<String> notes() {
    var all = new ArrayList<>(notes);
    all.addAll(new StrandedLinks(place, future).in(left));
    return List.copyOf(all);
  }

  /** Whether a path will be a folder by the time of the next step. */
  boolean willBeFolder(Path path) {
    return future.isFolder(path);
  }

  /**
   * Checks the next step.
   *
   * @throws ToolFailure if it cannot be made
   */
  void step(int number, PlanStep step) {
    try {
      switch (step) {
        case PlanStep.Move(var from, var to) -> move(from, to);
        case PlanStep.Copy(var from, var to) -> {
          requireSource(from);
          requireTarget(from, to);
          put(to.real());
          future.copy(from.real(), to.real());
        }
        case PlanStep.Delete(var path) -> {
          requireSource(path);
          leave(path);
          future.remove(path.real());
        }
        case PlanStep.Folder(var path) -> {
          requireNothing(path);
          put(path.real());
          future.folder(path.real());
        }
        case PlanStep.Tidy _ -> {}
      }
    } catch (ToolFailure e) {
      var failed = e.result();
      throw new ToolFailure(
          failed.kind(), "step " + number + ": " + failed.problem(), failed.hint());
    }
  }

  private void move(Location from, Location to) {
    requireSource(from);
    requireTarget(from, to);
    link(from, to);
    put(to.real());
    leave(from);
    future.move(from.real(), to.real());
  }

  private void leave(Location from) {
    Optional.ofNullable(from.real().getParent()).ifPresent(left::add);
  }

  private void requireSource(Location from) {
    var real = from.real();
    if (place.directory().startsWith(real)) {
      throw ToolFailure.invalid(
          "'" + from.shown() + "' is the working directory or holds it", "name what is in it");
    }
    if (!future.exists(real)) {
      requireVisible(from);
      throw ToolFailure.notFound(
          "'" + from.shown() + "' is not there" + (from.exists() ? " any more at this step" : ""),
          "look with fs_list");
    }
  }

  /** What lies in a folder that may not be entered is not known to be gone. */
  private static void requireVisible(Location from) {
    try {
      Content.attributes(from.real());
    } catch (IOException e) {
      throw Trouble.of(e, from.asked());
    }
  }

  private void requireTarget(Location from, Location to) {
    if (to.real().startsWith(from.real()) && !to.real().equals(from.real())) {
      throw ToolFailure.invalid(
          "'" + from.shown() + "' cannot go into itself, '" + to.shown() + "'", "");
    }
    // Where case does not count, a new spelling of a name is the old one.
    if (!sameFile(from.real(), to.real()) || from.real().equals(to.real())) {
      requireNothing(to);
    }
  }

  private void requireNothing(Location to) {
    if (future.exists(to.real())) {
      throw new ToolFailure(
          ToolResult.Kind.CONFLICT,
          "'" + to.shown() + "' is there already" + (to.exists() ? "" : " at this step"),
          "choose another name, or delete that one in an earlier step");
    }
    for (var above = to.real().getParent(); above != null; above = above.getParent()) {
      if (future.exists(above)) {
        if (!future.isFolder(above)) {
          throw ToolFailure.invalid("'" + place.shown(above) + "' is no folder", "");
        }
        return;
      }
      future.folder(above);
    }
  }

  private static boolean sameFile(Path one, Path other) {
    try {
      return Files.exists(other, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  /** Notes a name that differs from a neighbour's by case only. */
  private void put(Path path) {
    var parent = path.getParent();
    var file = path.getFileName();
    if (parent == null || file == null) {
      return;
    }
    var name = file.toString();
    var others = names.computeIfAbsent(parent, PlanCheck::namesIn);
    var other = others.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    if (other != null && !other.equals(name) && future.exists(parent.resolve(other))) {
      notes.add(
          "'%s' and '%s' in %s differ by case only, which macOS and Windows take for one"
              .formatted(Shown.name(name), Shown.name(other), place.shown(parent)));
    }
  }

  private static Map<String, String> namesIn(Path folder) {
    var names = new HashMap<String, String>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        var name = entry.getFileName().toString();
        names.put(name.toLowerCase(Locale.ROOT), name);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that is still to be made.
    }
    return names;
  }

  /** Notes a link that will lead nowhere once it lies elsewhere. */
  private void link(Location from, Location to) {
    var now = future.origin(from.real());
    if (now.isEmpty() || !Files.isSymbolicLink(now.get())) {
      return;
    }
    try {
      var target = Files.readSymbolicLink(now.get());
      boolean moved =
          !target.isAbsolute() && !Objects.equals(to.real().getParent(), now.get().getParent());
      if (moved && Files.exists(now.get())) {
        var then = to.real().resolveSibling(target).normalize();
        if (!future.exists(then)) {
          notes.add(
              "the link %s leads to %s and will be broken in %s"
                  .formatted(from.shown(), Shown.name(target), to.shown()));
        }
      }
    } catch (IOException e) {
      notes.add("where the link " + from.shown() + " leads cannot be read");
    }
  }
}
