package dev.fuse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A request as a script sees it: the texts of a conversation, by who said them. */
record Asked(
    String model,
    String system,
    String user,
    String last,
    String results,
    List<String> resultTools,
    List<String> tools,
    int turn) {

  /** Reads the body of {@code POST /v1/chat/completions}. */
  static Asked of(JsonNode body) {
    var messages = nodes(body.path("messages"));
    var user = "";
    int turn = 0;
    var results = new ArrayList<String>();
    for (var message : messages) {
      switch (message.path("role").asText()) {
        case "user" -> {
          user = content(message);
          turn = 0;
          results.clear();
        }
        case "assistant" -> {
          turn++;
          results.clear();
        }
        case "tool" -> results.add(content(message));
        default -> {}
      }
    }
    return new Asked(
        body.path("model").asText(),
        of(messages, "system"),
        user,
        messages.isEmpty() ? "" : content(messages.getLast()),
        String.join("\n", results),
        resultTools(messages),
        nodes(body.path("tools")).stream().map(tool -> tool.at("/function/name").asText()).toList(),
        turn);
  }

  /** The tools whose results stand last. */
  private static List<String> resultTools(List<JsonNode> messages) {
    var called =
        messages.stream()
            .filter(message -> message.path("role").asText().equals("assistant"))
            .map(message -> message.path("tool_calls"))
            .reduce((_, later) -> later);
    boolean answered =
        !messages.isEmpty() && messages.getLast().path("role").asText().equals("tool");
    return answered && called.isPresent()
        ? nodes(called.get()).stream().map(call -> call.at("/function/name").asText()).toList()
        : List.of();
  }

  private static String of(List<JsonNode> messages, String role) {
    return messages.stream()
        .filter(message -> message.path("role").asText().equals(role))
        .map(Asked::content)
        .collect(Collectors.joining("\n"));
  }

  private static String content(JsonNode message) {
    var content = message.path("content");
    return content.isTextual()
        ? content.asText()
        : nodes(content).stream()
            .map(part -> part.path("text").asText())
            .collect(Collectors.joining("\n"));
  }

  private static List<JsonNode> nodes(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
