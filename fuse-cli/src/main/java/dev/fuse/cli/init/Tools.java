package dev.fuse.cli.init;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs reading tools of plugins by hand. */
public interface Tools {

  /** Whether a plugin brings it. */
  boolean has(String tool);

  /** What it gave. */
  Result call(String tool, Map<String, Object> arguments);

  /**
   * What a call gave.
   *
   * @param structured JDK maps, lists and scalars
   * @param problem why there is nothing; empty where there is
   */
  record Result(Optional<Object> structured, String problem) {

    /** The rows of a list. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows() {
      return structured.orElse(List.of()) instanceof List<?> list
          ? list.stream()
              .filter(Map.class::isInstance)
              .map(one -> (Map<String, Object>) one)
              .toList()
          : List.of();
    }

    /** The object. */
    @SuppressWarnings("unchecked")
    Map<String, Object> object() {
      return structured.orElse(Map.of()) instanceof Map<?, ?> map
          ? (Map<String, Object>) map
          : Map.of();
    }

    boolean failed() {
      return !problem.isEmpty();
    }
  }
}
