package dev.fuse.tool.git.change;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.Unpushed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.BranchConfig;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** {@code git_pull}: fetches and brings the current branch up to what its remote has. */
public record PullChange() implements Change {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_pull",
            "Fetch and bring the current branch up to date: fast-forward only, by a merge, or by"
                + " rebasing what is only here",
            Schemas.ofRepository()
                .optional("remote", Schema.string("its name; default: the branch's"))
                .optional("branch", Schema.string("there; default: the upstream"))
                .optional(
                    "how",
                    Schema.choice("where both have commits", "ff-only", "merge", "rebase")
                        .byDefault("ff-only")),
            Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.UPDATE, Verb.EXECUTE), "git"))
        .keywords("pull", "update", "up to date", "sync");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    repo.requireFiles();
    Moves.requireNothingInTheMiddle(repo);
    var local =
        repo.branch()
            .orElseThrow(
                () -> ToolFailure.invalid("HEAD is detached", "git_branch switch to a branch"));
    var remote = RemoteTarget.of(repo, arguments.findString("remote"));
    var branch =
        arguments
            .findString("branch")
            .map(name -> BranchChange.name(name, false))
            .or(() -> upstream(repo, local))
            .orElseThrow(
                () -> ToolFailure.invalid("'" + local + "' has no upstream", "give 'branch'"));
    var how = arguments.string("how", "ff-only");
    var head = repo.head();
    var summary =
        "pull %s of %s into %s (%s)".formatted(branch, remote.name(), Printable.line(local), how);
    var option =
        switch (how) {
          case "merge" -> "--no-rebase";
          case "rebase" -> "--rebase";
          default -> "--ff-only";
        };
    var command =
        List.of(
            "pull",
            "--no-edit",
            "--no-recurse-submodules",
            option,
            remote.name(),
            "refs/heads/" + branch);
    return new Plan(
        summary,
        effects(repo, remote, local, branch, how),
        new Versions(repo).head() + " " + remote.remote().fetch(),
        now -> Preview.text("like: git " + String.join(" ", command), summary),
        (now, git) -> {
          git.call().progress("pulling");
          return Moves.run(now, git, command, head.orElse(ObjectId.zeroId()));
        });
  }

  private static Optional<String> upstream(Repo repo, String local) {
    return Optional.ofNullable(new BranchConfig(repo.git().getConfig(), local).getMerge())
        .map(Repository::shortenRefName);
  }

  private static List<Effect> effects(
      Repo repo, RemoteTarget remote, String local, String branch, String how) throws IOException {
    var risk = Risk.LOW;
    var head = repo.head();
    if (how.equals("rebase") && head.isPresent()) {
      var lost = Unpushed.between(repo, head.get(), remote.last(branch));
      risk = lost.pushed() > 0 ? Risk.CRITICAL : Risk.LOW;
    }
    var effects = new ArrayList<Effect>();
    effects.add(repo.change(Verb.UPDATE, risk, "branch", local));
    effects.add(
        Effect.remote(
            Verb.UPDATE,
            remote.target(false, "branch", branch),
            repo.outside() ? Risk.HIGH : Risk.LOW));
    effects.addAll(
        new ConfiguredCode(repo)
            .effects(
                Occasion.REMOTE, Occasion.FILES, Occasion.COMMIT, Occasion.MERGE, Occasion.REFS));
    return effects;
  }
}
