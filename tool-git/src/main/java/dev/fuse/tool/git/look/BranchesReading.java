package dev.fuse.tool.git.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.text.Glob;
import dev.fuse.tool.git.repo.BranchState;
import dev.fuse.tool.git.repo.Commits;
import dev.fuse.tool.git.repo.Deadline;
import dev.fuse.tool.git.repo.Printable;
import dev.fuse.tool.git.repo.Repo;
import dev.fuse.tool.git.repo.Schemas;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** {@code git_branches}: the branches, those with the newest commits first. */
public record BranchesReading(Clock clock) implements Reading {

  @Override
  public ToolSpec spec() {
    return ToolSpec.of(
            "git_branches",
            "Branches, newest commit first, with upstream and how far ahead or behind (as last"
                + " fetched)",
            Schemas.ofRepository()
                .optional("remote", Schema.bool("remote-tracking branches instead"))
                .optional("pattern", Schema.string("glob on the name, ** crosses /"))
                .optional("limit", Schema.integer("at most").byDefault(30L).range(1, 1000)),
            Ceiling.readsSecrets("git"))
        .keywords("branch", "ahead", "behind", "upstream", "diverged", "merged");
  }

  @Override
  public String summary(Repo repo, Arguments arguments) {
    return "branches of " + repo.root();
  }

  @Override
  public ToolResult read(Repo repo, Arguments arguments, Call call) throws IOException {
    boolean remote = arguments.bool("remote", false);
    var deadline = Deadline.of(call, clock);
    try (var walk = new RevWalk(repo.git())) {
      var all = new ArrayList<Branch>();
      var prefix = remote ? Constants.R_REMOTES : Constants.R_HEADS;
      for (var ref : repo.git().getRefDatabase().getRefsByPrefix(prefix)) {
        if (!ref.isSymbolic() && fits(arguments, ref)) {
          all.add(new Branch(ref, walk.parseCommit(ref.getObjectId())));
        }
      }
      all.sort(Comparator.comparingInt((Branch branch) -> -branch.commit().getCommitTime()));
      int limit = arguments.integer("limit", 30);
      var lines = new ArrayList<String>();
      var structured = new ArrayList<Map<String, Object>>();
      for (var branch : all.subList(0, Math.min(limit, all.size()))) {
        var described = describe(repo, walk, branch, remote || deadline.passed());
        lines.add(described.line());
        structured.add(described.data());
      }
      if (all.isEmpty()) {
        lines.add(remote ? "no remote-tracking branch" : "no branch with a commit");
      }
      if (all.size() > limit) {
        lines.add("… %,d more".formatted(all.size() - limit));
      }
      if (repo.branch().isEmpty()) {
        lines.addFirst(BranchState.of(repo).line());
      }
      return ToolResult.ok(String.join("\n", lines)).structured(structured);
    }
  }

  private static boolean fits(Arguments arguments, Ref ref) {
    var name = Repository.shortenRefName(ref.getName());
    return arguments.findString("pattern").map(text -> Glob.of(text).matches(name)).orElse(true);
  }

  private static Described describe(Repo repo, RevWalk walk, Branch branch, boolean quick)
      throws IOException {
    var name = branch.name();
    var commit = branch.commit();
    boolean current = branch.ref().getName().equals(repo.git().getFullBranch());
    var upstream = BranchState.upstream(repo.git(), name);
    var data = new LinkedHashMap<String, Object>();
    data.put("name", name);
    data.put("current", current);
    data.put("commit", commit.name());
    data.put("upstream", upstream.orElse(""));
    var apart = "";
    if (upstream.isPresent() && !quick) {
      var distance = BranchState.distance(repo.git(), name);
      distance.ifPresent(d -> data.put("ahead", (long) d.ahead()));
      distance.ifPresent(d -> data.put("behind", (long) d.behind()));
      apart =
          " [%s: %s]"
              .formatted(
                  Printable.line(upstream.get()),
                  distance.map(BranchState.Distance::words).orElse("gone"));
    }
    walk.parseBody(commit);
    var line =
        (current ? "* " : "  ")
            + Printable.line(name)
            + " "
            + Commits.shortId(walk.getObjectReader(), commit)
            + " "
            + Commits.day(commit.getCommitterIdent())
            + apart
            + " "
            + Printable.line(commit.getShortMessage(), 80);
    return new Described(line, data);
  }

  private record Branch(Ref ref, RevCommit commit) {
    String name() {
      return Repository.shortenRefName(ref.getName());
    }
  }

  private record Described(String line, Map<String, Object> data) {}
}
