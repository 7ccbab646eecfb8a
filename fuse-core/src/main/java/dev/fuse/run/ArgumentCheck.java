package dev.fuse.run;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.text.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks arguments against a tool's schema. What was plainly meant is taken: {@code "5"} for 5, one
 * string for a list of one; null is "left out".
 */
final class ArgumentCheck {

  private ArgumentCheck() {}

  /**
   * The arguments with declared types and defaults.
   *
   * @throws ToolFailure of kind INVALID: what was wrong, and what the schema says
   */
  static Arguments check(String tool, Schema schema, Map<String, ?> given) {
    return new Arguments(object(tool, "", schema, given));
  }

  private static Map<String, Object> object(
      String tool, String path, Schema schema, Map<?, ?> given) {
    var values = new LinkedHashMap<String, Object>();
    var properties = schema.properties();
    for (var entry : given.entrySet()) {
      var name = String.valueOf(entry.getKey());
      if (entry.getValue() == null) {
        continue;
      }
      var property = schema.find(name);
      if (property.isPresent()) {
        values.put(name, value(tool, path + name, property.get(), entry.getValue()));
      } else if (schema.json().get("additionalProperties") instanceof Map<?, ?>) {
        values.put(name, String.valueOf(entry.getValue()));
      } else {
        throw ToolFailure.invalid(
            tool + " has no argument '" + path + name + "'",
            "arguments are "
                + properties.keySet()
                + Spelling.didYouMean(name, properties.keySet()));
      }
    }
    for (var name : schema.required()) {
      if (!values.containsKey(name)) {
        throw ToolFailure.invalid(
            tool + " needs the argument '" + path + name + "'",
            says(schema.find(name).orElseThrow()));
      }
    }
    properties.forEach(
        (name, property) -> {
          var otherwise = property.get("default");
          if (otherwise != null && !values.containsKey(name)) {
            values.put(name, value(tool, path + name, new Schema(property), otherwise));
          }
        });
    return values;
  }

  private static Object value(String tool, String path, Schema schema, Object given) {
    var type = String.valueOf(schema.json().getOrDefault("type", "string"));
    try {
      return switch (type) {
        case "integer" -> inRange(schema, wholeNumber(given));
        case "number" -> Double.valueOf(String.valueOf(given));
        case "boolean" -> truth(given);
        case "array" -> list(tool, path, schema, given);
        case "object" -> {
          if (given instanceof Map<?, ?> map) {
            yield object(tool, path + ".", schema, map);
          }
          throw new IllegalArgumentException();
        }
        default -> string(schema, given);
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ToolFailure.invalid(
          tool + ": '" + path + "' is '" + shortened(given) + "', which is not " + article(type),
          says(schema));
    }
  }

  private static List<Object> list(String tool, String path, Schema schema, Object given) {
    @SuppressWarnings("unchecked")
    var items = new Schema((Map<String, Object>) schema.json().getOrDefault("items", Map.of()));
    var values = new ArrayList<Object>();
    var list = given instanceof List<?> many ? many : List.of(given);
    for (int i = 0; i < list.size(); i++) {
      values.add(value(tool, path + "[" + i + "]", items, list.get(i)));
    }
    return List.copyOf(values);
  }

  private static String string(Schema schema, Object given) {
    if (given instanceof Map || given instanceof List) {
      throw new IllegalArgumentException();
    }
    var string = String.valueOf(given);
    if (schema.json().get("enum") instanceof List<?> allowed && !allowed.contains(string)) {
      throw new IllegalArgumentException();
    }
    return string;
  }

  private static long wholeNumber(Object given) {
    if (given instanceof Double number) {
      if (number != Math.rint(number)) {
        throw new IllegalArgumentException();
      }
      return number.longValue();
    }
    return Long.parseLong(String.valueOf(given).strip());
  }

  private static long inRange(Schema schema, long number) {
    if ((schema.json().get("minimum") instanceof Number least && number < least.longValue())
        || (schema.json().get("maximum") instanceof Number most && number > most.longValue())) {
      throw new IllegalArgumentException();
    }
    return number;
  }

  private static boolean truth(Object given) {
    return switch (String.valueOf(given)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static String says(Schema schema) {
    var json = new LinkedHashMap<>(schema.json());
    json.remove("x-secret");
    return "the schema says " + json;
  }

  private static String article(String type) {
    return switch (type) {
      case "integer" -> "an allowed whole number";
      case "array", "object" -> "an " + type;
      case "boolean" -> "true or false";
      default -> "an allowed " + type;
    };
  }

  private static String shortened(Object given) {
    var text = String.valueOf(given);
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
