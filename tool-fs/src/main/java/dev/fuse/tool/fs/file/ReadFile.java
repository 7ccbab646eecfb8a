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
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code fs_read}: lines of a text file of any size. */
public record ReadFile(Location location, long from, int count) {

  /**
   * Lines before and behind that are looked at, the most first: a window has room for so many
   * bytes.
   */
  private static final List<Integer> AROUND = List.of(100_000, 2000, 200, 20, 0);

  public static Action prepare(Place place, Arguments arguments) {
    var location = place.locate(arguments.string("path"));
    long from = arguments.longInteger("from", 1);
    int count = arguments.integer("lines", 200);
    if (from == 0) {
      throw ToolFailure.invalid("'from' is 0", "lines begin at 1; -50 means the last 50");
    }
    var read = new ReadFile(location, from, count);
    return Action.of(read.summary(), location.reading(), read::run);
  }

  private String summary() {
    return location.shown() + (from == 1 ? "" : " from line " + from);
  }

  private ToolResult run(Call call) {
    try {
      var attributes =
          Content.attributes(location.real())
              .orElseThrow(() -> new NoSuchFileException(location.asked()));
      Content.requireRegular(location, attributes);
      return read(call, location.real());
    } catch (IOException e) {
      throw Trouble.of(e, location.asked());
    }
  }

  private ToolResult read(Call call, Path file) throws IOException {
    try (var lines = new LineWindow(file, call::cancelled)) {
      if (lines.binary()) {
        return ToolResult.ok(BinaryKind.describe(location.shown(), lines.head(), lines.size()));
      }
      var found = from < 0 ? lines.last(-from, count) : lines.from(from, count);
      return answer(masked(call, lines, found), lines.size());
    }
  }

  /** The lines as they may be seen, masked together with what stands around them. */
  private LineWindow.Lines masked(Call call, LineWindow lines, LineWindow.Lines found)
      throws IOException {
    if (found.lines().isEmpty()) {
      return found;
    }
    for (int around : AROUND) {
      long start = Math.max(1, found.first() - around);
      int before = (int) Math.max(0, found.first() - start);
      var more = around == 0 ? found : lines.from(start, before + found.lines().size() + around);
      var shown = call.masked(String.join("\n", more.lines()), location.target()).split("\n", -1);
      boolean whole = shown.length >= before + found.lines().size() && more.first() == start;
      if (around == 0 || (whole && found.first() > 0)) {
        int skip = around == 0 ? 0 : before;
        var cut =
            Arrays.asList(shown).subList(skip, Math.min(shown.length, skip + found.lines().size()));
        return new LineWindow.Lines(
            found.first(), cut, found.more(), found.charset(), found.windows());
      }
    }
    throw new IllegalStateException("the last try is of the lines alone");
  }

  private ToolResult answer(LineWindow.Lines found, long size) {
    var text = new StringBuilder(heading(found, size)).append('\n');
    long number = found.first();
    for (var line : found.lines()) {
      text.append(number++).append('\t').append(Shown.line(line, Integer.MAX_VALUE)).append('\n');
    }
    // What the host knows of no layout, the format of a credential file may still tell.
    var secrets =
        location.credential()
            ? CredentialText.secrets(location.real(), found.lines())
            : new ToolResult.Secret[0];
    return ToolResult.ok(text.toString())
        .secrets(secrets)
        .structured(
            Map.of(
                "path", location.real().toString(),
                "from", found.first(),
                "lines", found.lines(),
                "size", size,
                "more", found.more(),
                "charset", found.charset()));
  }

  private String heading(LineWindow.Lines found, long size) {
    if (found.lines().isEmpty()) {
      return size == 0
          ? location.shown() + " is empty"
          : "%s has %s, none from %d on"
              .formatted(location.shown(), Shown.count(found.first() - 1, "line"), from);
    }
    long last = found.first() + found.lines().size() - 1;
    return "%s lines %d to %d%s, %s%s%s"
        .formatted(
            location.shown(),
            found.first(),
            last,
            last < 0 ? " from the end" : found.more() ? " (more follow)" : " of " + last,
            Shown.size(size),
            found.charset().equals("UTF-8") ? "" : ", " + found.charset(),
            found.windows() ? ", CRLF" : "");
  }
}
