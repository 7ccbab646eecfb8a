package dev.fuse.tool.git.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;

/** One way of changing a repository. */
public interface Change {

  ToolSpec spec();

  /**
   * Looks at what it would do, and changes nothing.
   *
   * @throws dev.fuse.spi.ToolFailure if it cannot be done
   */
  Plan plan(Repo repo, Arguments arguments, Call call) throws IOException;
}
