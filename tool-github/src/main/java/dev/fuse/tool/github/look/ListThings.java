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
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists what a repository has. */
public final class ListThings implements Tool {

  /**
   * A list of the API.
   *
   * @param columns keys with dots, the heading before a colon where it is another
   */
  private record Kind(String path, String key, List<String> columns) {}

  private static final Map<String, Kind> KINDS = kinds();

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_list",
              "List things of a GitHub repository: workflows, pulls, issues, releases, branches, tags, commits, environments, deployments, rulesets, artifacts, caches, runners.",
              Reads.repository(
                  Schema.object()
                      .required(
                          "what",
                          Schema.choice("What is meant", KINDS.keySet().toArray(String[]::new)))
                      .optional("query", Schema.string("Such as state=closed&base=main"))
                      .optional(
                          "limit", Schema.integer("How many at most").range(1, 500).byDefault(30))),
              Reads.CEILING)
          .keywords("pull", "request", "issue", "release", "branch", "tag", "deployment", "runner");

  private final Site site;

  public ListThings(Site site) {
    this.site = site;
  }

  private static Map<String, Kind> kinds() {
    var kinds = new LinkedHashMap<String, Kind>();
    kinds.put(
        "workflows", new Kind("/actions/workflows", "workflows", List.of("name", "path", "state")));
    kinds.put(
        "pulls",
        new Kind(
            "/pulls",
            "",
            List.of("number", "title", "user.login", "head.ref", "base.ref", "state", "draft")));
    kinds.put(
        "issues",
        new Kind(
            "/issues",
            "",
            List.of("number", "title", "user.login", "state", "comments", "updated_at")));
    kinds.put(
        "releases",
        new Kind(
            "/releases", "", List.of("tag_name", "name", "published_at", "draft", "prerelease")));
    kinds.put("branches", new Kind("/branches", "", List.of("name", "commit.sha", "protected")));
    kinds.put("tags", new Kind("/tags", "", List.of("name", "commit.sha")));
    kinds.put(
        "commits",
        new Kind(
            "/commits",
            "",
            List.of("sha", "commit.author.name", "commit.author.date", "commit.message")));
    kinds.put(
        "environments", new Kind("/environments", "environments", List.of("name", "updated_at")));
    kinds.put(
        "deployments",
        new Kind(
            "/deployments",
            "",
            List.of("id", "environment", "ref", "sha", "creator.login", "created_at")));
    kinds.put(
        "rulesets", new Kind("/rulesets", "", List.of("id", "name", "target", "enforcement")));
    kinds.put(
        "artifacts",
        new Kind(
            "/actions/artifacts",
            "artifacts",
            List.of("name", "size_in_bytes", "expired", "created_at", "workflow_run.id")));
    kinds.put(
        "caches",
        new Kind(
            "/actions/caches",
            "actions_caches",
            List.of("key", "ref", "size_in_bytes", "last_accessed_at")));
    kinds.put(
        "runners",
        new Kind("/actions/runners", "runners", List.of("name", "status", "busy", "os")));
    return kinds;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    var what = arguments.string("what");
    return Reads.of(
        site,
        repository,
        what + " of " + repository,
        (github, _) -> list(github, repository, what, arguments));
  }

  private static ToolResult list(
      GitHub github, RepoName repository, String what, Arguments arguments) {
    var kind = KINDS.getOrDefault(what, new Kind("/" + what, "", List.of("name")));
    var query = arguments.string("query", "").replaceAll("[^\\w=&.,:/%@+-]", "");
    var path = repository.path(kind.path()) + (query.isEmpty() ? "" : "?" + query);
    var listing = github.list(path, kind.key(), arguments.integer("limit", 30));
    var text = new StringBuilder(String.join(" | ", kind.columns())).append('\n');
    var rows = new ArrayList<Map<String, Object>>();
    for (var item : listing.items()) {
      if (what.equals("issues") && item.at("pull_request").present()) {
        continue;
      }
      var row = new LinkedHashMap<String, Object>();
      kind.columns().forEach(column -> row.put(column, cell(item, column)));
      rows.add(row);
      text.append(String.join(" | ", row.values().stream().map(String::valueOf).toList()))
          .append('\n');
    }
    text.append(rows.size()).append(listing.whole() ? "" : " of more").append(' ').append(what);
    return ToolResult.ok(text.toString()).structured(rows);
  }

  private static String cell(Node item, String column) {
    var text = item.text(column.split("\\.")).lines().findFirst().orElse("");
    var shown = column.endsWith("sha") ? Run.shortSha(text) : text;
    return shown.length() > 80 ? shown.substring(0, 80) + "…" : shown;
  }
}
