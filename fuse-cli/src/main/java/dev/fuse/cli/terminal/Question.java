package dev.fuse.cli.terminal;

import dev.fuse.gate.Cancellation;
import java.util.Optional;

/**
 * A question of Fuse's own on the controlling terminal; never the confirmation of a call.
 *
 * @param tty where it is asked
 */
public record Question(Tty tty) implements AutoCloseable {

  /** A place to ask; empty where there is no controlling terminal. */
  public static Optional<Question> open() {
    return Tty.open().map(Question::new);
  }

  /** The answer, without white space around it; empty if it was cancelled. */
  public Optional<String> ask(String question, Cancellation cancellation) {
    return new Dialogue(tty, cancellation).ask(question);
  }

  @Override
  public void close() {
    tty.close();
  }
}
