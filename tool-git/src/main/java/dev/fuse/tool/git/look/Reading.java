package dev.fuse.tool.git.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.git.repo.Failures;
import dev.fuse.tool.git.repo.Repo;
import java.util.List;

/** One way of looking at a repository. */
public interface Reading {

  ToolSpec spec();

  /** What is looked at, for a person. */
  String summary(Repo repo, Arguments arguments);

  /** All that is read; by default the repository. */
  default List<Effect> effects(Repo repo, Arguments arguments) {
    return List.of(repo.read());
  }

  /**
   * Looks.
   *
   * @throws Exception in JGit's words; it is put into ours by {@link Failures}
   */
  ToolResult read(Repo repo, Arguments arguments, Call call) throws Exception;
}
