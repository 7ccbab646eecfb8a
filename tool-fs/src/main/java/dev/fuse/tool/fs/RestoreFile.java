package dev.fuse.tool.fs;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code fs_restore}: a file as it was before Fuse changed it. */
record RestoreFile(
    Place place,
    Location location,
    Content before,
    Optional<String> reference,
    Optional<String> mode,
    List<String> folders) {

  static Action prepare(Place place, Arguments arguments) {
    var location = place.locate(arguments.string("path"));
    var restore =
        new RestoreFile(
            place,
            location,
            Content.of(location),
            arguments.findString("kept"),
            arguments.findString("mode"),
            arguments.strings("folders"));
    return restore.action();
  }

  private Action action() {
    if (reference.isEmpty() && !before.exists()) {
      throw ToolFailure.notFound(
          "'" + location.shown() + "' is not there any more", "nothing is to be taken back");
    }
    var verb = reference.isEmpty() ? Verb.DELETE : before.exists() ? Verb.UPDATE : Verb.CREATE;
    var what = reference.isEmpty() ? "remove " : "bring back ";
    return Action.of(what + location.shown(), location.changing(verb), this::run)
        .at(before.version())
        .showing(() -> Preview.text(location.shown(), what + location.shown()));
  }

  private ToolResult run(Call call) {
    var now = place.locate(location.asked());
    if (!now.real().equals(location.real())
        || !Content.of(now).version().equals(before.version())) {
      throw new ToolFailure(
          ToolResult.Kind.CONFLICT,
          "'" + location.shown() + "' has changed meanwhile; nothing was written",
          "");
    }
    try {
      return restored(call);
    } catch (IOException e) {
      throw Trouble.of(e, location.asked());
    }
  }

  private ToolResult restored(Call call) throws IOException {
    var redo = before.bytes().map(call::keep);
    var oldMode = AtomicFile.mode(location.real());
    if (reference.isEmpty()) {
      Files.delete(location.real());
      removeFolders();
    } else {
      AtomicFile.folders(location.real().resolveSibling("."));
      AtomicFile.write(location.real(), call.kept(reference.get()), !before.exists(), mode);
    }
    var arguments =
        new java.util.HashMap<String, Object>(Map.of("path", location.real().toString()));
    redo.ifPresent(kept -> arguments.put("kept", kept));
    oldMode.ifPresent(text -> arguments.put("mode", text));
    var undo =
        new Undo(
            "fs_restore",
            arguments,
            location.shown() + " is changed again",
            Optional.of(Content.of(location).version()),
            redo.stream().toList());
    return ToolResult.ok(location.shown() + (reference.isEmpty() ? " is removed" : " is as it was"))
        .undo(undo);
  }

  /** Folders that were made for the file; one that holds something else by now stays. */
  private void removeFolders() throws IOException {
    for (var folder : folders) {
      try {
        var real = place.locate(folder).real();
        if (location.real().startsWith(real)) {
          Files.delete(real);
        }
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        // One that holds something else by now stays, and so does what it lies in.
      }
    }
  }
}
