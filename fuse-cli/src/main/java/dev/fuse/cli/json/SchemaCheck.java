package dev.fuse.cli.json;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value fits a JSON schema, as far as type, enum, const, required, properties, items and
 * additionalProperties say; other keywords are left to whoever reads the answer.
 */
public final class SchemaCheck {

  private SchemaCheck() {}

  /** What does not fit, with its place; empty where all does. */
  public static Optional<String> problem(@Nullable Object value, Map<?, ?> schema) {
    return problem("$", value, schema);
  }

  private static Optional<String> problem(String at, @Nullable Object value, Map<?, ?> schema) {
    if (schema.get("enum") instanceof List<?> values && !values.contains(value)) {
      return Optional.of(at + " is not one of " + values);
    }
    if (schema.containsKey("const") && !Objects.equals(schema.get("const"), value)) {
      return Optional.of(at + " is not " + schema.get("const"));
    }
    if (!fits(value, schema.get("type"))) {
      return Optional.of(at + " is not of type " + schema.get("type"));
    }
    return switch (value) {
      case Map<?, ?> map -> object(at, map, schema);
      case List<?> list when schema.get("items") instanceof Map<?, ?> items ->
          items(at, list, items);
      case null, default -> Optional.empty();
    };
  }

  private static boolean fits(@Nullable Object value, @Nullable Object type) {
    if (type instanceof List<?> types) {
      return types.stream().anyMatch(each -> fits(value, each));
    }
    return switch (String.valueOf(type)) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "integer" -> value instanceof Long || value instanceof Integer;
      case "number" -> value instanceof Number;
      case "null" -> value == null;
      default -> true;
    };
  }

  private static Optional<String> object(String at, Map<?, ?> map, Map<?, ?> schema) {
    if (schema.get("required") instanceof List<?> required) {
      for (var key : required) {
        if (!map.containsKey(key)) {
          return Optional.of(at + " lacks '" + key + "'");
        }
      }
    }
    var properties = schema.get("properties") instanceof Map<?, ?> all ? all : Map.of();
    for (var entry : map.entrySet()) {
      var key = String.valueOf(entry.getKey());
      if (properties.get(key) instanceof Map<?, ?> inner) {
        var problem = problem(at + "." + key, entry.getValue(), inner);
        if (problem.isPresent()) {
          return problem;
        }
      } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
        return Optional.of(at + " has '" + key + "', which the schema does not know");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> items(String at, List<?> list, Map<?, ?> items) {
    for (int i = 0; i < list.size(); i++) {
      var problem = problem(at + "[" + i + "]", list.get(i), items);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }
}
