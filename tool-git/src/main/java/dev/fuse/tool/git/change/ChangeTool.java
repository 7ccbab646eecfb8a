package dev.fuse.tool.git.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.git.repo.Failures;
import dev.fuse.tool.git.repo.Place;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jgit.api.errors.JGitInternalException;

/** A tool that changes one repository through the person's git. */
public record ChangeTool(ToolSpec spec, Place place, Change change) implements Tool {

  /** Hooks run tests, and networks are slow. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  public ChangeTool(Place place, Change change) {
    this(change.spec(), place, change);
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var program = GitProgram.find(place);
    try (var repo = place.repository(arguments)) {
      try {
        var plan = change.plan(repo, arguments, call);
        return Action.of(plan.summary(), plan.effects(), now -> run(plan, program, arguments, now))
            .at(plan.version())
            .showing(() -> show(plan, arguments))
            .within(LIMIT);
      } catch (IOException | JGitInternalException e) {
        throw Failures.thrown(e, repo.root());
      }
    }
  }

  private Preview show(Plan plan, Arguments arguments) {
    try (var repo = place.repository(arguments)) {
      return plan.showing().show(repo);
    } catch (IOException e) {
      throw Failures.thrown(e, place.directory());
    }
  }

  private ToolResult run(Plan plan, GitProgram program, Arguments arguments, Call call) {
    try (var repo = place.repository(arguments)) {
      return plan.doing().run(repo, new Git(program, repo.root(), call));
    } catch (IOException | JGitInternalException e) {
      return Failures.of(e, place.directory());
    }
  }
}
