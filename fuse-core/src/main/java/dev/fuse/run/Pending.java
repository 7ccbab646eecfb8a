package dev.fuse.run;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import java.util.List;

/** A request that has been prepared; what travels between the stages. */
public sealed interface Pending {

  ToolRequest request();

  /**
   * It can be ruled on.
   *
   * @param flows from where to where a secret would go, one sentence each; each makes it ask
   * @param call what its body is run with are made with
   */
  record Ready(
      ToolRequest request,
      ToolSpec spec,
      Arguments arguments,
      Action action,
      List<String> flows,
      HostCall call)
      implements Pending {

    /** What an approval is for. */
    public String approval() {
      return Canonical.hash(
          spec.name(),
          Canonical.text(arguments.values()),
          action.version().orElse(""),
          action.effects().toString());
    }

    public boolean reads() {
      return action.effects().stream().allMatch(effect -> effect.verb().reads());
    }

    public Risk risk() {
      return action.effects().stream().map(e -> e.risk()).reduce(Risk.NONE, Risk::or);
    }
  }

  /** It makes no call; the model is told why. */
  record Rejected(ToolRequest request, ToolResult.Failed reason) implements Pending {}
}
