package dev.fuse.tool.fs.plan;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What will be where once the steps so far are made, while nothing has been made yet. */
final class FuturePaths {

  /** What a path will hold: the one that is there now under another name, or a new folder. */
  private record Held(Optional<Path> origin) {}

  /** Paths that differ from now; empty where nothing will be. */
  private final Map<Path, Optional<Held>> changed = new HashMap<>();

  boolean exists(Path path) {
    return find(path).isPresent();
  }

  boolean isFolder(Path path) {
    return find(path)
        .map(
            held ->
                held.origin()
                    .map(now -> Files.isDirectory(now, LinkOption.NOFOLLOW_LINKS))
                    .orElse(true))
        .orElse(false);
  }

  /** The file or folder that will be there, by its place of now. */
  Optional<Path> origin(Path path) {
    return find(path).flatMap(Held::origin);
  }

  void folder(Path path) {
    changed.put(path, Optional.of(new Held(Optional.empty())));
  }

  void copy(Path from, Path to) {
    find(from).ifPresent(held -> changed.put(to, Optional.of(held)));
    below(from).forEach((path, held) -> changed.put(to.resolve(from.relativize(path)), held));
  }

  void move(Path from, Path to) {
    copy(from, to);
    remove(from);
  }

  void remove(Path path) {
    below(path).keySet().forEach(changed::remove);
    changed.put(path, Optional.empty());
  }

  private Map<Path, Optional<Held>> below(Path folder) {
    var found = new HashMap<Path, Optional<Held>>();
    for (var path : new ArrayList<>(changed.keySet())) {
      if (!path.equals(folder) && path.startsWith(folder)) {
        found.put(path, changed.getOrDefault(path, Optional.empty()));
      }
    }
    return found;
  }

  private Optional<Held> find(Path path) {
    for (var at = path; at != null; at = at.getParent()) {
      var known = changed.get(at);
      if (known != null) {
        return at.equals(path) ? known : within(known, at.relativize(path));
      }
    }
    return now(path);
  }

  private static Optional<Held> within(Optional<Held> folder, Path below) {
    return folder.flatMap(Held::origin).flatMap(origin -> now(origin.resolve(below)));
  }

  private static Optional<Held> now(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(new Held(Optional.of(path)))
        : Optional.empty();
  }
}
