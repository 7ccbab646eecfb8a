package dev.fuse.run;

import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Undo;
import dev.fuse.text.Printable;

/** Whether what is to be taken back is still as the change left it. */
public final class Unchanged {

  private Unchanged() {}

  /** The call itself, or its rejection where its target has changed since. */
  public static Pending check(Undo undo, Pending prepared) {
    if (!(prepared instanceof Pending.Ready ready)
        || undo.precondition().isEmpty()
        || undo.precondition().equals(ready.action().version())) {
      return prepared;
    }
    return new Pending.Rejected(
        ready.request(),
        ToolResult.failed(
            Kind.CONFLICT,
            "'"
                + Printable.line(ready.action().effects().getFirst().target().name())
                + "' is not as the change left it: it has changed since, so nothing was taken back",
            "look at what is there now; of several changes to one thing the latest comes first"));
  }
}
