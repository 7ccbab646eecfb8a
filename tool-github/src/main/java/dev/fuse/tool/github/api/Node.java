package dev.fuse.tool.github.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as it came from outside, read without surprises: what is absent or of another type
 * is empty, 0 or false.
 *
 * @param value JDK maps, lists and scalars
 */
public record Node(@Nullable Object value) {

  /** The value below these keys. */
  public Node at(String... path) {
    Object here = value;
    for (var key : path) {
      here = here instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return new Node(here);
  }

  /** Whether there is a value. */
  public boolean present() {
    return value != null;
  }

  /** The text below these keys; numbers and truth values as they are written. */
  public String text(String... path) {
    var found = at(path).value;
    return found instanceof String || found instanceof Number || found instanceof Boolean
        ? found.toString()
        : "";
  }

  /** The whole number below these keys. */
  public long number(String... path) {
    return at(path).value instanceof Number number ? number.longValue() : 0;
  }

  /** Whether there is {@code true} below these keys. */
  public boolean flag(String... path) {
    return Boolean.TRUE.equals(at(path).value);
  }

  /** The elements of the list below these keys. */
  public List<Node> list(String... path) {
    return at(path).value instanceof List<?> list
        ? list.stream().<Node>map(Node::new).toList()
        : List.of();
  }

  /** The texts of the list below these keys. */
  public List<String> texts(String... path) {
    return list(path).stream().map(Node::text).toList();
  }

  /** The keys of the object below these keys, in the order of writing. */
  public List<String> keys(String... path) {
    return at(path).value instanceof Map<?, ?> map
        ? map.keySet().stream().map(String::valueOf).toList()
        : List.of();
  }

  /** The point in time below these keys. */
  public Optional<Instant> time(String... path) {
    var text = text(path);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }
}
