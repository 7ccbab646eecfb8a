package dev.fuse.tool.git.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.git.repo.Failures;
import dev.fuse.tool.git.repo.Place;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A reading tool on one repository. */
public record ReadTool(ToolSpec spec, Place place, Reading reading) implements Tool {

  public ReadTool(Place place, Reading reading) {
    this(reading.spec(), place, reading);
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    try (var repo = place.repository(arguments)) {
      return Action.of(
          reading.summary(repo, arguments),
          reading.effects(repo, arguments),
          running -> run(arguments, running));
    }
  }

  private ToolResult run(Arguments arguments, Call call) throws Exception {
    try (var repo = place.repository(arguments)) {
      try {
        return reading.read(repo, arguments, call);
      } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
        return Failures.of(e, repo.root());
      } catch (org.eclipse.jgit.errors.NoWorkTreeException
          | org.eclipse.jgit.api.errors.GitAPIException
          | org.eclipse.jgit.api.errors.JGitInternalException e) {
        return Failures.of(e, repo.root());
      }
    }
  }
}
