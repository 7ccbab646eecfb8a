package dev.fuse.tool.github.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last answers with their tags, so that asking again costs nothing of the rate limit. */
final class Kept {

  private static final int MOST = 300;

  /** An answer and the tag that proves that it still holds. */
  record Tagged(String tag, Answer answer) {}

  private final Map<String, Tagged> byPath =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tagged> eldest) {
          return size() > MOST;
        }
      };

  synchronized Optional<Tagged> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  synchronized void keep(String path, Answer answer) {
    var tag = answer.header("ETag");
    if (answer.status() == 200 && !tag.isEmpty()) {
      byPath.put(path, new Tagged(tag, answer));
    }
  }
}
