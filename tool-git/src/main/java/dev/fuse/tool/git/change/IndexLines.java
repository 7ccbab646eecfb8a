package dev.fuse.tool.git.change;

import dev.fuse.tool.git.repo.Index;
import dev.fuse.tool.git.repo.Repo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the index holds for each path, as {@code git update-index --index-info} reads it. */
record IndexLines(Map<String, String> byPath) {

  private static final String NONE = "0 0000000000000000000000000000000000000000\t";

  static IndexLines of(Repo repo) throws IOException {
    var index = Index.read(repo);
    var lines = new TreeMap<String, String>();
    for (int i = 0; i < index.getEntryCount(); i++) {
      var entry = index.getEntry(i);
      var line =
          "%o %s %d\t%s\0"
              .formatted(
                  entry.getRawMode(),
                  entry.getObjectId().name(),
                  entry.getStage(),
                  entry.getPathString());
      lines.merge(entry.getPathString(), line, String::concat);
    }
    return new IndexLines(lines);
  }

  /** The paths that another state has otherwise. */
  List<String> changed(IndexLines other) {
    var paths = new TreeSet<>(byPath.keySet());
    paths.addAll(other.byPath.keySet());
    var changed = new ArrayList<String>();
    for (var path : paths) {
      if (!Objects.equals(byPath.get(path), other.byPath.get(path))) {
        changed.add(path);
      }
    }
    return changed;
  }

  /** Lines that make these paths what they are here: each is removed, and added where it was. */
  byte[] lines(List<String> paths) {
    var out = new ByteArrayOutputStream();
    for (var path : paths) {
      out.writeBytes((NONE + path + "\0").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(byPath.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }
}
