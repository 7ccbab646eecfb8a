package dev.fuse.cli.session;

import dev.fuse.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line of the audit, for people.
 *
 * @param fields as they were written
 */
public record AuditLine(Map<String, @Nullable Object> fields) {

  /** The text of that name, safe to print; empty where there is none. */
  public String text(String name) {
    return fields.get(name) instanceof String text ? Printable.line(text) : "";
  }

  /** Names the call among those of all conversations. */
  public String call() {
    return text("conversation") + " " + text("call");
  }

  /** Whether it only says that a call has begun. */
  public boolean begun() {
    return text("outcome").equals("begun");
  }

  /** Whether the call was to change something, as far as is known. */
  public boolean changes() {
    return !(fields.get("effects") instanceof List<?> effects)
        || effects.stream()
            .anyMatch(
                effect ->
                    effect instanceof Map<?, ?> map
                        && !String.valueOf(map.get("verb")).startsWith("read"));
  }

  /** What the call did, on what. */
  public String what() {
    return Printable.line(words());
  }

  private String words() {
    if (fields.get("undid") instanceof Map<?, ?> undid) {
      return "took back " + undid.get("tool") + " " + undid.get("summary");
    }
    if (fields.get("effects") instanceof List<?> effects && !effects.isEmpty()) {
      var more = effects.size() > 1 ? " and " + (effects.size() - 1) + " more" : "";
      return effect(effects.getFirst()) + more;
    }
    return String.valueOf(fields.get("arguments"));
  }

  private static String effect(Object effect) {
    if (!(effect instanceof Map<?, ?> map) || !(map.get("target") instanceof Map<?, ?> target)) {
      return "";
    }
    var coordinates =
        target.entrySet().stream()
            .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());
    return map.get("verb") + " " + map.get("system") + coordinates;
  }
}
