package dev.fuse.agent;

import dev.fuse.gate.Decision;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Finding;
import dev.fuse.spi.Scenario;
import dev.fuse.spi.ScenarioClassifier.Classification;
import dev.fuse.spi.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens while a prompt is answered, in order; everything in it is masked already. */
public sealed interface AgentEvent {

  /** The question was classified; {@code chosen} guides the answer. */
  record Classified(Classification classification, Optional<Scenario> chosen)
      implements AgentEvent {}

  /**
   * A call begins.
   *
   * @param evidence whether a scenario asked for it, before the model
   */
  record CallStarted(
      String call, String tool, Map<String, Object> arguments, String summary, boolean evidence)
      implements AgentEvent {}

  /** A call says how far it is. */
  record CallProgress(String call, String message) implements AgentEvent {}

  /** A call has ended, or was not run. */
  record CallEnded(CallRecord call) implements AgentEvent {}

  /** The model is asked; turns count from 1. */
  record TurnStarted(int turn, int tools, int estimatedTokens) implements AgentEvent {}

  /** The model's text, as it comes. */
  record TextDelta(String text) implements AgentEvent {}

  /** The model's text of this turn is whole; {@code last} where it is the answer. */
  record TextEnded(boolean last) implements AgentEvent {}

  /** A try to reach the model failed and another follows. */
  record Retrying(String why, long afterMillis) implements AgentEvent {}

  /** A message joined the transcript. */
  record Said(Message message) implements AgentEvent {}

  /** Something that the person should know. */
  record Noted(String text) implements AgentEvent {}

  /** The run is over. */
  record Ended(Outcome outcome) implements AgentEvent {}

  /**
   * A call and what became of it.
   *
   * @param call counts from {@code c1} in a conversation
   * @param ruling ALLOW, ASK or DENY with how it was decided, in words: {@code allowed by …}
   * @param outcome {@code ok}, {@code refused}, or the kind of failure in lower case
   * @param text what the model is given
   * @param output the id under which the whole output is kept; empty where none is
   * @param lines of the whole output
   */
  record CallRecord(
      String call,
      String tool,
      Map<String, Object> arguments,
      String summary,
      List<Effect> effects,
      Decision ruling,
      String outcome,
      String text,
      String output,
      List<Finding> findings,
      Optional<Object> structured,
      Optional<ToolResult.Failed> failure,
      long millis,
      long lines,
      boolean evidence) {
    public CallRecord {
      effects = List.copyOf(effects);
      findings = List.copyOf(findings);
    }

    /** A call that was not run, or not again. */
    static CallRecord unrun(
        String call,
        String tool,
        Map<String, Object> arguments,
        Decision ruling,
        String outcome,
        String text) {
      return new CallRecord(
          call,
          tool,
          arguments,
          "",
          List.of(),
          ruling,
          outcome,
          text,
          "",
          List.of(),
          Optional.empty(),
          Optional.empty(),
          0,
          0,
          false);
    }

    CallRecord about(String what, List<Effect> does) {
      return new CallRecord(
          call,
          tool,
          arguments,
          what,
          does,
          ruling,
          outcome,
          text,
          output,
          findings,
          structured,
          failure,
          millis,
          lines,
          evidence);
    }

    CallRecord because(ToolResult.Failed why) {
      return new CallRecord(
          call,
          tool,
          arguments,
          summary,
          effects,
          ruling,
          outcome,
          text,
          output,
          findings,
          structured,
          Optional.of(why),
          millis,
          lines,
          evidence);
    }

    CallRecord asEvidence() {
      return new CallRecord(
          call,
          tool,
          arguments,
          summary,
          effects,
          ruling,
          outcome,
          text,
          output,
          findings,
          structured,
          failure,
          millis,
          lines,
          true);
    }

    public boolean ok() {
      return outcome.equals("ok");
    }
  }
}
