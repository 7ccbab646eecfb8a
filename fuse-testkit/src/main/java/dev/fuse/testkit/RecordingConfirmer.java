package dev.fuse.testkit;

import dev.fuse.gate.Confirmer;
import dev.fuse.run.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Somebody who answers as scripted, and no where nothing is scripted. */
public final class RecordingConfirmer implements Confirmer {

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Confirmation> asked = new ArrayList<>();

  /** One that says no. */
  public RecordingConfirmer() {}

  public RecordingConfirmer answering(Answer... next) {
    answers.addAll(List.of(next));
    return this;
  }

  /** What was asked so far. */
  public List<Confirmation> asked() {
    return List.copyOf(asked);
  }

  @Override
  public boolean present() {
    return true;
  }

  @Override
  public Answer ask(Confirmation confirmation, Cancellation cancellation) {
    asked.add(confirmation);
    return answers.isEmpty() ? new Answer.No("") : answers.poll();
  }
}
