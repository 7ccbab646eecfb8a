package dev.fuse.tool.kubernetes.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A view of a JSON object as the API server sent it; what is not there reads as empty.
 *
 * @param fields JDK maps, lists and scalars
 */
public record Json(Map<String, Object> fields) {

  public static final Json EMPTY = new Json(Map.of());

  /** The object at that dotted path; a key that holds dots is read with {@link #map}. */
  public Json at(String path) {
    return of(value(path));
  }

  /** The scalar at that dotted path as text; empty where there is none. */
  public String text(String path) {
    var value = value(path);
    return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
  }

  public String text(String path, String otherwise) {
    var text = text(path);
    return text.isEmpty() ? otherwise : text;
  }

  public long number(String path, long otherwise) {
    return value(path) instanceof Number number ? number.longValue() : otherwise;
  }

  public boolean bool(String path) {
    return Boolean.TRUE.equals(value(path));
  }

  public boolean has(String path) {
    return value(path) != null;
  }

  public Optional<String> find(String path) {
    return Optional.of(text(path)).filter(text -> !text.isEmpty());
  }

  /** The objects of the list at that path. */
  public List<Json> list(String path) {
    var items = new ArrayList<Json>();
    if (value(path) instanceof List<?> list) {
      list.forEach(item -> items.add(of(item)));
    }
    return items;
  }

  /** The scalars of the list at that path. */
  public List<String> texts(String path) {
    var items = new ArrayList<String>();
    if (value(path) instanceof List<?> list) {
      list.forEach(item -> items.add(String.valueOf(item)));
    }
    return items;
  }

  /** The map from strings to scalars at that path, such as labels. */
  public Map<String, String> map(String path) {
    var map = new LinkedHashMap<String, String>();
    at(path).fields.forEach((key, value) -> map.put(key, String.valueOf(value)));
    return map;
  }

  public String name() {
    return text("metadata.name");
  }

  public String namespace() {
    return text("metadata.namespace");
  }

  public String kind() {
    return text("kind");
  }

  public String uid() {
    return text("metadata.uid");
  }

  public Map<String, String> labels() {
    return map("metadata.labels");
  }

  public Map<String, String> annotations() {
    return map("metadata.annotations");
  }

  /** {@code Deployment shop/checkout}; without a namespace {@code Node worker-1}. */
  public String ref() {
    return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
  }

  /** The owner that manages this object. */
  public Optional<Json> controller() {
    return list("metadata.ownerReferences").stream()
        .filter(owner -> owner.bool("controller"))
        .findFirst();
  }

  /** The condition of that type in its status. */
  public Optional<Json> condition(String type) {
    return list("status.conditions").stream()
        .filter(condition -> condition.text("type").equals(type))
        .findFirst();
  }

  /** The raw value at that dotted path. */
  public @Nullable Object value(String path) {
    Object value = fields;
    for (var key : path.split("\\.", -1)) {
      if (!(value instanceof Map<?, ?> map)) {
        return null;
      }
      value = map.get(key);
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  public static Json of(@Nullable Object value) {
    return value instanceof Map ? new Json((Map<String, Object>) value) : EMPTY;
  }
}
