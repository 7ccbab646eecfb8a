package dev.fuse.tool.github.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Says in which release and environment a pull request or commit has arrived. */
public final class FindRelease implements Tool {

  private static final int RELEASES = 30;

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_release_find",
              "Find out whether a pull request or commit was released, in which release first, and to which environments it was deployed.",
              Reads.repository(
                  Schema.object()
                      .optional("pull", Schema.integer("Its number").range(1, 10_000_000))
                      .optional("sha", Schema.string("A commit"))),
              Reads.CEILING)
          .keywords("released", "release", "deployed", "shipped", "production", "pr");

  private final Site site;

  public FindRelease(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    if (arguments.has("pull") == arguments.has("sha")) {
      throw ToolFailure.invalid("one of pull and sha is needed", "name a pull request or a commit");
    }
    return Reads.of(
        site,
        repository,
        "where a change of " + repository + " was released",
        (github, _) -> find(github, repository, arguments));
  }

  private static ToolResult find(GitHub github, RepoName repository, Arguments arguments) {
    var sha = arguments.string("sha", "");
    var label = "commit " + sha;
    if (arguments.has("pull")) {
      var pull = github.get(repository.path("/pulls/" + arguments.integer("pull")));
      label = "#" + pull.text("number") + " (" + pull.text("title") + ")";
      if (!pull.flag("merged")) {
        return ToolResult.ok(
            label + " is " + pull.text("state") + " and not merged, so it is in no release");
      }
      sha = pull.text("merge_commit_sha");
      label += ", merged " + pull.text("merged_at") + " as " + Run.shortSha(sha);
    }
    var commit = sha;
    var deployments =
        Parallel.begin(() -> github.list(repository.path("/deployments"), "", 100).items());
    var releases = github.list(repository.path("/releases"), "", RELEASES);
    var inside = holding(github, repository, releases.items(), commit);
    var text = new StringBuilder(label).append('\n');
    if (inside.isEmpty()) {
      text.append("not in any of the latest ")
          .append(releases.items().size())
          .append(" releases\n");
    } else {
      var first = inside.getLast();
      text.append("first released in ")
          .append(first.text("tag_name"))
          .append(", ")
          .append(first.text("published_at"))
          .append("; it is in ")
          .append(inside.size())
          .append(" releases, the latest ")
          .append(inside.getFirst().text("tag_name"))
          .append('\n');
    }
    return ToolResult.ok(text + deployed(github, repository, deployments.get(), commit));
  }

  private static List<Node> holding(
      GitHub github, RepoName repository, List<Node> releases, String commit) {
    var tagged = releases.stream().filter(it -> !it.flag("draft")).toList();
    if (tagged.isEmpty()) {
      return List.of();
    }
    var held = Parallel.map(tagged, it -> holds(github, repository, it.text("tag_name"), commit));
    var inside = new ArrayList<Node>();
    for (int i = 0; i < tagged.size(); i++) {
      if (held.get(i)) {
        inside.add(tagged.get(i));
      }
    }
    return inside;
  }

  /** Whether everything up to a commit is in what stands behind it. */
  private static boolean holds(GitHub github, RepoName repository, String head, String commit) {
    return github
        .find(repository.path("/compare/" + commit + "..." + Actions.encoded(head)))
        .map(it -> it.text("status").equals("ahead") || it.text("status").equals("identical"))
        .orElse(false);
  }

  private static String deployed(
      GitHub github, RepoName repository, List<Node> deployments, String commit) {
    var latest = new LinkedHashMap<String, Node>();
    deployments.forEach(it -> latest.putIfAbsent(it.text("environment"), it));
    var text = new StringBuilder();
    for (var entry : latest.entrySet()) {
      boolean there = holds(github, repository, entry.getValue().text("sha"), commit);
      text.append("environment ")
          .append(entry.getKey())
          .append(": ")
          .append(there ? "has it" : "does not have it")
          .append(" (")
          .append(Run.shortSha(entry.getValue().text("sha")))
          .append(", ")
          .append(entry.getValue().text("created_at"))
          .append(")\n");
    }
    return text.isEmpty() ? "no deployment is recorded" : text.toString();
  }
}
