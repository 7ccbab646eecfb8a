package dev.fuse.tool.gcp.api;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as JDK maps, lists and scalars; a field that is missing or of another type reads as
 * empty.
 */
public record Json(Map<String, Object> fields) {

  public static final Json EMPTY = new Json(Map.of());

  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .create();

  /**
   * The object in a text.
   *
   * @return empty if the text holds no JSON object
   */
  @SuppressWarnings("unchecked")
  public static Optional<Json> parse(String text) {
    try {
      return GSON.fromJson(text, Object.class) instanceof Map<?, ?> map
          ? Optional.of(new Json((Map<String, Object>) map))
          : Optional.empty();
    } catch (JsonParseException | StackOverflowError _) {
      return Optional.empty();
    }
  }

  /** An object of pairs: key, value, key, value … */
  public static Json of(Object... pairs) {
    var fields = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], pairs[i + 1]);
    }
    return new Json(fields);
  }

  /** Any value as an object; empty where it is none. */
  @SuppressWarnings("unchecked")
  public static Json ofValue(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? new Json((Map<String, Object>) map) : EMPTY;
  }

  /** The object as text. */
  public String write() {
    return GSON.toJson(fields);
  }

  /** The value at a dotted path. */
  public @Nullable Object value(String path) {
    Object now = fields;
    for (var part : path.split("\\.", -1)) {
      if (!(now instanceof Map<?, ?> map)) {
        return null;
      }
      now = map.get(part);
    }
    return now;
  }

  public boolean has(String path) {
    return value(path) != null;
  }

  /** A scalar as text; empty where there is none. */
  public String text(String path) {
    var value = value(path);
    return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
  }

  public Optional<String> find(String path) {
    return Optional.of(text(path)).filter(text -> !text.isEmpty());
  }

  public long number(String path) {
    return switch (value(path)) {
      case Number number -> number.longValue();
      case String text when text.matches("-?\\d{1,18}") -> Long.parseLong(text);
      case null, default -> 0;
    };
  }

  public boolean truth(String path) {
    return Boolean.TRUE.equals(value(path)) || "true".equals(text(path));
  }

  public Json at(String path) {
    return ofValue(value(path));
  }

  /** The objects of a list. */
  public List<Json> list(String path) {
    return value(path) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).map(Json::ofValue).toList()
        : List.of();
  }

  /** The scalars of a list. */
  public List<String> texts(String path) {
    return value(path) instanceof List<?> list
        ? list.stream()
            .filter(one -> one != null && !(one instanceof Map))
            .map(Object::toString)
            .toList()
        : List.of();
  }

  /** The scalars of an object by their keys. */
  public Map<String, String> map(String path) {
    return at(path).fields().entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().toString(),
                (first, _) -> first,
                LinkedHashMap::new));
  }

  /** The same object with a field set. */
  public Json with(String field, Object value) {
    var copy = new LinkedHashMap<>(fields);
    copy.put(field, value);
    return new Json(copy);
  }
}
