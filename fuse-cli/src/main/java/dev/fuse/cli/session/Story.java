package dev.fuse.cli.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A conversation as a person reads it: prompts, answers and one line for each call. */
public record Story(List<Part> parts) {

  /** One thing that was said or done. */
  public sealed interface Part {
    /** What the person asked. */
    record Asked(String text) implements Part {}

    /** What was answered. */
    record Answered(String text) implements Part {}

    /** A call and what came of it. */
    record Called(String tool, String summary, String outcome) implements Part {}
  }

  public Story {
    parts = List.copyOf(parts);
  }

  /** Of a saved conversation's events. */
  public static Story of(List<Map<String, @Nullable Object>> events) {
    var parts = new ArrayList<Part>();
    boolean named = false;
    for (var event : events) {
      switch (text(event, "type")) {
        case "asked" -> {
          parts.add(new Part.Asked(text(event, "prompt")));
          named = true;
        }
        case "said" -> {
          if (event.get("message") instanceof Map<?, ?> message) {
            said(message, named, parts);
          }
        }
        case "call-ended" -> {
          if (event.get("call") instanceof Map<?, ?> call) {
            parts.add(
                new Part.Called(text(call, "tool"), text(call, "summary"), text(call, "outcome")));
          }
        }
        case "ended" -> answered(text(event, "answer"), parts);
        default -> {}
      }
    }
    return new Story(parts);
  }

  private static void said(Map<?, ?> message, boolean named, List<Part> parts) {
    var text = text(message, "text");
    if (text(message, "role").equals("assistant")) {
      answered(text, parts);
    } else if (text(message, "role").equals("user") && !named) {
      // Conversations of an older version keep no prompt of its own.
      parts.add(new Part.Asked(text));
    }
  }

  private static void answered(String text, List<Part> parts) {
    if (!text.isBlank()) {
      parts.add(new Part.Answered(text.strip()));
    }
  }

  /** The last prompt and what followed it. */
  public Story last() {
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (parts.get(i) instanceof Part.Asked) {
        return new Story(parts.subList(i, parts.size()));
      }
    }
    return this;
  }

  private static String text(Map<?, ?> map, String key) {
    return Optional.ofNullable(map.get(key)).map(String::valueOf).orElse("");
  }
}
