package dev.fuse.tool.fs.file;

import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import dev.fuse.tool.fs.place.Trouble;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** {@code fs_read}: lines of a text file of any size. */
public record ReadFile(Location location, long from, int count) {

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
      return answer(from < 0 ? lines.last(-from, count) : lines.from(from, count), lines.size());
    }
  }

  private ToolResult answer(LineWindow.Lines found, long size) {
    var text = new StringBuilder(heading(found, size)).append('\n');
    long number = found.first();
    for (var line : found.lines()) {
      text.append(number++).append('\t').append(Shown.line(line, Integer.MAX_VALUE)).append('\n');
    }
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
