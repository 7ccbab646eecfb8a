package dev.fuse.cli.install;

import dev.fuse.spi.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An object of a file, read field by field; what is left out is empty.
 *
 * @param at where the object stands, for messages
 */
record Fields(Map<?, ?> values, String at) {

  String text(String name) {
    var value = values.get(name);
    return value == null ? "" : as(String.class, value, place(name));
  }

  Optional<String> findText(String name) {
    return Optional.ofNullable(values.get(name)).map(it -> as(String.class, it, place(name)));
  }

  Optional<Integer> findInteger(String name) {
    return Optional.ofNullable(values.get(name))
        .map(it -> Math.toIntExact(as(Long.class, it, place(name))));
  }

  boolean flag(String name) {
    var value = values.get(name);
    return value != null && as(Boolean.class, value, place(name));
  }

  List<String> texts(String name) {
    return list(name, (value, place) -> as(String.class, value, place));
  }

  Map<String, String> textMap(String name) {
    var map = new LinkedHashMap<String, String>();
    object(name)
        .ifPresent(
            object ->
                object
                    .values
                    .keySet()
                    .forEach(it -> map.put((String) it, object.text((String) it))));
    return map;
  }

  Map<String, List<String>> textLists(String name) {
    var map = new LinkedHashMap<String, List<String>>();
    var object = object(name).orElse(new Fields(Map.of(), ""));
    for (var key : object.values.keySet()) {
      map.put((String) key, object.texts((String) key));
    }
    return map;
  }

  /** Values of any kind by name. */
  Map<String, Object> named(String name) {
    return object(name).map(Fields::named).orElse(Map.of());
  }

  <T> List<T> objects(String name, Function<Fields, T> read) {
    return list(name, (value, place) -> read.apply(new Fields(as(Map.class, value, place), place)));
  }

  Optional<Schema> findSchema(String name) {
    return object(name).map(object -> new Schema(object.named()));
  }

  Schema schema(String name) {
    return findSchema(name).orElseThrow(() -> missing(name));
  }

  Fields required(String name) {
    return object(name).orElseThrow(() -> missing(name));
  }

  /** The constant of that field; {@link Enum#valueOf} is slow at its first call. */
  <E extends Enum<E>> E constant(String name, E[] constants) {
    return constant(text(name), place(name), constants);
  }

  <E extends Enum<E>> List<E> constants(String name, E[] constants) {
    return list(name, (value, place) -> constant(as(String.class, value, place), place, constants));
  }

  private interface Item<T> {
    T of(Object value, String place);
  }

  private <T> List<T> list(String name, Item<T> item) {
    var list = new ArrayList<T>();
    var value = values.get(name);
    if (value != null) {
      for (var each : as(List.class, value, place(name))) {
        list.add(item.of(each, place(name) + "[" + list.size() + "]"));
      }
    }
    return list;
  }

  private Optional<Fields> object(String name) {
    return Optional.ofNullable(values.get(name))
        .map(value -> new Fields(as(Map.class, value, place(name)), place(name)));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> named() {
    return (Map<String, Object>) values;
  }

  private String place(String name) {
    return at.isEmpty() ? name : at + "." + name;
  }

  private IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("'" + place(name) + "' is missing");
  }

  private static <E extends Enum<E>> E constant(String name, String place, E[] constants) {
    for (var constant : constants) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "'" + place + "' is '" + name + "', not one of " + Arrays.toString(constants));
  }

  static <T> T as(Class<T> type, Object value, String place) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new IllegalArgumentException(
        "'%s' is a %s, not a %s"
            .formatted(place, value.getClass().getSimpleName(), type.getSimpleName()));
  }
}
