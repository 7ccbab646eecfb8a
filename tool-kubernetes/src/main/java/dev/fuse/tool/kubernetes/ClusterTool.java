package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolSpec;
import java.util.function.Supplier;

/** A tool whose body is given the clusters it works on. */
record ClusterTool(ToolSpec spec, Supplier<Access> access, Preparation preparation)
    implements Tool {

  @Override
  public Action prepare(Arguments arguments, Call call) {
    return preparation.prepare(access.get(), arguments, call);
  }

  /** What {@link Tool#prepare} does once the clusters are known. */
  @FunctionalInterface
  interface Preparation {
    Action prepare(Access access, Arguments arguments, Call call);
  }
}
