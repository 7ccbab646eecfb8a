package dev.fuse.tool.fs;

import dev.fuse.spi.Action;
import dev.fuse.spi.Call;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file's content before and after, which is all that writing, editing and restoring have in
 * common.
 *
 * @param after as it can be foretold; where a secret is filled in later it holds the handle
 */
record FileChange(Place place, Location location, Content before, Content after) {

  /** How a secret's handle begins, which the host fills in once the call is approved. */
  static final String HANDLE = "⟦secret:";

  /** What the content is once secrets are filled in. */
  interface Filled {
    byte[] content(Call call);
  }

  Action action(String what, Filled filled) {
    requireWritable();
    var diff = UnifiedDiff.of(location.shown(), before, after);
    var verb = before.exists() ? Verb.UPDATE : Verb.CREATE;
    var summary = "%s %s (%s)%s".formatted(what, location.shown(), diff.summary(), remarks());
    return Action.of(
            summary, location.changing(verb), call -> run(call, filled.content(call), diff))
        .at(before.version())
        .showing(() -> Preview.diff(location.shown(), diff.text()));
  }

  private ToolResult run(Call call, byte[] content, UnifiedDiff diff) {
    requireUnchanged();
    try {
      var mode = before.exists() ? AtomicFile.mode(location.real()) : Optional.<String>empty();
      var kept = before.bytes().map(call::keep);
      var folders = AtomicFile.folders(parent());
      AtomicFile.write(location.real(), content, !before.exists(), Optional.empty());
      var undo = undo(kept, mode, folders, content);
      var result =
          "%s %s: %s, %s"
              .formatted(
                  before.exists() ? "changed" : "created",
                  location.shown(),
                  diff.summary(),
                  Shown.size(content.length));
      return ToolResult.ok(result)
          .structured(
              Map.of(
                  "path", location.real().toString(),
                  "added", (long) diff.added(),
                  "removed", (long) diff.removed(),
                  "bytes", (long) content.length))
          .undo(undo);
    } catch (IOException e) {
      throw Trouble.of(e, location.asked());
    }
  }

  private Undo undo(
      Optional<String> kept, Optional<String> mode, List<Path> folders, byte[] content) {
    var arguments = new HashMap<String, Object>();
    arguments.put("path", location.real().toString());
    kept.ifPresent(reference -> arguments.put("kept", reference));
    mode.ifPresent(text -> arguments.put("mode", text));
    if (!folders.isEmpty()) {
      arguments.put("folders", folders.reversed().stream().map(Path::toString).toList());
    }
    return new Undo(
        "fs_restore",
        arguments,
        location.shown() + (before.exists() ? " is as it was" : " is removed"),
        Optional.of(Content.hash(content)),
        kept.stream().toList());
  }

  /** Approval was for this place and this content; a link put there since would lead elsewhere. */
  private void requireUnchanged() {
    var now = place.locate(location.asked());
    if (!now.real().equals(location.real())) {
      throw changed("leads to '" + now.shown() + "' now");
    }
    if (!Content.of(now).version().equals(before.version())) {
      throw changed("has changed meanwhile");
    }
  }

  private ToolFailure changed(String how) {
    return new ToolFailure(
        ToolResult.Kind.CONFLICT,
        "'" + location.shown() + "' " + how + "; nothing was written",
        "read it again");
  }

  private void requireWritable() {
    var folder = parent();
    while (folder.getParent() != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (!Files.isDirectory(folder)) {
      throw ToolFailure.invalid("'" + place.shown(folder) + "' is no folder", "");
    }
    if (!Files.isWritable(folder)) {
      throw new ToolFailure(
          ToolResult.Kind.FORBIDDEN,
          "the folder '" + place.shown(folder) + "' may not be written to",
          "");
    }
    if (before.exists() && !Files.isWritable(location.real())) {
      throw new ToolFailure(
          ToolResult.Kind.FORBIDDEN,
          "'" + location.shown() + "' may not be written: it is read-only",
          "ask the person to change its mode");
    }
  }

  private Path parent() {
    var parent = location.real().getParent();
    if (parent == null) {
      throw ToolFailure.invalid("'" + location.shown() + "' is a folder", "");
    }
    return parent;
  }

  private String remarks() {
    var link =
        location.throughLink(place.directory())
            ? ", through the link " + Shown.name(location.asked())
            : "";
    return link
        + (before.exists() && names() > 1
            ? ", its " + (names() - 1) + " other hard links keep the old content"
            : "");
  }

  private int names() {
    try {
      return (Integer) Files.getAttribute(location.real(), "unix:nlink");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return 1;
    }
  }
}
