package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Call;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Changes of the content of one or more files, made all or none; writing, editing and restoring are
 * nothing else.
 *
 * @param emptied folders to remove afterwards where they are empty, innermost first
 */
public record FileChanges(Place place, List<FileChange> changes, Fill fill, List<String> emptied) {

  /** How a secret's handle begins, which the host fills in once the call is approved. */
  static final String HANDLE = "⟦secret:";

  /** What the content is once secrets are filled in and kept bytes are at hand. */
  @FunctionalInterface
  public interface Fill {
    Content content(FileChange change, Call call);
  }

  public static FileChanges of(FileChange change, Fill fill) {
    return new FileChanges(change.place(), List.of(change), fill, List.of());
  }

  public Action action(String what) {
    changes.forEach(FileChange::requirePossible);
    var diffs = changes.stream().map(FileChange::diff).toList();
    var effects =
        changes.stream().map(change -> change.location().changing(change.verb())).toList();
    return Action.of(what + " " + summary(diffs), effects, this::run)
        .at(version(changes.stream().map(FileChange::before).toList()))
        .showing(() -> preview(diffs));
  }

  /** One version for all: that of the file, or of the list of them. */
  public static String version(List<Content> contents) {
    if (contents.size() == 1) {
      return contents.getFirst().version();
    }
    var all = contents.stream().map(Content::version).collect(Collectors.joining("\n"));
    return Content.hash(all.getBytes(StandardCharsets.UTF_8));
  }

  private Preview preview(List<UnifiedDiff> diffs) {
    return Preview.diff(
        names(), diffs.stream().map(UnifiedDiff::text).collect(Collectors.joining()));
  }

  private String summary(List<UnifiedDiff> diffs) {
    var lines =
        "(+%d −%d lines)"
            .formatted(
                diffs.stream().mapToInt(UnifiedDiff::added).sum(),
                diffs.stream().mapToInt(UnifiedDiff::removed).sum());
    return names()
        + " "
        + lines
        + changes.stream().map(FileChange::remarks).collect(Collectors.joining());
  }

  private String names() {
    var first = changes.stream().limit(3).map(change -> change.location().shown()).toList();
    int more = changes.size() - first.size();
    return String.join(", ", first) + (more == 0 ? "" : " and " + more + " more");
  }

  private ToolResult run(Call call) {
    changes.forEach(FileChange::requireUnchanged);
    var contents = changes.stream().map(change -> fill.content(change, call)).toList();
    var kept = changes.stream().map(change -> change.before().bytes().map(call::keep)).toList();
    var modes = changes.stream().map(change -> AtomicFile.mode(change.location().real())).toList();
    var made = new ArrayList<Path>();
    apply(contents, modes, made);
    removeEmptied();
    return ToolResult.ok(told(contents))
        .structured(structured())
        .undo(undo(contents, kept, modes, made));
  }

  private void apply(List<Content> contents, List<Optional<String>> modes, List<Path> made) {
    int done = 0;
    try {
      for (; done < changes.size(); done++) {
        made.addAll(AtomicFile.folders(changes.get(done).parent()));
        changes.get(done).apply(contents.get(done));
      }
    } catch (IOException e) {
      revert(done, modes, made, e);
      throw Trouble.of(e, changes.get(done).location().asked());
    }
  }

  private void revert(int done, List<Optional<String>> modes, List<Path> made, IOException why) {
    for (int i = done - 1; i >= 0; i--) {
      try {
        changes.get(i).revert(modes.get(i));
      } catch (IOException e) {
        throw new ToolFailure(
            ToolResult.Kind.UNKNOWN_OUTCOME,
            "%s; and '%s' could not be brought back: %s"
                .formatted(
                    Trouble.of(why, changes.get(done).location().asked()).result().problem(),
                    changes.get(i).location().shown(),
                    e.getMessage()),
            "look at the files; the first %d of %d were changed".formatted(i + 1, changes.size()));
      }
    }
    made.reversed().forEach(FileChanges::removeIfEmpty);
  }

  private void removeEmptied() {
    for (var folder : emptied) {
      var real = place.locate(folder).real();
      if (changes.stream().anyMatch(change -> change.location().real().startsWith(real))) {
        removeIfEmpty(real);
      }
    }
  }

  /** One that holds something else by now stays. */
  public static void removeIfEmpty(Path folder) {
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // It is to stay, or is gone already.
    } catch (IOException e) {
      // An empty folder that stays does no harm.
    }
  }

  private String told(List<Content> contents) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < changes.size(); i++) {
      var change = changes.get(i);
      var now = contents.get(i).bytes().map(bytes -> ", " + Shown.size(bytes.length)).orElse("");
      var verb =
          switch (change.verb()) {
            case CREATE -> "created ";
            case DELETE -> "removed ";
            case UPDATE, READ, READ_SECRET, EXECUTE -> "changed ";
          };
      lines.add(verb + change.location().shown() + ": " + change.diff().summary() + now);
    }
    return String.join("\n", lines);
  }

  private Map<String, Object> structured() {
    return Map.of(
        "files",
        changes.stream()
            .map(
                change ->
                    Map.of(
                        "path", change.location().real().toString(), "verb", change.verb().name()))
            .toList());
  }

  private Undo undo(
      List<Content> contents,
      List<Optional<String>> kept,
      List<Optional<String>> modes,
      List<Path> made) {
    var files = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < changes.size(); i++) {
      var file = new HashMap<String, Object>();
      file.put("path", changes.get(i).location().real().toString());
      kept.get(i).ifPresent(reference -> file.put("kept", reference));
      modes.get(i).ifPresent(mode -> file.put("mode", mode));
      files.add(file);
    }
    var folders = made.reversed().stream().map(Path::toString).toList();
    return new Undo(
        "fs_restore",
        folders.isEmpty() ? Map.of("files", files) : Map.of("files", files, "folders", folders),
        names() + (changes.size() == 1 ? " is" : " are") + " as before",
        Optional.of(version(contents)),
        kept.stream().flatMap(Optional::stream).toList());
  }
}
