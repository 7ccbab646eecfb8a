package dev.fuse.tool.fs;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;

/** {@code fs_edit}: one place of a text file. */
final class EditFile {

  private final Location location;
  private final FileText file;

  private EditFile(Location location, FileText file) {
    this.location = location;
    this.file = file;
  }

  static Action prepare(Place place, Arguments arguments) {
    var location = place.locate(arguments.string("path"));
    var before = Content.of(location);
    var bytes =
        before
            .bytes()
            .orElseThrow(
                () ->
                    ToolFailure.notFound(
                        "'" + location.shown() + "' is not there", "create it with fs_write"));
    var file =
        FileText.decode(bytes)
            .orElseThrow(
                () ->
                    ToolFailure.invalid(
                        "'" + location.shown() + "' is binary", "only text can be edited"));
    var edit = new EditFile(location, file);
    var old = arguments.string("old");
    var replacement = arguments.string("new");
    if (old.contains(FileChange.HANDLE)) {
      return edit.later(place, before, arguments);
    }
    var after = edit.replaced(old, replacement);
    return new FileChange(place, location, before, Content.of(after))
        .action("edit", call -> edit.filled(arguments, call));
  }

  /** What is to be replaced holds a secret, so that its place can be told only after approval. */
  private Action later(Place place, Content before, Arguments arguments) {
    var note = "\n" + arguments.string("old") + "\n→\n" + arguments.string("new") + "\n";
    var action =
        new FileChange(place, location, before, before)
            .action("edit where a secret stands", call -> filled(arguments, call));
    return action.showing(() -> dev.fuse.spi.Preview.text(location.shown(), note));
  }

  private byte[] filled(Arguments arguments, Call call) {
    return replaced(filled("old", arguments, call), filled("new", arguments, call));
  }

  private static String filled(String name, Arguments arguments, Call call) {
    var given = arguments.string(name);
    return given.contains(FileChange.HANDLE) ? call.secret(name) : given;
  }

  private byte[] replaced(String old, String replacement) {
    if (old.isEmpty()) {
      throw ToolFailure.invalid("'old' is empty", "give the text that is to be replaced");
    }
    if (old.equals(replacement)) {
      throw ToolFailure.invalid("'old' and 'new' are the same", "nothing is to be done");
    }
    boolean windows = file.windowsLines() && !old.contains("\r\n");
    var wanted = windows ? old.replace("\n", "\r\n") : old;
    int at = unique(wanted, old);
    var put = windows ? replacement.replace("\r\n", "\n").replace("\n", "\r\n") : replacement;
    var text = file.text();
    return file.encode(text.substring(0, at) + put + text.substring(at + wanted.length()))
        .orElseThrow(
            () ->
                ToolFailure.invalid(
                    "'new' has characters that '"
                        + location.shown()
                        + "' cannot hold: it is "
                        + file.charset(),
                    "use characters of that charset, or rewrite the file with fs_write"));
  }

  private int unique(String wanted, String old) {
    int first = file.text().indexOf(wanted);
    if (first < 0) {
      throw ToolFailure.invalid(
          "'old' does not stand in '" + location.shown() + "'", NearestLines.of(file.text(), old));
    }
    if (file.text().indexOf(wanted, first + 1) < 0) {
      return first;
    }
    var lines = new java.util.ArrayList<Integer>();
    for (int at = first; at >= 0; at = file.text().indexOf(wanted, at + 1)) {
      lines.add(NearestLines.line(file.text(), at));
    }
    throw ToolFailure.invalid(
        "'old' stands %,d times in '%s': lines %s"
            .formatted(
                lines.size(),
                location.shown(),
                lines.stream()
                    .limit(10)
                    .map(String::valueOf)
                    .collect(java.util.stream.Collectors.joining(", "))),
        "take lines around it along, so that it stands once");
  }
}
