package dev.fuse.tool.fs.file;

import dev.fuse.spi.ToolFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path into data: {@code spec.containers[0].image}, {@code ["a.key"]}, {@code *} and {@code [*]}
 * for every one.
 */
record DataPath(String text, List<String> steps) {

  private static final Pattern STEP =
      Pattern.compile(
          "\\G\\.?(?:\\[\\s*(?:\"([^\"]*)\"|'([^']*)'|(-?\\d+|\\*))\\s*]|\"([^\"]+)\"|([^.\\[\\]\"]+))");

  static DataPath parse(String text) {
    var steps = new ArrayList<String>();
    var rest = text.strip().startsWith("$") ? text.strip().substring(1) : text.strip();
    var matcher = STEP.matcher(rest);
    int end = 0;
    while (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          steps.add(matcher.group(group));
        }
      }
      end = matcher.end();
    }
    if (end < rest.length() && !rest.equals(".")) {
      throw ToolFailure.invalid(
          "path '" + text + "' is not understood from '" + rest.substring(end) + "' on",
          "write it like spec.containers[0].image or [\"a.key\"].*");
    }
    return new DataPath(text, List.copyOf(steps));
  }

  /** What it leads to, by the place where each was found. */
  Map<String, Object> find(Object root) {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("", root);
    for (var step : steps) {
      var next = new LinkedHashMap<String, Object>();
      found.forEach((at, value) -> step(at, value, step, next));
      found = next;
    }
    return found;
  }

  private static void step(String at, Object value, String step, Map<String, Object> next) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach(
              (key, below) -> {
                if (step.equals("*") || step.equals(String.valueOf(key))) {
                  next.put(at.isEmpty() ? String.valueOf(key) : at + "." + key, or(below));
                }
              });
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          boolean wanted =
              step.equals("*")
                  || step.equals(String.valueOf(i))
                  || step.equals(String.valueOf(i - list.size()));
          if (wanted) {
            next.put(at + "[" + i + "]", or(list.get(i)));
          }
        }
      }
      default -> {}
    }
  }

  private static Object or(@Nullable Object value) {
    return value == null ? "null" : value;
  }
}
