package dev.fuse.tool.fs.archive;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.tool.fs.file.AtomicFile;
import dev.fuse.tool.fs.file.FileState;
import dev.fuse.tool.fs.file.FindTests;
import dev.fuse.tool.fs.file.FolderCopy;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code fs_archive_extract}: an archive into a folder of its own, whole or not at all. */
public record ExtractArchive(Place place, Location archive, Location to, long most) {

  private static final Duration LONG = Duration.ofMinutes(10);

  public static Action prepare(Place place, Arguments arguments) {
    var archive = place.locate(arguments.string("path"));
    var to = place.locate(arguments.string("to"));
    var extract =
        new ExtractArchive(
            place, archive, to, FindTests.size("most", arguments.string("most", "1GB")));
    try {
      ListArchive.requireFile(archive);
    } catch (IOException e) {
      throw Trouble.of(e, archive.asked());
    }
    extract.requireFree();
    return Action.of(
            "unpack " + archive.shown() + " into " + to.shown(),
            List.of(to.changing(Verb.CREATE), archive.reading()),
            extract::run)
        .at(extract.version())
        .within(LONG)
        .showing(extract::preview);
  }

  private void requireFree() {
    if (!Files.exists(to.real())) {
      return;
    }
    try (var entries = Files.newDirectoryStream(to.real())) {
      if (entries.iterator().hasNext()) {
        throw new ToolFailure(
            ToolResult.Kind.CONFLICT,
            "'" + to.shown() + "' is not empty",
            "name a folder that is not there yet as 'to'");
      }
    } catch (IOException e) {
      throw Trouble.of(e, to.asked());
    }
  }

  private String version() {
    return FileState.of(archive.real()) + " into " + FileState.of(to.real());
  }

  private Preview preview() {
    var lines = new ArrayList<String>();
    try {
      Archive.read(
          archive.real(),
          archive.shown(),
          (entry, content) -> lines.add(Shown.name(entry.name())) && lines.size() < 50);
    } catch (IOException e) {
      lines.add("cannot be read: " + e.getMessage());
    }
    return Preview.text(
        archive.shown() + " → " + to.shown(),
        String.join("\n", lines) + (lines.size() < 50 ? "\n" : "\n…\n"));
  }

  private ToolResult run(Call call) {
    requireFree();
    var parent = Optional.ofNullable(to.real().getParent()).orElse(to.real());
    Path unpacked = null;
    try {
      AtomicFile.folders(parent);
      unpacked = Files.createTempDirectory(parent, ".fuse-");
      var unpacking = new Unpacking(unpacked, most, Files.size(archive.real()), call);
      Archive.read(archive.real(), archive.shown(), unpacking);
      unpacking.finish();
      Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(unpacked, to.real(), StandardCopyOption.ATOMIC_MOVE);
      unpacked = null;
      return unpacking.result(to.shown()).undo(undo());
    } catch (IOException e) {
      boolean full = String.valueOf(e.getMessage()).contains("No space left");
      throw Trouble.of(e, full ? to.asked() : archive.asked());
    } finally {
      if (unpacked != null) {
        FolderCopy.delete(unpacked);
      }
    }
  }

  private Undo undo() {
    return new Undo(
        "fs_plan",
        Map.of("steps", List.of(Map.of("action", "delete", "path", to.real().toString()))),
        to.shown() + " is gone",
        Optional.empty(),
        List.of());
  }
}
