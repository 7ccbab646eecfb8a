package dev.fuse.tool.git.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Schemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code git_fetch}: what a remote has now; no branch and no file of the person changes. */
public record FetchChange() implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_fetch",
            "Fetch branches and tags of a configured remote; local branches stay as they are",
            Schemas.ofRepository()
                .optional("remote", Schema.string("its name; default: the branch's, or origin"))
                .optional("branch", Schema.string("this one only"))
                .optional("prune", Schema.bool("forget branches that the remote has deleted"))
                .optional("tags", Schema.bool("all tags"))
                .optional("unshallow", Schema.bool("the whole history of a shallow clone")),
            Ceiling.of(Risk.HIGH, true, Set.of(Verb.UPDATE, Verb.EXECUTE), "git"))
        .keywords("fetch", "remote", "update", "unshallow", "prune");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    var remote = RemoteTarget.of(repo, arguments.findString("remote"));
    var branch = arguments.findString("branch").map(name -> BranchChange.name(name, false));
    var command = new ArrayList<>(List.of("fetch", "--no-recurse-submodules"));
    for (var option : List.of("prune", "tags", "unshallow")) {
      if (arguments.bool(option, false)) {
        command.add("--" + option);
      }
    }
    command.add(remote.name());
    branch.ifPresent(name -> command.add("refs/heads/" + name));
    var summary =
        "fetch %s%s from %s"
            .formatted(
                branch.map(name -> name + " of ").orElse(""),
                remote.name(),
                Printable.line(remote.remote().fetch()));
    return new Plan(
        summary,
        effects(remote, branch),
        remote.remote().fetch(),
        now -> Preview.text("like: git " + String.join(" ", command), summary),
        (now, git) -> run(git, command));
  }

  private static List<Effect> effects(RemoteTarget remote, Optional<String> branch)
      throws IOException {
    var risk = remote.repo().outside() ? Risk.HIGH : Risk.LOW;
    var effects = new ArrayList<Effect>();
    effects.add(
        Effect.remote(Verb.UPDATE, remote.target(false, "branch", branch.orElse("")), risk));
    effects.addAll(new ConfiguredCode(remote.repo()).effects(Occasion.REMOTE, Occasion.REFS));
    return effects;
  }

  private static ToolResult run(Git git, List<String> command) throws IOException {
    git.call().progress("fetching");
    var said = git.run(command).said();
    return ToolResult.ok(said.isBlank() ? "nothing new" : said);
  }
}
