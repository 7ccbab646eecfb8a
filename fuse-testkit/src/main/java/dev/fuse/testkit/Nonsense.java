package dev.fuse.testkit;

import dev.fuse.spi.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values that a schema allows and nobody expects. */
final class Nonsense {

  private static final List<Object> STRINGS =
      List.of(
          "",
          " ",
          "no-such-thing",
          "../../no-such",
          "-rf",
          "*",
          "(",
          "a\u0000b",
          "\u001b[2J\n",
          "⟦secret:x#1⟧",
          "x".repeat(5_000));

  private Nonsense() {}

  static List<Object> of(Schema schema) {
    if (schema.json().containsKey("enum")) {
      return List.of();
    }
    return switch (String.valueOf(schema.json().get("type"))) {
      case "string" -> STRINGS;
      case "integer" -> bounds(schema);
      case "array" -> List.of(List.of(), List.copyOf(items(schema)));
      case "object" -> List.of(Map.of());
      default -> List.of();
    };
  }

  private static List<Object> items(Schema array) {
    return array.json().get("items") instanceof Map<?, ?> items
            && "string".equals(items.get("type"))
            && !items.containsKey("enum")
        ? STRINGS
        : List.of();
  }

  /** The smallest and largest that the schema allows, and those of an int where it does not say. */
  private static List<Object> bounds(Schema schema) {
    var bounds = new ArrayList<Object>();
    bounds.add(limit(schema, "minimum", Integer.MIN_VALUE));
    bounds.add(limit(schema, "maximum", Integer.MAX_VALUE));
    return bounds;
  }

  private static long limit(Schema schema, String keyword, long otherwise) {
    return schema.json().get(keyword) instanceof Number number ? number.longValue() : otherwise;
  }
}
