package dev.fuse.run;

import java.util.Map;
import java.util.Optional;

/**
 * A model's wish to call a tool.
 *
 * @param id the model's own, echoed in the observation
 * @param json the arguments as the model wrote them
 * @param arguments the same, parsed; empty where {@code problem} says that they are no JSON object
 */
public record ToolRequest(
    String id, String tool, String json, Map<String, Object> arguments, Optional<String> problem) {

  /** More than a model writes in one answer; 1 MB of arguments would fill its window. */
  private static final int LONGEST = 128 * 1024;

  /** The same, or without its arguments where they are too long to be kept and sent again. */
  public ToolRequest capped() {
    if (json.length() <= LONGEST) {
      return this;
    }
    var problem =
        "they are %,d characters long and at most %,d are taken; do it in several smaller calls"
            .formatted(json.length(), LONGEST);
    return new ToolRequest(id, tool, "{}", Map.of(), Optional.of(problem));
  }
}
