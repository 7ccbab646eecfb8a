package dev.fuse.cli.model.openai;

import dev.fuse.brief.ChatModel;
import dev.fuse.brief.Message;
import dev.fuse.cli.json.Json;
import dev.fuse.run.ToolRequest;
import dev.fuse.spi.ToolSpec;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests in LangChain4j's classes, with no token that the model does not need. */
final class Requests {

  private Requests() {}

  static ChatRequest of(ChatModel.Request request) {
    var builder =
        ChatRequest.builder().messages(request.messages().stream().map(Requests::of).toList());
    if (!request.tools().isEmpty()) {
      builder.toolSpecifications(request.tools().stream().map(Requests::of).toList());
    }
    return builder.build();
  }

  /** What the model asked for, with arguments parsed and each id there and once. */
  static List<ToolRequest> asked(List<ToolExecutionRequest> calls) {
    var ids = new HashSet<String>();
    var asked = new ArrayList<ToolRequest>();
    for (var call : calls) {
      var id = call.id() == null || call.id().isBlank() ? "call" : call.id();
      asked.add(of(call, ids.add(id) ? id : id + "_" + asked.size()));
    }
    return List.copyOf(asked);
  }

  private static ToolRequest of(ToolExecutionRequest request, String id) {
    var json =
        request.arguments() == null || request.arguments().isBlank() ? "{}" : request.arguments();
    var name = request.name() == null ? "" : request.name();
    try {
      return new ToolRequest(id, name, json, withoutNulls(Json.object(json)), Optional.empty());
    } catch (IOException e) {
      // The transcript must stay one that the service accepts: arguments that are JSON.
      return new ToolRequest(id, name, "{}", Map.of(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static Map<String, Object> withoutNulls(Map<String, ? extends Object> values) {
    var kept = new LinkedHashMap<String, Object>();
    values.forEach(
        (key, value) -> {
          if (value != null) {
            kept.put(key, value);
          }
        });
    return kept;
  }

  private static ChatMessage of(Message message) {
    return switch (message) {
      case Message.Instructions(var text) -> SystemMessage.from(text);
      case Message.User(var text) -> UserMessage.from(text);
      case Message.Observation(var id, var tool, var text) ->
          ToolExecutionResultMessage.from(id, tool, text.isEmpty() ? "(nothing)" : text);
      case Message.Assistant(var text, var requests) -> assistant(text, requests);
    };
  }

  private static AiMessage assistant(String text, List<ToolRequest> requests) {
    var calls =
        requests.stream()
            .map(
                request ->
                    ToolExecutionRequest.builder()
                        .id(request.id())
                        .name(acceptable(request.tool()))
                        .arguments(request.json())
                        .build())
            .toList();
    if (calls.isEmpty()) {
      return AiMessage.from(text);
    }
    return text.isEmpty() ? AiMessage.from(calls) : AiMessage.from(text, calls);
  }

  /** A service refuses to hear again of a tool whose name it let the model make up. */
  private static String acceptable(String tool) {
    var name = tool.replaceAll("[^a-zA-Z0-9_-]", "_");
    return name.isEmpty() ? "unknown" : name.substring(0, Math.min(name.length(), 64));
  }

  private static ToolSpecification of(ToolSpec spec) {
    var parameters = JsonObjectSchema.builder();
    spec.parameters()
        .properties()
        .forEach(
            (name, schema) ->
                parameters.addProperty(name, JsonRawSchema.from(Json.write(bare(schema)))));
    if (!spec.parameters().required().isEmpty()) {
      parameters.required(spec.parameters().required());
    }
    return ToolSpecification.builder()
        .name(spec.name())
        .description(spec.description())
        .parameters(parameters.build())
        .strict(false)
        .build();
  }

  /** Without what is for the host only. */
  private static Map<String, Object> bare(Map<String, Object> schema) {
    var bare = new LinkedHashMap<>(schema);
    bare.remove("x-secret");
    return bare;
  }
}
