package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** {@code fs_write}: a text file whole. */
public final class WriteFile {

  private WriteFile() {}

  public static Action prepare(Place place, Arguments arguments) {
    var location = place.locate(arguments.string("path"));
    var content = arguments.string("content");
    return GuardedLook.prepare("write", List.of(location), () -> prepare(place, location, content));
  }

  private static Action prepare(Place place, Location location, String content) {
    var before = Content.of(location);
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    if (before.bytes().filter(old -> Arrays.equals(old, bytes)).isPresent()) {
      throw ToolFailure.invalid(
          "'" + location.shown() + "' holds exactly that already", "nothing is to be done");
    }
    boolean secret = content.contains(FileChanges.HANDLE);
    return FileChanges.of(
            FileChange.of(place, location, before, Content.of(bytes)),
            (change, call) ->
                secret
                    ? Content.of(call.secret("content").getBytes(StandardCharsets.UTF_8))
                    : change.after())
        .action(before.exists() ? "replace" : "create");
  }
}
