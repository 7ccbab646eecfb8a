package dev.fuse.cli.init;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one look around found; filled while it looks, so that a look that is cut short counts. */
final class Found {

  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final Map<String, Connection> connections = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();

  /** Keeps a fact: a text, a list of texts, or a map of those; what is empty is left out. */
  synchronized void fact(String key, Object value) {
    boolean empty =
        switch (value) {
          case String text -> text.isBlank();
          case List<?> list -> list.isEmpty();
          case Map<?, ?> map -> map.isEmpty();
          default -> false;
        };
    if (!empty) {
      facts.put(key, value);
    }
  }

  synchronized void connection(Connection one) {
    connections.merge(one.workload(), one, Connection::and);
  }

  synchronized void missing(String what, String why) {
    missing.add(what + ": " + why);
  }

  synchronized Map<String, Object> facts() {
    return new LinkedHashMap<>(facts);
  }

  synchronized List<Connection> connections() {
    return List.copyOf(connections.values());
  }

  synchronized List<String> missing() {
    return List.copyOf(missing);
  }

  boolean empty() {
    return facts().isEmpty() && connections().isEmpty();
  }
}
