package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.fs.place.Location;
import dev.fuse.tool.fs.place.Place;
import dev.fuse.tool.fs.place.Shown;
import dev.fuse.tool.fs.place.Trouble;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code fs_list}: a folder as a tree. */
public record ListFiles(Place place, Location root, int depth, int limit) {

  public static Action prepare(Place place, Arguments arguments) {
    var root = place.locate(arguments.string("path", "."));
    var list =
        new ListFiles(place, root, arguments.integer("depth", 2), arguments.integer("limit", 200));
    return Action.of(root.shown(), root.reading(), list::run);
  }

  private ToolResult run(Call call) {
    try {
      var attributes =
          Content.attributes(root.real()).orElseThrow(() -> new NoSuchFileException(root.asked()));
      if (!attributes.isDirectory()) {
        throw ToolFailure.invalid("'" + root.shown() + "' is no folder", "read it with fs_read");
      }
      if (!Files.isReadable(root.real())) {
        throw new AccessDeniedException(root.asked());
      }
      return answer(FolderTree.read(root.real(), depth, limit, call::cancelled));
    } catch (IOException e) {
      throw Trouble.of(e, root.asked());
    }
  }

  private ToolResult answer(FolderTree tree) {
    var text = new StringBuilder();
    text.append(Shown.name(root.real())).append("  ").append(tally(tree.tally())).append('\n');
    var entries = new ArrayList<Map<String, Object>>();
    print(tree, "", text, entries);
    return ToolResult.ok(text.toString())
        .structured(
            Map.of(
                "path", root.real().toString(),
                "files", tree.tally().files(),
                "folders", tree.tally().folders(),
                "bytes", tree.tally().bytes(),
                "complete", tree.tally().complete(),
                "entries", entries));
  }

  private void print(
      FolderTree folder, String indent, StringBuilder text, List<Map<String, Object>> entries) {
    for (var child : folder.children()) {
      text.append(indent).append(child.shown());
      if (child.tally().isPresent()) {
        text.append("/  ").append(child.note()).append(tally(child.tally().get()));
      }
      text.append('\n');
      entries.add(child.structured(root.real()));
      child.tree().ifPresent(below -> print(below, indent + "  ", text, entries));
    }
    if (folder.hidden() > 0) {
      text.append(indent)
          .append("… ")
          .append(Shown.count(folder.hidden(), "more entry").replace("entrys", "entries"))
          .append('\n');
    }
  }

  private static String tally(FolderTree.Tally tally) {
    var least = tally.complete() ? "" : "at least ";
    var folders = tally.folders() == 0 ? "" : Shown.count(tally.folders(), "folder") + ", ";
    return least + folders + Shown.count(tally.files(), "file") + ", " + Shown.size(tally.bytes());
  }
}
