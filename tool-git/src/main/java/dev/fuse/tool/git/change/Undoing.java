package dev.fuse.tool.git.change;

import dev.fuse.spi.Undo;
import dev.fuse.tool.git.repo.Repo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls that take changes back. */
record Undoing(Repo repo) {

  /**
   * A call of one of our tools on this repository.
   *
   * @param version what that tool's preparation sees as long as nothing else has changed
   */
  Undo call(String tool, String summary, String version, Map<String, Object> arguments) {
    var all = new LinkedHashMap<String, Object>(arguments);
    all.put("repository", repo.root().toString());
    return new Undo(tool, all, summary, Optional.of(version), List.of());
  }

  /** The same, with bytes that were kept for it, named in the argument {@code kept}. */
  Undo call(
      String tool, String summary, String version, Map<String, Object> arguments, String kept) {
    var all = new LinkedHashMap<String, Object>(arguments);
    all.put("repository", repo.root().toString());
    all.put("kept", kept);
    return new Undo(tool, all, summary, Optional.of(version), List.of(kept));
  }
}
