package dev.fuse.tool.git;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolSpec;
import java.io.IOException;

/** One way of changing a repository. */
interface Change {

  ToolSpec spec();

  /**
   * Looks at what it would do, and changes nothing.
   *
   * @throws dev.fuse.spi.ToolFailure if it cannot be done
   */
  Plan plan(Repo repo, Arguments arguments, Call call) throws IOException;
}
