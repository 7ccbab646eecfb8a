package dev.fuse.agent;

import dev.fuse.brief.Message;
import dev.fuse.gate.CallRecord;
import dev.fuse.scenario.Scenario;
import dev.fuse.scenario.ScenarioClassifier.Classification;
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
}
