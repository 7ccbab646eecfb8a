package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code fs_usage}: which folders and files below a folder take the room. */
public final class FolderSizes {

  /** A part of the whole below which a folder is not opened up. */
  private static final double SHOWN = 0.05;

  private static final int DEEPEST = 6;

  private final Path root;
  private final int limit;
  private final Map<Path, long[]> sizes = new HashMap<>();
  private final Map<Path, List<Path>> children = new HashMap<>();
  private boolean late;

  private FolderSizes(Path root, int limit) {
    this.root = root;
    this.limit = limit;
  }

  public static Action prepare(Place place, Arguments arguments) {
    var location = place.locate(arguments.string("path", "."));
    return Action.of(
        "room taken below " + location.shown(),
        location.reading(),
        call -> {
          if (!Files.isDirectory(location.real(), LinkOption.NOFOLLOW_LINKS)) {
            throw ToolFailure.invalid("'" + location.shown() + "' is no folder", "");
          }
          return new FolderSizes(location.real(), arguments.integer("limit", 30)).run(call);
        });
  }

  private ToolResult run(Call call) {
    var device = FileState.device(root);
    var end = call.deadline().minusMillis(500);
    long unreadable =
        TreeWalk.of(
            root,
            true,
            () -> call.cancelled() || (late = Instant.now().isAfter(end)),
            (path, found) -> add(path, found, device));
    var lines = new ArrayList<String>();
    var entries = new ArrayList<Map<String, Object>>();
    long[] all = sizes.getOrDefault(root, new long[2]);
    lines.add(
        "%s  %s in %s%s%s"
            .formatted(
                Shown.name(root),
                Shown.size(all[0]),
                Shown.count(all[1], "file"),
                unreadable > 0
                    ? "; " + Shown.count(unreadable, "folder") + " could not be read"
                    : "",
                late ? "; stopped by time, there is more" : ""));
    print(root, "", Math.max(1, all[0]), lines, entries);
    return ToolResult.ok(String.join("\n", lines) + "\n")
        .structured(
            Map.of("bytes", all[0], "files", all[1], "complete", !late, "entries", entries));
  }

  /** Counts an entry for every folder above it; what is mounted below lies elsewhere. */
  private boolean add(Path path, BasicFileAttributes found, Object device) {
    if (found.isDirectory()) {
      if (!FileState.device(path).equals(device)) {
        return false;
      }
      if (path.getNameCount() - root.getNameCount() <= DEEPEST) {
        children.computeIfAbsent(path.getParent(), parent -> new ArrayList<>()).add(path);
      }
      return true;
    }
    if (!found.isRegularFile()) {
      return true;
    }
    for (var at = path.getParent(); at != null && at.startsWith(root); at = at.getParent()) {
      var size = sizes.computeIfAbsent(at, folder -> new long[2]);
      size[0] += found.size();
      size[1]++;
    }
    return true;
  }

  private void print(
      Path folder,
      String indent,
      long whole,
      List<String> lines,
      List<Map<String, Object>> entries) {
    var below = new ArrayList<>(children.getOrDefault(folder, List.of()));
    below.sort(
        Comparator.comparingLong((Path path) -> sizes.getOrDefault(path, new long[2])[0])
            .reversed());
    for (var child : below) {
      long[] size = sizes.getOrDefault(child, new long[2]);
      if (lines.size() > limit || size[0] < SHOWN * whole) {
        return;
      }
      lines.add(
          "%s%s/  %s, %d%%, %s"
              .formatted(
                  indent,
                  Shown.name(child.getFileName()),
                  Shown.size(size[0]),
                  100 * size[0] / whole,
                  Shown.count(size[1], "file")));
      entries.add(Map.of("path", child.toString(), "bytes", size[0], "files", size[1]));
      print(child, indent + "  ", whole, lines, entries);
    }
  }
}
