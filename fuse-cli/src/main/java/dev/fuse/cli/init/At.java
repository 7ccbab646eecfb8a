package dev.fuse.cli.init;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads nested maps and lists by a dotted path. */
final class At {

  private At() {}

  /** The value at a path. */
  static @Nullable Object value(Object from, String path) {
    Object now = from;
    for (var part : path.split("/", -1)) {
      if (!(now instanceof Map<?, ?> map)) {
        return null;
      }
      now = map.get(part);
    }
    return now;
  }

  /** A scalar as text; empty where there is none. */
  static String text(Object from, String path) {
    var value = value(from, path);
    return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
  }

  /** The items of a list. */
  static Stream<Object> list(Object from, String path) {
    return value(from, path) instanceof List<?> list
        ? list.stream().map(one -> (Object) one)
        : Stream.of();
  }
}
