package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** {@code fs_edit} and {@code fs_edit_many}: places of text files. */
public final class EditFile {

  private EditFile() {}

  public static Action prepare(Place place, Arguments arguments, Call call) {
    var location = place.locate(arguments.string("path"));
    return GuardedLook.prepare(
        "edit", List.of(location), () -> prepare(place, location, arguments, call));
  }

  private static Action prepare(Place place, Location location, Arguments arguments, Call call) {
    var before = existing(location);
    var given = new TextEdit(arguments.string("old"), arguments.string("new"));
    if (!given.old().contains(FileChanges.HANDLE)) {
      var text = text(location, before);
      var seen = call.masked(text.text(), location.target());
      var after = Content.of(given.apply(text, location.shown(), seen));
      return FileChanges.of(
              FileChange.of(place, location, before, after),
              (change, running) -> filled(change, arguments, running))
          .action("edit");
    }
    // What is to be replaced holds a secret: its place is found with it, and shown without.
    filled(FileChange.of(place, location, before, before), arguments, call);
    var shown = "\n" + given.old() + "\n→\n" + given.replacement() + "\n";
    return FileChanges.of(
            FileChange.of(place, location, before, before),
            (change, running) -> filled(change, arguments, running))
        .action("edit where a secret stands in")
        .showing(() -> Preview.text(location.shown(), shown));
  }

  public static Action prepareMany(Place place, Arguments arguments, Call call) {
    var locations =
        arguments.objects("edits").stream().map(edit -> place.locate(edit.string("path"))).toList();
    return GuardedLook.prepare("edit", locations, () -> many(place, arguments, call));
  }

  private static Action many(Place place, Arguments arguments, Call call) {
    var changes = new LinkedHashMap<Path, FileChange>();
    int number = 0;
    for (var edit : arguments.objects("edits")) {
      number++;
      var location = place.locate(edit.string("path"));
      var earlier = changes.get(location.real());
      var before = earlier == null ? existing(location) : earlier.before();
      var current = earlier == null ? before : earlier.after();
      var after = Content.of(replaced(number, edit, location, current, call));
      changes.put(location.real(), FileChange.of(place, location, before, after));
    }
    if (changes.isEmpty()) {
      throw ToolFailure.invalid("there are no edits", "give at least one");
    }
    return new FileChanges(
            place,
            new ArrayList<>(changes.values()),
            (change, running) -> change.after(),
            List.of())
        .action("edit");
  }

  private static byte[] replaced(
      int number, Arguments edit, Location location, Content current, Call call) {
    var old = edit.string("old");
    var replacement = edit.string("new");
    if ((old + replacement).contains(FileChanges.HANDLE)) {
      throw ToolFailure.invalid(
          "edit " + number + " holds a secret's handle", "edit that place with fs_edit");
    }
    try {
      var text = text(location, current);
      return new TextEdit(old, replacement)
          .apply(text, location.shown(), call.masked(text.text(), location.target()));
    } catch (ToolFailure e) {
      var failed = e.result();
      throw new ToolFailure(
          failed.kind(), "edit " + number + ": " + failed.problem(), failed.hint());
    }
  }

  private static Content filled(FileChange change, Arguments arguments, Call call) {
    var edit = new TextEdit(filled("old", arguments, call), filled("new", arguments, call));
    var location = change.location();
    var text = text(location, change.before());
    boolean known = arguments.string("old").contains(FileChanges.HANDLE);
    // With a handle filled in the place is found in the text itself.
    var seen = known ? text.text() : call.masked(text.text(), location.target());
    try {
      return Content.of(edit.apply(text, location.shown(), seen));
    } catch (ToolFailure e) {
      throw known ? ToolFailure.invalid(e.result().problem(), "read it again with fs_read") : e;
    }
  }

  private static String filled(String name, Arguments arguments, Call call) {
    var given = arguments.string(name);
    return given.contains(FileChanges.HANDLE) ? call.secret(name) : given;
  }

  private static Content existing(Location location) {
    var content = Content.of(location);
    if (!content.exists()) {
      throw ToolFailure.notFound(
          "'" + location.shown() + "' is not there", "create it with fs_write");
    }
    return content;
  }

  private static FileText text(Location location, Content content) {
    return FileText.decode(content.bytes().orElseThrow())
        .orElseThrow(
            () ->
                ToolFailure.invalid(
                    "'" + location.shown() + "' is binary", "only text can be edited"));
  }
}
