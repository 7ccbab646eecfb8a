package dev.fuse.cli.terminal;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Verb;
import dev.fuse.text.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Effects that move files, as one list of {@code from → to} below the folder that holds them all.
 */
record Moves(String folder, List<String> moves, List<String> others) {

  private static final int FEWEST = 3;

  /** Of effects of which most move something; else empty. */
  static Optional<Moves> of(List<Effect> effects) {
    var from = new ArrayList<Path>();
    var to = new ArrayList<Path>();
    var others = new ArrayList<String>();
    for (var effect : effects) {
      var path = effect.target().find("path");
      var target = effect.target().find("to");
      if (path.isPresent() && target.isPresent()) {
        from.add(Path.of(path.get()));
        to.add(Path.of(target.get()));
      } else if (!arrives(effect, effects)) {
        others.add(
            effect.verb().name().toLowerCase(java.util.Locale.ROOT)
                + " "
                + Printable.line(path.orElse(effect.target().toString())));
      }
    }
    if (from.size() < FEWEST || others.size() > from.size()) {
      return Optional.empty();
    }
    var folder = common(from, to);
    var moves = new ArrayList<String>();
    for (int i = 0; i < from.size(); i++) {
      moves.add(shown(folder, from.get(i)) + " → " + shown(folder, to.get(i)));
    }
    return Optional.of(new Moves(folder.toString(), moves, others));
  }

  /** Whether it only says that what is moved appears where it goes. */
  private static boolean arrives(Effect effect, List<Effect> effects) {
    var path = effect.target().find("path");
    return effect.verb() == Verb.CREATE
        && effects.stream().anyMatch(it -> it.target().find("to").equals(path));
  }

  List<String> lines(int most) {
    var lines = new ArrayList<String>();
    lines.add("in " + Printable.line(folder) + "/");
    var all = new ArrayList<>(moves);
    all.addAll(others);
    all.stream().distinct().limit(most).forEach(move -> lines.add("  " + move));
    if (all.size() > most) {
      lines.add("  … and " + (all.size() - most) + " more; [d] shows all");
    }
    return lines;
  }

  private static String shown(Path folder, Path path) {
    return Printable.line(
        path.startsWith(folder) && !path.equals(folder)
            ? folder.relativize(path).toString()
            : path.toString());
  }

  private static Path common(List<Path> from, List<Path> to) {
    var folder = parent(from.getFirst());
    for (var path : from) {
      folder = shared(folder, parent(path));
    }
    for (var path : to) {
      folder = shared(folder, parent(path));
    }
    return folder;
  }

  private static Path parent(Path path) {
    var parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static Path shared(Path one, Path other) {
    var shared = one;
    while (!other.startsWith(shared) && shared.getParent() != null) {
      shared = parent(shared);
    }
    return other.startsWith(shared) ? shared : Path.of("");
  }
}
