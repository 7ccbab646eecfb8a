package dev.fuse.cli.json;

import dev.fuse.brief.Message;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Decision;
import dev.fuse.run.ToolRequest;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens in a conversation as maps for JSON, and messages back from them. */
public final class EventJson {

  private EventJson() {}

  public static Map<String, Object> of(Message message) {
    return switch (message) {
      case Message.Instructions(var text) -> object("role", "instructions", "text", text);
      case Message.User(var text) -> object("role", "user", "text", text);
      case Message.Assistant(var text, var requests) ->
          object(
              "role",
              "assistant",
              "text",
              text,
              "requests",
              requests.stream().map(EventJson::of).toList());
      case Message.Observation(var request, var tool, var text) ->
          object("role", "observation", "request", request, "tool", tool, "text", text);
    };
  }

  /**
   * The message of a map.
   *
   * @throws IOException if it is none
   */
  public static Message message(@Nullable Object value) throws IOException {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IOException("a message is expected");
    }
    var text = text(map, "text");
    return switch (text(map, "role")) {
      case "instructions" -> new Message.Instructions(text);
      case "user" -> new Message.User(text);
      case "assistant" -> new Message.Assistant(text, requests(map.get("requests")));
      case "observation" -> new Message.Observation(text(map, "request"), text(map, "tool"), text);
      default -> throw new IOException("the role '" + map.get("role") + "' is unknown");
    };
  }

  /** A call without its text, which the transcript has. */
  public static Map<String, Object> of(CallRecord call) {
    var json =
        object(
            "call",
            call.call(),
            "tool",
            call.tool(),
            "arguments",
            call.arguments(),
            "summary",
            call.summary(),
            "effects",
            call.effects().stream().map(EventJson::of).toList(),
            "verdict",
            verdict(call.ruling()),
            "rule",
            call.ruling().rule(),
            "outcome",
            call.outcome(),
            "millis",
            call.millis());
    if (!call.output().isEmpty()) {
      json.put("output", call.output());
      json.put("lines", call.lines());
    }
    if (!call.findings().isEmpty()) {
      json.put("findings", JsonReport.findings(call));
    }
    call.failure()
        .ifPresent(
            failed ->
                json.put("failure", object("problem", failed.problem(), "hint", failed.hint())));
    call.structured().ifPresent(value -> json.put("result", value));
    return json;
  }

  public static Map<String, Object> of(Effect effect) {
    return object(
        "verb",
        lower(effect.verb()),
        "system",
        effect.target().system(),
        "target",
        effect.target().coordinates(),
        "risk",
        lower(effect.risk()),
        "leavesMachine",
        effect.leavesMachine());
  }

  public static Map<String, Object> of(Finding finding) {
    return object(
        "severity",
        lower(finding.severity()),
        "subject",
        finding.subject(),
        "seen",
        finding.seen(),
        "cause",
        finding.cause(),
        "next",
        finding.next(),
        "notChecked",
        finding.notChecked());
  }

  /** {@code allow}, {@code ask} (whatever was answered), {@code deny}, or {@code none}. */
  public static String verdict(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> allowed.asked() ? "ask" : "allow";
      case Decision.Refused refused ->
          switch (refused.by()) {
            case RULE, PLAN -> "deny";
            case PERSON, NOBODY -> "ask";
          };
      case Decision.Edited _, Decision.Stopped _ -> "ask";
      case Decision.Unruled _ -> "none";
    };
  }

  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A map of pairs, in order. */
  public static Map<String, Object> object(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /**
   * The text of that name.
   *
   * @throws IOException if there is none
   */
  public static String text(Map<?, ?> map, String name) throws IOException {
    if (map.get(name) instanceof String text) {
      return text;
    }
    throw new IOException("'" + name + "' is missing");
  }

  private static Map<String, Object> of(ToolRequest request) {
    var json = object("id", request.id(), "tool", request.tool(), "json", request.json());
    request.problem().ifPresent(problem -> json.put("problem", problem));
    return json;
  }

  private static List<ToolRequest> requests(@Nullable Object value) throws IOException {
    var requests = new ArrayList<ToolRequest>();
    for (var item : value instanceof List<?> list ? list : List.of()) {
      if (!(item instanceof Map<?, ?> map)) {
        throw new IOException("a request is expected");
      }
      var json = text(map, "json");
      var problem = Optional.ofNullable(map.get("problem")).map(String::valueOf);
      requests.add(
          new ToolRequest(text(map, "id"), text(map, "tool"), json, arguments(json), problem));
    }
    return requests;
  }

  @SuppressWarnings("NullAway") // a model's null argument is what it was when it was first read
  private static Map<String, Object> arguments(String json) {
    try {
      return Json.object(json);
    } catch (IOException _) {
      return Map.of();
    }
  }
}
