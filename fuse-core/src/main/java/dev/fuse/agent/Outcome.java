package dev.fuse.agent;

import dev.fuse.brief.ChatModel;
import dev.fuse.brief.Transcript;
import dev.fuse.gate.CallRecord;
import dev.fuse.scenario.ScenarioClassifier.Classification;
import java.util.List;

/**
 * How a prompt ended.
 *
 * @param answer Markdown: the model's, or the report where there is no model
 * @param problem for the person, where the answer is not whole
 * @param lacking tools that its guidance wants and that are not there, with why
 * @param evidence the calls made before the model was asked
 * @param calls those that the model asked for
 * @param usage tokens as the service counted them
 */
public record Outcome(
    Status status,
    String answer,
    String problem,
    String hint,
    boolean withModel,
    Classification classification,
    String scenario,
    List<String> lacking,
    List<CallRecord> evidence,
    List<CallRecord> calls,
    int turns,
    ChatModel.Usage usage,
    Transcript transcript) {

  public Outcome {
    lacking = List.copyOf(lacking);
    evidence = List.copyOf(evidence);
    calls = List.copyOf(calls);
  }

  /** Why it ended; the host makes an exit code of it. */
  public enum Status {
    DONE,
    /** A call needed a confirmation and nobody was there to give it. */
    UNCONFIRMED,
    /** A rule denied a call that the answer needed, or the person stopped the run. */
    DENIED,
    /** Turns, tokens or time ran out. */
    LIMIT,
    CREDENTIALS,
    /** The model could not be asked, or its answer is not whole. */
    FAILED,
    INTERRUPTED
  }
}
