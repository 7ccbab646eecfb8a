package dev.fuse.tool.fs.file;

import dev.fuse.spi.Action;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.Verb;
import dev.fuse.tool.fs.place.Location;
import java.util.List;
import java.util.function.Supplier;

/**
 * Prepares a change whose refusal would tell what stands in a file. Where the file is read only
 * after asking, the refusal waits for the answer too: else a failed edit would be a way to read.
 */
final class GuardedLook {

  private GuardedLook() {}

  static Action prepare(String what, List<Location> locations, Supplier<Action> preparation) {
    if (locations.stream().allMatch(location -> location.reading().verb() == Verb.READ)) {
      return preparation.get();
    }
    try {
      return preparation.get();
    } catch (ToolFailure e) {
      var failed = e.result();
      var later =
          new ToolFailure(failed.kind(), failed.problem(), "read the file before it is changed");
      var effects = locations.stream().map(location -> location.changing(Verb.UPDATE)).toList();
      return Action.of(
              what + " " + locations.getFirst().shown(),
              effects,
              call -> {
                throw later;
              })
          .showing(() -> Preview.text(what, "this will not work: " + failed.problem() + "\n"));
    }
  }
}
