package dev.fuse.tool.fs.file;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Verb;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file's content before and after.
 *
 * @param after as it can be foretold: a secret that is filled in later is its handle; absent where
 *     the file is removed
 * @param mode of the file afterwards; empty for the one it has
 */
public record FileChange(
    Place place, Location location, Content before, Content after, Optional<String> mode) {

  public static FileChange of(Place place, Location location, Content before, Content after) {
    return new FileChange(place, location, before, after, Optional.empty());
  }

  public Verb verb() {
    if (!before.exists()) {
      return Verb.CREATE;
    }
    return after.exists() ? Verb.UPDATE : Verb.DELETE;
  }

  UnifiedDiff diff() {
    return UnifiedDiff.of(location.shown(), before, after);
  }

  /** What a person ought to know besides the difference. */
  String remarks() {
    var link =
        location.throughLink(place.directory())
            ? ", through the link " + Shown.name(location.asked())
            : "";
    int others = names() - 1;
    return link
        + (before.exists() && others > 0
            ? ", " + Shown.count(others, "other hard link") + " of it keep the old content"
            : "");
  }

  /** Fails where writing would, before anybody is asked. */
  void requirePossible() {
    var folder = parent();
    while (folder.getParent() != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (!Files.isDirectory(folder)) {
      throw ToolFailure.invalid("'" + place.shown(folder) + "' is no folder", "");
    }
    if (!Files.isWritable(folder)) {
      throw forbidden("the folder '" + place.shown(folder) + "' may not be written to", "");
    }
    if (before.exists() && !Files.isWritable(location.real())) {
      throw forbidden(
          "'" + location.shown() + "' may not be written: it is read-only",
          "ask the person to change its mode");
    }
  }

  /** Approval was for this place and this content; a link put there since would lead elsewhere. */
  void requireUnchanged() {
    var now = place.locate(location.asked());
    if (!now.real().equals(location.real())) {
      throw changed("leads to '" + now.shown() + "' now");
    }
    if (!Content.of(now).version().equals(before.version())) {
      throw changed("has changed meanwhile");
    }
  }

  /** Puts this content in place of the one before. */
  public void apply(Content content) throws IOException {
    if (content.bytes().isEmpty()) {
      Files.delete(location.real());
      return;
    }
    AtomicFile.write(location.real(), content.bytes().get(), !before.exists(), mode);
  }

  /** Takes {@link #apply} back. */
  public void revert(Optional<String> oldMode) throws IOException {
    if (before.bytes().isEmpty()) {
      Files.deleteIfExists(location.real());
      return;
    }
    boolean gone = !Files.exists(location.real());
    AtomicFile.write(location.real(), before.bytes().get(), gone, oldMode);
  }

  public Path parent() {
    var parent = location.real().getParent();
    if (parent == null) {
      throw ToolFailure.invalid("'" + location.shown() + "' is a folder", "");
    }
    return parent;
  }

  private ToolFailure changed(String how) {
    return new ToolFailure(
        ToolResult.Kind.CONFLICT,
        "'" + location.shown() + "' " + how + "; nothing was written",
        "read it again");
  }

  private static ToolFailure forbidden(String problem, String hint) {
    return new ToolFailure(ToolResult.Kind.FORBIDDEN, problem, hint);
  }

  private int names() {
    try {
      return (Integer) Files.getAttribute(location.real(), "unix:nlink");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return 1;
    }
  }
}
