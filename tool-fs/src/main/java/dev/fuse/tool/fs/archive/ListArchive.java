package dev.fuse.tool.fs.archive;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.file.Content;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code fs_archive_list}: what an archive holds. */
public record ListArchive(Location location, int limit) {

  /** Entries looked at; an archive of more is made to be too much. */
  private static final int MOST = 1_000_000;

  public static Action prepare(Place place, Arguments arguments) {
    var location = place.locate(arguments.string("path"));
    var list = new ListArchive(location, arguments.integer("limit", 200));
    return Action.of(location.shown(), location.reading(), list::run);
  }

  private ToolResult run(Call call) {
    try {
      requireFile(location);
      return listed(call);
    } catch (IOException e) {
      throw Trouble.of(e, location.asked());
    }
  }

  static void requireFile(Location location) throws IOException {
    var attributes =
        Content.attributes(location.real())
            .orElseThrow(() -> new NoSuchFileException(location.asked()));
    Content.requireRegular(location, attributes);
  }

  private ToolResult listed(Call call) throws IOException {
    var first = new ArrayList<Archive.Entry>();
    long[] counts = {0, 0};
    Archive.read(
        location.real(),
        location.shown(),
        (entry, content) -> {
          counts[0]++;
          counts[1] += Math.max(0, entry.size());
          if (first.size() < limit) {
            first.add(entry);
          }
          return counts[0] < MOST && !call.cancelled();
        });
    return ToolResult.ok(text(first, counts)).structured(structured(first, counts));
  }

  private String text(List<Archive.Entry> first, long[] counts) {
    var text = new StringBuilder(location.shown()).append("  ");
    text.append(Shown.count(counts[0], "entry").replace("entrys", "entries"));
    text.append(", ").append(Shown.size(counts[1])).append(" unpacked");
    text.append(counts[0] > first.size() ? "; the first " + first.size() + " shown\n" : "\n");
    for (var entry : first) {
      text.append(Shown.name(entry.name()));
      text.append(
          switch (entry.kind()) {
            case FILE -> entry.size() < 0 ? "" : "  " + Shown.size(entry.size());
            case FOLDER -> "";
            case LINK -> " -> " + Shown.name(entry.target());
            case HARD_LINK -> "  is " + Shown.name(entry.target());
            case OTHER -> "  (device or pipe)";
          });
      text.append('\n');
    }
    return text.toString();
  }

  private static Map<String, Object> structured(List<Archive.Entry> first, long[] counts) {
    var entries = new ArrayList<Map<String, Object>>();
    for (var entry : first) {
      var values = new HashMap<String, Object>();
      values.put("name", entry.name());
      values.put("size", entry.size());
      values.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
      entries.add(values);
    }
    return Map.of("count", counts[0], "bytes", counts[1], "entries", entries);
  }
}
