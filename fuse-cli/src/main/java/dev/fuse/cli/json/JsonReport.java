package dev.fuse.cli.json;

import dev.fuse.agent.AgentEvent;
import dev.fuse.agent.Outcome;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Decision;
import dev.fuse.rule.Rule;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import dev.fuse.scenario.ScenarioClassifier.Clue;
import dev.fuse.scenario.ScenarioClassifier.Fit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code -o json} and {@code -o stream-json} print; {@code docs/output.schema.json} says it.
 */
public final class JsonReport {

  private JsonReport() {}

  /**
   * The object for a prompt that was answered, or not.
   *
   * @param session the id of the conversation, where it is saved
   */
  public static Map<String, Object> of(
      Outcome outcome, ExitCode exitCode, Optional<String> session) {
    var json =
        EventJson.object(
            "answer",
            outcome.answer(),
            "exitCode",
            exitCode.code(),
            "scenario",
            scenario(outcome.scenario(), outcome.classification()),
            "notChecked",
            outcome.lacking(),
            "evidence",
            outcome.evidence().stream().map(EventJson::of).toList(),
            "calls",
            outcome.calls().stream().map(EventJson::of).toList(),
            "denials",
            Stream.concat(outcome.evidence().stream(), outcome.calls().stream())
                .flatMap(call -> denial(call).stream())
                .toList(),
            "usage",
            EventJson.object(
                "turns",
                outcome.turns(),
                "inputTokens",
                outcome.usage().input(),
                "outputTokens",
                outcome.usage().output()),
            "session",
            session);
    if (!outcome.problem().isEmpty()) {
      json.put("error", error(outcome.problem(), outcome.hint()));
    }
    return json;
  }

  /** The object for a prompt that never came to be asked. */
  public static Map<String, Object> of(FuseException failure) {
    var json =
        EventJson.object(
            "answer",
            "",
            "exitCode",
            failure.exitCode().code(),
            "scenario",
            scenario("", Classification.none("")),
            "notChecked",
            List.of(),
            "evidence",
            List.of(),
            "calls",
            List.of(),
            "denials",
            List.of(),
            "usage",
            EventJson.object("turns", 0, "inputTokens", 0, "outputTokens", 0),
            "session",
            Optional.empty());
    json.put("error", error(failure.problem(), failure.hint()));
    return json;
  }

  /** The findings of a call, each with severity, subject, seen, cause, next and notChecked. */
  public static List<Map<String, Object>> findings(CallRecord call) {
    return call.findings().stream().map(EventJson::of).toList();
  }

  /** The first line of {@code -o stream-json}: the conversation, where it is to be saved. */
  public static String begins(Optional<String> session) {
    return Json.write(typed("begins", "session", session));
  }

  /** The last line where a prompt never came to be asked. */
  public static String line(FuseException failure) {
    return Json.write(typed("ended", "status", "failed", "result", of(failure)));
  }

  /** One line of {@code -o stream-json}, without its end. */
  public static String line(AgentEvent event) {
    return line(event, Optional.empty());
  }

  /**
   * The same.
   *
   * @param session the id of the conversation, where it is saved
   */
  public static String line(AgentEvent event, Optional<String> session) {
    return Json.write(
        switch (event) {
          case AgentEvent.Classified(var classification, var chosen) -> {
            var name = chosen.map(dev.fuse.scenario.Scenario::name).orElse("");
            yield typed("classified", "scenario", scenario(name, classification));
          }
          case AgentEvent.CallStarted(var call, var tool, var arguments, var summary, var early) ->
              typed(
                  "call-started",
                  "call",
                  call,
                  "tool",
                  tool,
                  "arguments",
                  arguments,
                  "summary",
                  summary,
                  "evidence",
                  early);
          case AgentEvent.CallProgress(var call, var message) ->
              typed("call-progress", "call", call, "message", message);
          case AgentEvent.CallEnded(var call) ->
              typed("call-ended", "call", EventJson.of(call), "evidence", call.evidence());
          case AgentEvent.TurnStarted(var turn, var tools, var tokens) ->
              typed("turn-started", "turn", turn, "tools", tools, "estimatedTokens", tokens);
          case AgentEvent.TextDelta(var text) -> typed("text-delta", "text", text);
          case AgentEvent.TextEnded(var last) -> typed("text-ended", "answer", last);
          case AgentEvent.Retrying(var why, var millis) ->
              typed("retrying", "why", why, "afterMillis", millis);
          case AgentEvent.Said(var message) -> typed("said", "message", EventJson.of(message));
          case AgentEvent.Noted(var text) -> typed("noted", "text", text);
          case AgentEvent.Ended(var outcome) ->
              typed(
                  "ended",
                  "status",
                  EventJson.lower(outcome.status()),
                  "result",
                  of(outcome, ExitCode.of(outcome), session));
        });
  }

  private static Map<String, Object> typed(String type, Object... pairs) {
    var json = EventJson.object("type", type);
    json.putAll(EventJson.object(pairs));
    return json;
  }

  private static Map<String, Object> scenario(String name, Classification classification) {
    return EventJson.object(
        "name",
        name.isEmpty() ? Optional.empty() : name,
        "verdict",
        name.isEmpty() ? EventJson.lower(classification.fit()) : EventJson.lower(Fit.GUIDE),
        "candidates",
        classification.candidates().stream()
            .map(each -> EventJson.object("name", each.scenario(), "score", each.score()))
            .toList(),
        "clues",
        classification.clues().stream().map(JsonReport::clue).toList());
  }

  private static Map<String, Object> clue(Clue clue) {
    return EventJson.object(
        "sort",
        EventJson.lower(clue.sort()),
        "system",
        clue.system(),
        "text",
        clue.text(),
        "parameters",
        clue.parameters());
  }

  private static Optional<Map<String, Object>> denial(CallRecord call) {
    if (!(call.ruling() instanceof Decision.Refused refused)) {
      return Optional.empty();
    }
    var what =
        EventJson.object("call", call.call(), "tool", call.tool(), "arguments", call.arguments());
    return Optional.of(
        EventJson.object(
            "call",
            what,
            "effects",
            call.effects().stream().map(EventJson::of).toList(),
            "rule",
            refused.rule(),
            "allow",
            Optional.ofNullable(allow(refused.allow()))));
  }

  /** One rule as it is given to {@code --allow}; a list only where one is not enough. */
  private static @Nullable Object allow(List<Rule> rules) {
    if (rules.isEmpty()) {
      return null;
    }
    return rules.size() == 1
        ? rules.getFirst().text()
        : rules.stream().map(Rule::text).distinct().toList();
  }

  private static Map<String, Object> error(String problem, String hint) {
    return EventJson.object("problem", problem, "hint", hint);
  }
}
