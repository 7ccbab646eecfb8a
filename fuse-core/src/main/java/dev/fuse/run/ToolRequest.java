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
    String id, String tool, String json, Map<String, Object> arguments, Optional<String> problem) {}
