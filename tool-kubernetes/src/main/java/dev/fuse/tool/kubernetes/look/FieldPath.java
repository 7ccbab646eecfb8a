package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A way to one field: names parted by dots, {@code [0]} of a list, {@code [type=Ready]} or {@code
 * [?(@.type=="Ready")]} for the first item with that value, {@code ['a.b/c']} for a name with dots.
 *
 * @param steps names, and what stands in brackets
 */
record FieldPath(String text, List<String> steps) {

  private static final Pattern STEP =
      Pattern.compile(
          "\\.?([A-Za-z0-9_/-]+(?:\\\\\\.[A-Za-z0-9_/-]+)*)"
              + "|\\[(\\d{1,6})]"
              + "|\\.?\\[['\"]([^'\"]+)['\"]]"
              + "|\\[\\?\\(@\\.([A-Za-z0-9_]+)\\s*==\\s*['\"]?([^'\")]*)['\"]?\\)]"
              + "|\\[([A-Za-z0-9_]+)=([^\\]]*)]");

  FieldPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws ToolFailure if it is none of these
   */
  static FieldPath of(String text) {
    var steps = new ArrayList<String>();
    var match = STEP.matcher(text);
    int end = 0;
    while (match.find(end) && match.start() == end) {
      steps.add(step(match));
      end = match.end();
    }
    if (end < text.length() || steps.isEmpty()) {
      throw ToolFailure.invalid(
          "'" + Problems.shown(text) + "' is not a path to a field",
          "write it as spec.containers[0].image or status.conditions[type=Ready].status");
    }
    return new FieldPath(text, steps);
  }

  private static String step(java.util.regex.Matcher match) {
    if (match.group(1) != null) {
      return "." + match.group(1).replace("\\.", ".");
    }
    if (match.group(2) != null) {
      return "#" + match.group(2);
    }
    if (match.group(3) != null) {
      return "." + match.group(3);
    }
    return match.group(4) != null
        ? "?" + match.group(4) + "=" + match.group(5)
        : "?" + match.group(6) + "=" + match.group(7);
  }

  /** The scalar there as text. */
  Optional<String> read(Json object) {
    return Optional.ofNullable(value(object))
        .filter(value -> !(value instanceof Map || value instanceof List))
        .map(String::valueOf);
  }

  /** What is there; a list in between is looked into item by item. */
  @Nullable Object value(Json object) {
    return follow(object.fields(), 0);
  }

  private @Nullable Object follow(@Nullable Object at, int index) {
    if (at == null || index == steps.size()) {
      return at;
    }
    var step = steps.get(index);
    return switch (at) {
      case Map<?, ?> map when step.startsWith(".") -> follow(map.get(step.substring(1)), index + 1);
      case List<?> list when step.startsWith("#") -> follow(item(list, step), index + 1);
      case List<?> list when step.startsWith("?") -> follow(chosen(list, step), index + 1);
      case List<?> list -> each(list, index);
      default -> null;
    };
  }

  private @Nullable Object each(List<?> list, int index) {
    var found = new ArrayList<Object>();
    for (var item : list) {
      var value = follow(item, index);
      if (value != null) {
        found.add(value);
      }
    }
    return found.isEmpty() ? null : found;
  }

  private static @Nullable Object item(List<?> list, String step) {
    int index = Integer.parseInt(step.substring(1));
    return index < list.size() ? list.get(index) : null;
  }

  private static @Nullable Object chosen(List<?> list, String step) {
    int equals = step.indexOf('=');
    var key = step.substring(1, equals);
    var wanted = step.substring(equals + 1);
    return list.stream()
        .filter(item -> Json.of(item).text(key).equals(wanted))
        .findFirst()
        .orElse(null);
  }
}
