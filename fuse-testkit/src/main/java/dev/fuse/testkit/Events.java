package dev.fuse.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A reply as the chunks of a streamed chat completion. */
final class Events {

  private final List<String> events = new ArrayList<>();
  private final ObjectMapper json;
  private final String id = UUID.randomUUID().toString();

  private Events(ObjectMapper json) {
    this.json = json;
  }

  static List<String> of(Reply reply, ObjectMapper json) throws JsonProcessingException {
    var events = new Events(json);
    if (reply.fault().orElse(null) instanceof Reply.NoChoices) {
      events.add(Map.of("choices", List.of()));
      return events.events;
    }
    for (var piece : pieces(reply.text(), reply.pace().characters())) {
      events.add(chunk(Map.of("content", piece), null));
    }
    events.calls(reply);
    var finish = reply.calls().isEmpty() ? "stop" : "tool_calls";
    events.add(chunk(Map.of(), reply.finish().isEmpty() ? finish : reply.finish()));
    var usage = reply.usage();
    events.add(
        Map.of(
            "choices",
            List.of(),
            "usage",
            Map.of(
                "prompt_tokens", usage.input(),
                "completion_tokens", usage.output(),
                "total_tokens", usage.input() + usage.output())));
    return events.events;
  }

  /** A call comes in two parts, as from the service: its name, then its arguments. */
  private void calls(Reply reply) throws JsonProcessingException {
    boolean broken = reply.fault().orElse(null) instanceof Reply.MalformedArguments;
    for (int i = 0; i < reply.calls().size(); i++) {
      var call = reply.calls().get(i);
      var arguments = json.writeValueAsString(call.arguments());
      var given = broken ? arguments.substring(0, arguments.length() / 2) : arguments;
      add(
          delta(
              Map.of(
                  "index",
                  i,
                  "id",
                  "call_" + i + "_" + id,
                  "type",
                  "function",
                  "function",
                  Map.of("name", call.tool(), "arguments", ""))));
      add(delta(Map.of("index", i, "function", Map.of("arguments", given))));
    }
  }

  private void add(Map<String, Object> event) throws JsonProcessingException {
    var whole = new LinkedHashMap<String, Object>();
    whole.put("id", "chatcmpl-" + id);
    whole.put("object", "chat.completion.chunk");
    whole.put("model", "scripted");
    whole.putAll(event);
    events.add(json.writeValueAsString(whole));
  }

  private static Map<String, Object> delta(Map<String, Object> call) {
    return chunk(Map.of("tool_calls", List.of(call)), null);
  }

  private static Map<String, Object> chunk(Map<String, Object> delta, @Nullable String finish) {
    var choice = new LinkedHashMap<String, @Nullable Object>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", finish);
    return Map.of("choices", List.of(choice));
  }

  private static List<String> pieces(String text, int characters) {
    if (text.isEmpty()) {
      return List.of();
    }
    if (characters <= 0) {
      return List.of(text.split("(?<=\\s)", -1)).stream().filter(word -> !word.isEmpty()).toList();
    }
    var pieces = new ArrayList<String>();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + characters);
      // A character of two halves stays whole.
      end += end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
      pieces.add(text.substring(at, end));
      at = end;
    }
    return pieces;
  }
}
