package dev.fuse.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a call, checked against the tool's schema before they reach it: a required one
 * is there, each has its declared type, defaults are filled in.
 *
 * @param values JDK maps, lists, strings, {@link Long}, {@link Double}, {@link Boolean}
 */
public record Arguments(Map<String, Object> values) {

  public Arguments {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Arguments of pairs: key, value, key, value … */
  public static Arguments of(Object... pairs) {
    var values = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put((String) pairs[i], pairs[i + 1]);
    }
    return new Arguments(values);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The string of that name. */
  public String string(String name) {
    return (String) required(name);
  }

  public Optional<String> findString(String name) {
    return Optional.ofNullable((String) values.get(name));
  }

  public String string(String name, String otherwise) {
    return findString(name).orElse(otherwise);
  }

  /** The whole number of that name; the schema's range holds. */
  public int integer(String name) {
    return Math.toIntExact(((Number) required(name)).longValue());
  }

  public int integer(String name, int otherwise) {
    return has(name) ? integer(name) : otherwise;
  }

  public long longInteger(String name, long otherwise) {
    return has(name) ? ((Number) required(name)).longValue() : otherwise;
  }

  public boolean bool(String name, boolean otherwise) {
    return has(name) ? (Boolean) required(name) : otherwise;
  }

  /** The list of strings of that name; empty where it was left out. */
  @SuppressWarnings("unchecked")
  public List<String> strings(String name) {
    return (List<String>) values.getOrDefault(name, List.of());
  }

  /** The list of objects of that name; empty where it was left out. */
  @SuppressWarnings("unchecked")
  public List<Arguments> objects(String name) {
    return ((List<Map<String, Object>>) values.getOrDefault(name, List.of()))
        .stream().map(Arguments::new).toList();
  }

  /** The map from strings to strings of that name; empty where it was left out. */
  @SuppressWarnings("unchecked")
  public Map<String, String> map(String name) {
    return (Map<String, String>) values.getOrDefault(name, Map.of());
  }

  private Object required(String name) {
    var value = values.get(name);
    if (value == null) {
      throw ToolFailure.invalid("'" + name + "' is missing", "give '" + name + "'");
    }
    return value;
  }
}
