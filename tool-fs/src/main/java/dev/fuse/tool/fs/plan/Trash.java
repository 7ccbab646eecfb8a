package dev.fuse.tool.fs.plan;

import dev.fuse.tool.fs.file.FileState;
import dev.fuse.tool.fs.file.FolderCopy;
import dev.fuse.tool.fs.place.Place;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where deleted files wait for an undo: below {@code ~/.fuse}, or, where that lies on another file
 * system, below the working directory, since only a move on one file system is made whole or not at
 * all.
 */
final class Trash {

  private static final Duration KEPT = Duration.ofDays(30);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Place place;
  private final String id;
  private int number;

  Trash(Place place) {
    this.place = place;
    this.id =
        NAME.format(Instant.now())
            + "-"
            + HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
  }

  /** A free place for something that is deleted; its folder is made. */
  Path placeFor(Path deleted) throws IOException {
    var root = root(deleted);
    forget(root);
    var folder = root.resolve(id).resolve(String.valueOf(number++));
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return folder.resolve(deleted.getFileName());
  }

  private Path root(Path deleted) throws IOException {
    var last = place.trash().getLast();
    for (var root : place.trash()) {
      var there = existing(root);
      boolean here =
          FileState.device(there).equals(FileState.device(deleted)) && Files.isWritable(there);
      if (here && !root.equals(last)) {
        return root;
      }
    }
    Files.createDirectories(last);
    var ignore = last.resolve(".gitignore");
    if (!Files.exists(ignore)) {
      Files.writeString(ignore, "*\n");
    }
    return last;
  }

  private static Path existing(Path path) {
    var at = path;
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  /** What has waited too long is gone. */
  private static void forget(Path root) {
    var before = NAME.format(Instant.now().minus(KEPT));
    try (var entries = Files.newDirectoryStream(root, "[0-9]*-*-*")) {
      for (var entry : entries) {
        if (entry.getFileName().toString().compareTo(before) < 0) {
          FolderCopy.delete(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // There is no trash yet.
    }
  }
}
