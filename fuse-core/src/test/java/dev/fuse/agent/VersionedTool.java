package dev.fuse.agent;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Its target has another version the second time it is looked at, and keeps that one. */
record VersionedTool(AtomicInteger looks) implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
          "fs_write",
          "Writes",
          Schema.object().optional("path", Schema.string("A path")),
          new Ceiling(Set.of(Verb.UPDATE), Set.of("files"), Risk.LOW, false));

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var target = Target.of("files", "path", arguments.string("path"));
    return Action.of(
            "write", Effect.local(Verb.UPDATE, target, Risk.LOW), _ -> ToolResult.ok("written"))
        .at("v" + Math.min(2, looks.incrementAndGet()));
  }
}
