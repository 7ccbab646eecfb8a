package dev.fuse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fuse.testkit.Reply.Ends;
import dev.fuse.testkit.Script.Condition;
import dev.fuse.testkit.Script.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a {@link Script} from JSON; docs/scripted-model.md describes it. */
final class ScriptReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ScriptReader() {}

  static Script read(String json) throws IOException {
    var root = JSON.readTree(json);
    if (root.isArray()) {
      return new Script(List.of(), replies(root), Reply.says("done"));
    }
    known(root, "a script", Set.of("rules", "replies", "fallback", "comment"));
    var rules = new ArrayList<Script.Rule>();
    for (var rule : root.path("rules")) {
      rules.add(rule(rule));
    }
    var fallback = root.has("fallback") ? reply(root.get("fallback")) : Reply.says("done");
    return new Script(rules, replies(root.path("replies")), fallback);
  }

  private static Script.Rule rule(JsonNode rule) throws IOException {
    known(rule, "a rule", Set.of("name", "when", "reply", "replies", "times", "comment"));
    var replies =
        rule.has("reply") ? List.of(reply(rule.get("reply"))) : replies(rule.path("replies"));
    if (replies.isEmpty()) {
      throw new IOException("a rule has no reply: " + rule);
    }
    int times = rule.has("times") ? rule.get("times").asInt() : Integer.MAX_VALUE;
    return new Script.Rule(conditions(rule.path("when")), replies, times);
  }

  private static List<Condition> conditions(JsonNode when) throws IOException {
    var conditions = new ArrayList<Condition>();
    for (var entry : when.properties()) {
      var value = entry.getValue();
      conditions.add(
          switch (entry.getKey()) {
            case "turn" ->
                value.isArray()
                    ? new Script.Turn(value.get(0).asInt(), value.get(1).asInt(Integer.MAX_VALUE))
                    : new Script.Turn(value.asInt(), value.asInt());
            case "has_tool" -> new Script.Offers(pattern(value));
            case "not" -> new Script.Not(conditions(value));
            case "model", "system", "user", "last", "tool_result", "tool" ->
                new Script.Finds(
                    Part.valueOf(entry.getKey().toUpperCase(Locale.ROOT)), pattern(value));
            default -> throw new IOException("a rule cannot ask for '" + entry.getKey() + "'");
          });
    }
    return conditions;
  }

  private static Pattern pattern(JsonNode value) throws IOException {
    try {
      return Pattern.compile(value.asText(), Pattern.DOTALL);
    } catch (java.util.regex.PatternSyntaxException e) {
      throw new IOException("'" + value.asText() + "' is no pattern: " + e.getDescription(), e);
    }
  }

  private static List<Reply> replies(JsonNode array) throws IOException {
    var replies = new ArrayList<Reply>();
    for (var node : array) {
      replies.add(reply(node));
    }
    return replies;
  }

  private static Reply reply(JsonNode node) throws IOException {
    if (node.isTextual()) {
      return Reply.says(node.asText());
    }
    known(
        node,
        "a reply",
        Set.of(
            "text",
            "tool_calls",
            "finish_reason",
            "usage",
            "latency_ms",
            "chunk_chars",
            "chunk_delay_ms",
            "fault",
            "comment"));
    var calls = new ArrayList<Reply.Call>();
    for (var call : node.path("tool_calls")) {
      calls.add(new Reply.Call(call.path("name").asText(), arguments(call.path("arguments"))));
    }
    var reply =
        Reply.says(node.path("text").asText())
            .calling(calls.toArray(Reply.Call[]::new))
            .finishing(node.path("finish_reason").asText())
            .paced(
                new Reply.Pace(
                    node.path("latency_ms").asInt(),
                    node.path("chunk_delay_ms").asInt(),
                    node.path("chunk_chars").asInt()));
    var usage = node.path("usage");
    var counted =
        usage.isObject()
            ? reply.using(
                usage.path("prompt_tokens").asLong(), usage.path("completion_tokens").asLong())
            : reply;
    return node.has("fault") ? counted.failing(fault(node.get("fault"))) : counted;
  }

  private static Map<String, Object> arguments(JsonNode node) {
    var arguments = new LinkedHashMap<String, Object>();
    node.properties()
        .forEach(
            entry ->
                arguments.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class)));
    return arguments;
  }

  private static Reply.Fault fault(JsonNode node) throws IOException {
    var type = node.isTextual() ? node.asText() : node.path("type").asText();
    int events = node.path("after_chunks").asInt(1);
    return switch (type) {
      case "status" -> {
        int status = node.path("status").asInt(500);
        var message = node.path("message").asText("scripted error " + status);
        yield new Reply.Status(status, node.path("retry_after").asText(), message);
      }
      case "html" -> new Reply.Html();
      case "hang" -> new Ends(Ends.How.HANGS, node.path("after_chunks").asInt(0));
      case "reset" -> new Ends(Ends.How.RESET, events);
      case "cut" -> new Ends(Ends.How.CUT, events);
      case "truncate" -> new Ends(Ends.How.TRUNCATED, events);
      case "error_event" -> new Ends(Ends.How.ERROR_EVENT, events);
      case "malformed_json" -> new Ends(Ends.How.MALFORMED, events);
      case "no_done" -> new Reply.NoDone();
      case "malformed_args" -> new Reply.MalformedArguments();
      case "empty" -> new Reply.NoChoices();
      default -> throw new IOException("there is no fault '" + type + "'");
    };
  }

  private static void known(JsonNode node, String what, Set<String> keys) throws IOException {
    for (var entry : node.properties()) {
      if (!keys.contains(entry.getKey())) {
        throw new IOException(what + " has no '" + entry.getKey() + "'; it has " + keys);
      }
    }
  }
}
