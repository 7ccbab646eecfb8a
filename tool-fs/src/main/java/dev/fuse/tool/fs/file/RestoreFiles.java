package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.fs.place.Place;
import java.util.ArrayList;

/** {@code fs_restore}: files as they were before Fuse changed them. */
public final class RestoreFiles {

  private RestoreFiles() {}

  public static Action prepare(Place place, Arguments arguments, Call call) {
    var changes = new ArrayList<FileChange>();
    for (var file : arguments.objects("files")) {
      var location = place.locate(file.string("path"));
      var after = file.findString("kept").map(call::kept).map(Content::of).orElse(Content.none());
      var change =
          new FileChange(place, location, Content.of(location), after, file.findString("mode"));
      if (after.exists() || change.before().exists()) {
        changes.add(change);
      }
    }
    if (changes.isEmpty()) {
      throw ToolFailure.notFound("nothing is there that could be taken back", "");
    }
    return new FileChanges(
            place, changes, (change, running) -> change.after(), arguments.strings("folders"))
        .action("bring back");
  }
}
