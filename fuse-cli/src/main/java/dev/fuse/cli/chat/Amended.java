package dev.fuse.cli.chat;

import dev.fuse.agent.Outcome;

/** Outcomes with another answer than the agent's own. */
final class Amended {

  private Amended() {}

  /** Failed as it was, with what Fuse found by itself as its answer. */
  static Outcome withFindings(Outcome failed, Outcome alone) {
    return new Outcome(
        failed.status(),
        alone.answer(),
        failed.problem(),
        failed.hint(),
        true,
        alone.classification(),
        alone.scenario(),
        alone.lacking(),
        alone.evidence(),
        failed.calls(),
        failed.turns(),
        failed.usage(),
        failed.transcript());
  }

  /** The same with this answer. */
  static Outcome answering(Outcome outcome, String answer) {
    return with(outcome, outcome.status(), answer, outcome.problem());
  }

  /** Failed for this reason. */
  static Outcome failed(Outcome outcome, String problem) {
    return with(outcome, Outcome.Status.FAILED, outcome.answer(), problem);
  }

  private static Outcome with(
      Outcome outcome, Outcome.Status status, String answer, String problem) {
    return new Outcome(
        status,
        answer,
        problem,
        outcome.hint(),
        outcome.withModel(),
        outcome.classification(),
        outcome.scenario(),
        outcome.lacking(),
        outcome.evidence(),
        outcome.calls(),
        outcome.turns(),
        outcome.usage(),
        outcome.transcript());
  }
}
