package dev.fuse.tool.fs.plan;

import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Links that stay where they are while a plan takes away what they lead to. */
record StrandedLinks(Place place, FuturePaths future) {

  private static final int MOST_FOLDERS = 50;
  private static final int MOST_ENTRIES = 2000;

  /** Notes on the links in these folders, from which something is taken. */
  List<String> in(Collection<Path> folders) {
    var notes = new ArrayList<String>();
    for (var folder : folders.stream().sorted().limit(MOST_FOLDERS).toList()) {
      try (var entries = Files.newDirectoryStream(folder)) {
        int looked = 0;
        for (var entry : entries) {
          if (++looked > MOST_ENTRIES) {
            break;
          }
          if (Files.isSymbolicLink(entry) && Files.exists(entry) && future.exists(entry)) {
            look(entry, notes);
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        // A folder that the plan itself makes, or one that may not be read.
      }
    }
    return notes;
  }

  private void look(Path link, List<String> notes) throws IOException {
    var target = Files.readSymbolicLink(link);
    if (!future.exists(link.resolveSibling(target).normalize())) {
      notes.add(
          "the link %s leads to %s and will be broken"
              .formatted(place.shown(link), Shown.name(target)));
    }
  }
}
