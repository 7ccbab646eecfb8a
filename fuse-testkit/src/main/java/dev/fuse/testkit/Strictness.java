package dev.fuse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What OpenAI's service answers with 400. */
final class Strictness {

  private Strictness() {}

  static List<String> violations(JsonNode body) {
    var found = new ArrayList<String>();
    if (!body.path("stream").asBoolean()) {
      found.add("the request is not streamed");
    }
    var tools = body.get("tools");
    if (tools != null && tools.isEmpty()) {
      found.add("tools is an empty list");
    }
    var names = new HashSet<String>();
    for (var tool : body.path("tools")) {
      tool(tool.path("function"), found);
      if (!names.add(tool.at("/function/name").asText())) {
        found.add("the tool '" + tool.at("/function/name").asText() + "' is there twice");
      }
    }
    var open = new HashSet<String>();
    for (var message : body.path("messages")) {
      var role = message.path("role").asText();
      if (role.equals("tool")) {
        if (!open.remove(message.path("tool_call_id").asText())) {
          found.add("a tool result answers no call: " + message.path("tool_call_id").asText());
        }
        continue;
      }
      if (!open.isEmpty()) {
        found.add("calls without a result: " + open);
        open.clear();
      }
      message.path("tool_calls").forEach(call -> open.add(call.path("id").asText()));
    }
    if (!open.isEmpty()) {
      found.add("calls without a result: " + open);
    }
    return found;
  }

  private static void tool(JsonNode function, List<String> found) {
    var name = function.path("name").asText();
    if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
      found.add("the tool name '" + name + "' is not allowed");
    }
    var parameters = function.path("parameters");
    if (!parameters.path("type").asText().equals("object")) {
      found.add("the parameters of '" + name + "' are no object");
    }
    for (var required : parameters.path("required")) {
      if (!parameters.path("properties").has(required.asText())) {
        found.add("'" + name + "' requires '" + required.asText() + "', which it does not have");
      }
    }
  }
}
