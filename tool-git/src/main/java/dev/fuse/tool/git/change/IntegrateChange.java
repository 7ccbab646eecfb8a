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
import dev.fuse.tool.git.repo.CommitList;
import dev.fuse.tool.git.repo.ConfiguredCode;
import dev.fuse.tool.git.repo.Occasion;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Range;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Revisions;
import dev.fuse.tool.git.repo.Schemas;
import dev.fuse.tool.git.repo.StatusScan;
import dev.fuse.tool.git.repo.Unpushed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** {@code git_integrate}: brings commits into the current branch, or takes them out again. */
public record IntegrateChange() implements Change {

  private static final int MOST = 50;

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_integrate",
            "Merge a branch into the current one, rebase the current one onto another, cherry-pick"
                + " or revert commits; stops at conflicts (then git_conflicts, git_stage,"
                + " git_continue)",
            Schemas.ofRepository()
                .required(
                    "action", Schema.choice("what", "merge", "rebase", "cherry-pick", "revert"))
                .required(
                    "revisions",
                    Schemas.paths(
                        "one to merge or to rebase onto; commits or A..B to pick, revert"))
                .optional(
                    "ff",
                    Schema.choice("of a merge: fast-forward", "auto", "only", "never")
                        .byDefault("auto")),
            Ceiling.of(Risk.CRITICAL, false, Set.of(Verb.UPDATE, Verb.EXECUTE), "git"))
        .keywords("merge", "rebase", "cherry-pick", "revert", "integrate", "update branch");
  }

  @Override
  public Plan plan(Repo repo, Arguments arguments, Call call) throws IOException {
    repo.requireFiles();
    var action = arguments.string("action");
    var names = arguments.strings("revisions");
    Moves.requireNothingInTheMiddle(repo);
    var head =
        repo.head()
            .orElseThrow(() -> ToolFailure.invalid("the branch has no commit yet", "commit first"));
    boolean one = action.equals("merge") || action.equals("rebase");
    if (names.isEmpty() || (one && names.size() > 1)) {
      throw ToolFailure.invalid(
          action + " takes " + (one ? "one revision" : "commits"), "give 'revisions'");
    }
    try (var walk = new RevWalk(repo.git())) {
      var commits =
          one ? List.of(Revisions.commit(walk, repo, names.getFirst())) : all(walk, repo, names);
      var command = command(action, names.getFirst(), commits, arguments.string("ff", "auto"));
      var ids = commits.stream().map(RevCommit::name).toList();
      var summary = summary(repo, action, names, commits.size());
      var versions = new Versions(repo);
      return new Plan(
          summary,
          effects(repo, action, head, commits.getFirst()),
          versions.head() + " " + ids,
          now -> shown(now, action, head, ids, summary),
          (now, git) -> {
            if (one
                && !Revisions.object(now, names.getFirst() + "^{commit}")
                    .name()
                    .equals(ids.getFirst())) {
              throw new ToolFailure(
                  dev.fuse.spi.ToolResult.Kind.CONFLICT,
                  "'" + names.getFirst() + "' has moved meanwhile",
                  "ask for it again");
            }
            return Moves.run(now, git, command, head);
          });
    }
  }

  /** The commits of revisions and ranges, in the order in which they are applied. */
  private static List<RevCommit> all(RevWalk walk, Repo repo, List<String> names)
      throws IOException {
    var commits = new ArrayList<RevCommit>();
    for (var name : names) {
      var range = Range.of(name);
      if (range.from().isEmpty()) {
        commits.add(Revisions.commit(walk, repo, name));
        continue;
      }
      try (var between = new RevWalk(repo.git())) {
        between.markStart(Revisions.commit(between, repo, range.to()));
        between.markUninteresting(Revisions.commit(between, repo, range.from().get()));
        int first = commits.size();
        for (var commit = between.next(); commit != null; commit = between.next()) {
          commits.add(first, commit);
        }
      }
    }
    if (commits.isEmpty() || commits.size() > MOST) {
      throw ToolFailure.invalid(
          "'revisions' name " + commits.size() + " commits", "name between 1 and " + MOST);
    }
    return commits;
  }

  private static List<String> command(
      String action, String name, List<RevCommit> commits, String ff) {
    var command = new ArrayList<>(List.of(action));
    switch (action) {
      case "merge" -> {
        command.add("--no-edit");
        if (!ff.equals("auto")) {
          command.add(ff.equals("only") ? "--ff-only" : "--no-ff");
        }
        // by its name, which becomes part of the message
        command.add(name);
      }
      case "rebase" -> command.add(commits.getFirst().name());
      default -> {
        if (action.equals("revert")) {
          command.add("--no-edit");
        }
        if (commits.stream().anyMatch(commit -> commit.getParentCount() > 1)) {
          command.add("--mainline=1");
        }
        var ids = new ArrayList<>(commits.stream().map(RevCommit::name).toList());
        command.addAll(action.equals("revert") ? ids.reversed() : ids);
      }
    }
    return command;
  }

  private static String summary(Repo repo, String action, List<String> names, int count)
      throws IOException {
    var branch = repo.branch().map(Printable::line).orElse("detached HEAD");
    var what = StatusScan.some(names, 5);
    return switch (action) {
      case "merge" -> "merge " + what + " into " + branch;
      case "rebase" -> "rebase " + branch + " onto " + what;
      default -> "%s %d commits (%s) on %s".formatted(action, count, what, branch);
    };
  }

  private static List<Effect> effects(Repo repo, String action, ObjectId head, RevCommit onto)
      throws IOException {
    boolean rewrites =
        action.equals("rebase") && Unpushed.between(repo, head, Optional.of(onto)).pushed() > 0;
    var effects = new ArrayList<Effect>();
    effects.add(repo.change(Verb.UPDATE, rewrites ? Risk.CRITICAL : Risk.LOW, repo.here()));
    effects.addAll(
        new ConfiguredCode(repo)
            .effects(Occasion.FILES, Occasion.COMMIT, Occasion.MERGE, Occasion.REFS));
    return effects;
  }

  private static Preview shown(
      Repo repo, String action, ObjectId head, List<String> ids, String summary)
      throws IOException {
    var first = ObjectId.fromString(ids.getFirst());
    var commits =
        switch (action) {
          case "merge" -> CommitList.between(repo, first, Optional.of(head.name()), 30);
          case "rebase" -> CommitList.between(repo, head, Optional.of(first.name()), 30);
          default -> CommitList.of(repo, ids);
        };
    var foreseen = ids.size() == 1 ? Foresight.conflicts(repo, action, head, first) : "";
    return Preview.text(
        summary,
        (commits.isEmpty() ? "no commit" : commits)
            + (foreseen.isEmpty() ? "" : "\n\n" + foreseen));
  }
}
