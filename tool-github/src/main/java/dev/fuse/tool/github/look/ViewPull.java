package dev.fuse.tool.github.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;

/** Shows a pull request: state, checks, reviews, files, diff. */
public final class ViewPull implements Tool {

  private static final int DIFF = 64 * 1024;

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_pull_view",
              "Show a pull request: state, mergeability, checks, reviews, changed files; with diff, the diff.",
              Reads.repository(
                  Schema.object()
                      .required("number", Schema.integer("Its number").range(1, 10_000_000))
                      .optional("diff", Schema.bool("Show the diff"))),
              Reads.CEILING)
          .keywords("pull", "request", "pr", "review", "diff", "checks", "mergeable");

  private final Site site;

  public ViewPull(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    var path = repository.path("/pulls/" + arguments.integer("number"));
    return Reads.of(
        site,
        repository,
        "pull request " + arguments.integer("number") + " of " + repository,
        (github, _) ->
            ToolResult.ok(
                arguments.bool("diff", false)
                    ? github.text(path, "application/vnd.github.diff", DIFF)
                    : words(github, repository, path)));
  }

  private static String words(GitHub github, RepoName repository, String path) {
    var reviews = Parallel.begin(() -> github.list(path + "/reviews", "", 100).items());
    var files = Parallel.begin(() -> github.list(path + "/files", "", 100));
    var pull = github.get(path);
    var sha = pull.text("head", "sha");
    var checks = github.list(repository.path("/commits/" + sha + "/check-runs"), "check_runs", 100);
    var text =
        new StringBuilder(
            "#%s %s\n%s by %s: %s into %s, %s, mergeable: %s\n%s\n"
                .formatted(
                    pull.text("number"),
                    pull.text("title"),
                    state(pull),
                    pull.text("user", "login"),
                    pull.text("head", "label"),
                    pull.text("base", "ref"),
                    Run.shortSha(sha),
                    pull.text("mergeable_state"),
                    pull.text("html_url")));
    for (var review : reviews.get()) {
      text.append("review by ")
          .append(review.text("user", "login"))
          .append(": ")
          .append(review.text("state"))
          .append('\n');
    }
    for (var check : checks.items()) {
      var conclusion = check.text("conclusion");
      text.append("check ")
          .append(check.text("name"))
          .append(": ")
          .append(conclusion.isEmpty() ? check.text("status") : conclusion)
          .append('\n');
    }
    for (var file : files.get().items()) {
      text.append(file.text("status"))
          .append(' ')
          .append(file.text("filename"))
          .append(" +")
          .append(file.text("additions"))
          .append(" -")
          .append(file.text("deletions"))
          .append('\n');
    }
    return text.toString();
  }

  private static String state(Node pull) {
    if (pull.flag("merged")) {
      return "merged as " + Run.shortSha(pull.text("merge_commit_sha"));
    }
    return pull.flag("draft") ? "draft" : pull.text("state");
  }
}
