package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolResult;

/** Finds what is wrong. */
final class Diagnosis {

  private Diagnosis() {}

  static Action prepare(Access access, Arguments arguments) {
    var place = access.place(arguments);
    return Action.of(
        "diagnose " + place.words(), place.reads("", ""), _ -> ToolResult.ok(place.words()));
  }
}
