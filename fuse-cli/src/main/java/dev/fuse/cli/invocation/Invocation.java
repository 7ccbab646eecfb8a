package dev.fuse.cli.invocation;

import dev.fuse.cli.home.Environment;
import dev.fuse.cli.terminal.DebugTrace;
import dev.fuse.cli.terminal.Screen;
import dev.fuse.run.Cancellation;
import java.util.Optional;

/**
 * One start of the command: where it was started, how, and what it writes to.
 *
 * @param input standard input, which is read from when it is first asked for
 * @param trace what {@code --debug} writes; empty without it
 */
public record Invocation(
    Environment environment,
    Flags flags,
    Screen screen,
    Lazy<StandardInput> input,
    Cancellation cancellation,
    Optional<DebugTrace> trace) {

  /** Writes data: a text and a line feed. */
  public void data(String text) {
    screen.data(text + "\n");
  }

  /** Tells the person something beside the data. */
  public void note(String text) {
    screen.note(text);
  }
}
