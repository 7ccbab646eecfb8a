package dev.fuse.tool.git.change;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.git.repo.Repo;
import java.io.IOException;
import java.util.List;

/**
 * A change that has been looked at and not been made.
 *
 * @param version what it depends on, as it was seen
 * @param doing makes it, by ids that were looked up before
 */
record Plan(String summary, List<Effect> effects, String version, Showing showing, Doing doing) {

  Plan {
    effects = List.copyOf(effects);
  }

  /** What a person sees before the question. */
  @FunctionalInterface
  interface Showing {
    Preview show(Repo repo) throws IOException;
  }

  /** Makes a change through git. */
  @FunctionalInterface
  interface Doing {
    ToolResult run(Repo repo, Git git) throws IOException;
  }
}
