package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** {@code fs_find}: files and folders by name, age, size and content. */
public record FindFiles(
    Place place,
    Location root,
    Predicate<Found> test,
    Optional<Needle> content,
    Comparator<FindFiles.Found> order,
    boolean ignored,
    int limit) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  /** An entry that fits. */
  record Found(Path path, long size, Instant changed, Kind kind) {}

  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    OTHER
  }

  public static Action prepare(Place place, Arguments arguments) {
    var root = place.locate(arguments.string("path", "."));
    var find =
        new FindFiles(
            place,
            root,
            FindTests.of(root.real(), arguments),
            arguments.findString("content").map(Needle::of),
            order(arguments.string("sort", "name")),
            arguments.bool("ignored", false),
            arguments.integer("limit", 100));
    return Action.of("files below " + root.shown(), root.reading(), find::run);
  }

  private static Comparator<Found> order(String sort) {
    Comparator<Found> byName = Comparator.comparing(Found::path);
    return switch (sort) {
      case "size" -> Comparator.comparing(Found::size).reversed().thenComparing(byName);
      case "newest" -> Comparator.comparing(Found::changed).reversed().thenComparing(byName);
      case "oldest" -> Comparator.comparing(Found::changed).thenComparing(byName);
      default -> byName;
    };
  }

  private ToolResult run(Call call) throws IOException {
    var attributes =
        Content.attributes(root.real())
            .orElseThrow(() -> Trouble.of(new NoSuchFileException(root.asked()), root.asked()));
    if (!attributes.isDirectory()) {
      throw ToolFailure.invalid("'" + root.shown() + "' is no folder", "see it with fs_stat");
    }
    // The last in order is thrown out first, so that no more than the limit is ever held.
    var best = new PriorityQueue<>(order.reversed());
    long[] counts = {0, 0};
    var end = call.deadline().minusMillis(500);
    var scan = content.map(needle -> new FileScan(needle, call::cancelled));
    boolean[] late = {false};
    long unreadable =
        TreeWalk.of(
            root.real(),
            ignored,
            () -> call.cancelled() || (late[0] = Instant.now().isAfter(end)),
            (path, found) -> {
              var entry = entry(path, found);
              if (test.test(entry) && holds(entry, scan, call)) {
                counts[0]++;
                counts[1] += entry.size();
                best.add(entry);
                if (best.size() > limit) {
                  best.poll();
                }
              }
              return true;
            });
    var entries = new ArrayList<>(best);
    entries.sort(order);
    return answer(entries, counts, unreadable, late[0]);
  }

  private boolean holds(Found entry, Optional<FileScan> scan, Call call) {
    if (scan.isEmpty()) {
      return true;
    }
    if (entry.kind() != Kind.FILE || place.known().credential(entry.path())) {
      return false;
    }
    try {
      boolean[] hit = {false};
      scan.get()
          .search(
              entry.path(),
              (path, line, text) -> {
                hit[0] = true;
                return false;
              });
      if (hit[0]) {
        hit[0] = false;
        MaskedFile.lines(
            entry.path(),
            call,
            (number, line) -> {
              hit[0] = scan.get().matchesLine(line);
              return !hit[0];
            });
      }
      return hit[0];
    } catch (IOException | FileScan.Stopped | StackOverflowError e) {
      return false;
    }
  }

  private static Found entry(Path path, BasicFileAttributes attributes) {
    var kind =
        attributes.isRegularFile()
            ? Kind.FILE
            : attributes.isDirectory()
                ? Kind.FOLDER
                : attributes.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
    return new Found(
        path,
        kind == Kind.FILE ? attributes.size() : 0,
        attributes.lastModifiedTime().toInstant(),
        kind);
  }

  private ToolResult answer(
      ArrayList<Found> entries, long[] counts, long unreadable, boolean late) {
    var text = new StringBuilder(Shown.count(counts[0], "entry").replace("entrys", "entries"));
    text.append(", ").append(Shown.size(counts[1]));
    text.append(counts[0] > entries.size() ? "; the first " + entries.size() + " shown" : "");
    text.append(
        unreadable > 0 ? "; " + Shown.count(unreadable, "folder") + " could not be read" : "");
    text.append(late ? "; stopped by time, the rest was not looked at" : "").append('\n');
    for (var entry : entries) {
      text.append(place.shown(entry.path())).append(entry.kind() == Kind.FOLDER ? "/" : "");
      text.append("  ").append(Shown.size(entry.size())).append("  ");
      text.append(TIME.format(entry.changed().atZone(ZoneId.systemDefault()))).append('\n');
    }
    return ToolResult.ok(text.toString())
        .structured(
            Map.of(
                "count",
                counts[0],
                "bytes",
                counts[1],
                "complete",
                !late && unreadable == 0,
                "entries",
                entries.stream().map(FindFiles::structured).toList()));
  }

  private static Map<String, Object> structured(Found entry) {
    return Map.of(
        "path", entry.path().toString(),
        "size", entry.size(),
        "changed", entry.changed().toString(),
        "kind", entry.kind().name().toLowerCase(Locale.ROOT));
  }
}
