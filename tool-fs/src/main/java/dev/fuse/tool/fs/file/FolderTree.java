package dev.fuse.tool.fs.file;

import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A folder's entries to some depth, and what lies below them counted.
 *
 * @param hidden entries left out
 */
record FolderTree(List<Child> children, long hidden, Tally tally) {

  /** Entries looked at in all; beyond, counts are lower bounds. About a second. */
  private static final int BUDGET = 150_000;

  /** How much lies below a folder. */
  record Tally(long files, long folders, long bytes, boolean complete) {
    static final Tally NONE = new Tally(0, 0, 0, true);

    Tally and(Tally other) {
      return new Tally(
          files + other.files,
          folders + other.folders,
          bytes + other.bytes,
          complete && other.complete);
    }
  }

  /**
   * An entry.
   *
   * @param tally of a folder
   * @param tree of a folder that is shown
   */
  record Child(
      Path path,
      String shown,
      String note,
      long bytes,
      Optional<Tally> tally,
      Optional<FolderTree> tree) {

    Map<String, Object> structured(Path root) {
      var values = new HashMap<String, Object>();
      values.put("path", root.relativize(path).toString());
      values.put("folder", tally.isPresent());
      values.put("bytes", tally.map(Tally::bytes).orElse(bytes));
      tally.ifPresent(below -> values.put("files", below.files()));
      return values;
    }
  }

  static FolderTree read(Path root, int depth, int limit, BooleanSupplier cancelled) {
    return new Reader(limit, cancelled).folder(root, IgnoreRules.at(root), depth);
  }

  private static final class Reader {
    private final BooleanSupplier cancelled;
    private int room;
    private final int[] listed = {BUDGET};
    private final int[] counted = {BUDGET};

    Reader(int limit, BooleanSupplier cancelled) {
      this.room = limit;
      this.cancelled = cancelled;
    }

    FolderTree folder(Path folder, IgnoreRules rules, int depth) {
      // The first names of a folder of a million, without holding the million.
      var first = new PriorityQueue<Path>(Comparator.reverseOrder());
      int most = room;
      long[] all = {0};
      boolean[] whole = {true};
      each(
          folder,
          listed,
          entry -> {
            all[0]++;
            first.add(entry);
            if (first.size() > most) {
              first.poll();
            }
          },
          () -> whole[0] = false);
      var names = new ArrayList<>(first);
      names.sort(Comparator.naturalOrder());
      room -= names.size();
      var children = new ArrayList<Child>();
      var tally = Tally.NONE;
      for (var name : names) {
        var child = child(name, rules, depth);
        children.add(child);
        tally = tally.and(sum(child));
      }
      if (all[0] > names.size() || !whole[0]) {
        tally = count(folder);
      }
      return new FolderTree(children, all[0] - names.size(), tally);
    }

    private static Tally sum(Child child) {
      return child
          .tally()
          .map(below -> below.and(new Tally(0, 1, 0, true)))
          .orElseGet(() -> new Tally(1, 0, child.bytes(), true));
    }

    private Child child(Path path, IgnoreRules rules, int depth) {
      var name = Shown.name(path.getFileName());
      var found = attributes(path);
      if (found.isEmpty()) {
        return leaf(path, name + "  (gone or not readable)", 0);
      }
      var attributes = found.get();
      if (attributes.isSymbolicLink()) {
        return leaf(path, name + " -> " + target(path), 0);
      }
      if (attributes.isRegularFile()) {
        return leaf(path, name + "  " + Shown.size(attributes.size()), attributes.size());
      }
      if (!attributes.isDirectory()) {
        return leaf(path, name + "  (device, pipe or socket)", 0);
      }
      boolean ignored = rules.ignored(path, true) || path.endsWith(".git");
      if (ignored || depth <= 1 || room <= 0) {
        var note = ignored ? path.endsWith(".git") ? "not shown: " : "ignored: " : "";
        return new Child(path, name, note, 0, Optional.of(count(path)), Optional.empty());
      }
      var tree = folder(path, rules.in(path), depth - 1);
      return new Child(path, name, "", 0, Optional.of(tree.tally()), Optional.of(tree));
    }

    private static Child leaf(Path path, String shown, long bytes) {
      return new Child(path, shown, "", bytes, Optional.empty(), Optional.empty());
    }

    private Tally count(Path folder) {
      var waiting = new ArrayList<Path>(List.of(folder));
      long[] counts = {0, 0, 0};
      boolean[] whole = {true};
      while (!waiting.isEmpty()) {
        each(
            waiting.removeLast(),
            counted,
            entry -> {
              var attributes = attributes(entry);
              if (attributes.isPresent() && attributes.get().isDirectory()) {
                counts[1]++;
                waiting.add(entry);
                return;
              }
              counts[0]++;
              counts[2] +=
                  attributes
                      .filter(BasicFileAttributes::isRegularFile)
                      .map(BasicFileAttributes::size)
                      .orElse(0L);
            },
            () -> whole[0] = false);
      }
      return new Tally(counts[0], counts[1], counts[2], whole[0]);
    }

    private void each(Path folder, int[] budget, Consumer<Path> visit, Runnable partly) {
      if (budget[0] <= 0) {
        partly.run();
        return;
      }
      try (var entries = Files.newDirectoryStream(folder)) {
        for (var entry : entries) {
          if (--budget[0] < 0 || cancelled.getAsBoolean()) {
            partly.run();
            return;
          }
          visit.accept(entry);
        }
      } catch (IOException | DirectoryIteratorException e) {
        partly.run();
      }
    }

    private static Optional<BasicFileAttributes> attributes(Path path) {
      try {
        return Optional.of(
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    private static String target(Path link) {
      try {
        var to = Files.readSymbolicLink(link);
        return Shown.name(to) + (Files.exists(link) ? "" : "  (broken)");
      } catch (IOException e) {
        return "?";
      }
    }
  }
}
