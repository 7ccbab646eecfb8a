package dev.fuse.tool.github.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens, merges, closes or reopens a pull request. */
public final class ChangePull implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_pull_change",
              "Create, merge, close or reopen a pull request. A merge cannot be taken back, only reverted by another.",
              Reads.repository(
                  Schema.object()
                      .required(
                          "action",
                          Schema.choice("What to do", "create", "merge", "close", "reopen"))
                      .optional("number", Schema.integer("Its number").range(1, 10_000_000))
                      .optional("title", Schema.string("Its title"))
                      .optional("body", Schema.string("Its text"))
                      .optional("head", Schema.string("Branch, for create"))
                      .optional("base", Schema.string("Branch, for create; else the default"))
                      .optional(
                          "method", Schema.choice("How to merge", "merge", "squash", "rebase"))),
              Changes.ceiling(Risk.CRITICAL, Verb.CREATE, Verb.UPDATE))
          .keywords("merge", "pull", "request", "pr", "open", "close");

  private final Site site;

  public ChangePull(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    var action = arguments.string("action");
    try {
      return action.equals("create")
          ? create(arguments, repository)
          : existing(arguments, repository, action);
    } catch (Refused refused) {
      throw refused.failure();
    }
  }

  private Action create(Arguments arguments, RepoName repository) {
    var base =
        arguments
            .findString("base")
            .orElseGet(() -> site.github().get(repository.path("")).text("default_branch"));
    var body = new LinkedHashMap<String, Object>();
    body.put("title", arguments.string("title"));
    body.put("head", arguments.string("head"));
    body.put("base", base);
    arguments.findString("body").ifPresent(it -> body.put("body", it));
    return Changes.of(
        site,
        Changes.effect(Verb.CREATE, target(repository, base, arguments.string("head")), Risk.HIGH),
        "open a pull request from %s into %s of %s".formatted(body.get("head"), base, repository),
        new Changes.Request("POST", repository.path("/pulls"), body),
        (github, _) -> {
          var made = github.send("POST", repository.path("/pulls"), body);
          return ToolResult.ok(
                  "pull request #" + made.text("number") + ": " + made.text("html_url"))
              .undo(
                  Changes.undo(
                      "gh_pull_change",
                      Map.of(
                          "action",
                          "close",
                          "number",
                          made.number("number"),
                          "repository",
                          repository.toString()),
                      "the pull request is closed"));
        });
  }

  private Action existing(Arguments arguments, RepoName repository, String action) {
    if (!arguments.has("number")) {
      throw ToolFailure.invalid("no pull request is named", "give its number");
    }
    int number = arguments.integer("number");
    var path = repository.path("/pulls/" + number);
    var pull = site.github().get(path);
    if (pull.flag("merged")) {
      throw ToolFailure.invalid(
          "#" + number + " is merged already", "revert it by another pull request");
    }
    return action.equals("merge")
        ? merge(arguments, repository, pull, path)
        : toggle(repository, pull, path, action);
  }

  private Action merge(Arguments arguments, RepoName repository, Node pull, String path) {
    var body = new LinkedHashMap<String, Object>();
    body.put("sha", pull.text("head", "sha"));
    body.put("merge_method", arguments.string("method", "merge"));
    var base = pull.text("base", "ref");
    boolean main = base.equals(pull.text("base", "repo", "default_branch"));
    return Changes.of(
            site,
            Changes.effect(
                Verb.UPDATE,
                target(repository, base, pull.text("number")),
                main ? Risk.CRITICAL : Risk.HIGH),
            "merge #%s (%s) into %s of %s, %s"
                .formatted(
                    pull.text("number"),
                    pull.text("title"),
                    base,
                    repository,
                    pull.text("mergeable_state").isEmpty()
                        ? "state unknown"
                        : "state " + pull.text("mergeable_state")),
            new Changes.Request("PUT", path + "/merge", body),
            (github, _) -> {
              var merged = github.send("PUT", path + "/merge", body);
              return ToolResult.ok(
                  "merged as "
                      + merged.text("sha")
                      + "; a merge cannot be taken back, only reverted");
            })
        .at(pull.text("head", "sha"));
  }

  private Action toggle(RepoName repository, Node pull, String path, String action) {
    boolean close = action.equals("close");
    Map<String, Object> body = Map.of("state", close ? "closed" : "open");
    return Changes.of(
            site,
            Changes.effect(
                Verb.UPDATE,
                target(repository, pull.text("base", "ref"), pull.text("number")),
                Risk.HIGH),
            "%s #%s (%s) of %s"
                .formatted(action, pull.text("number"), pull.text("title"), repository),
            new Changes.Request("PATCH", path, body),
            (github, _) -> {
              github.send("PATCH", path, body);
              return ToolResult.ok("#" + pull.text("number") + " is " + body.get("state"))
                  .undo(
                      Changes.undo(
                          "gh_pull_change",
                          Map.of(
                              "action",
                              close ? "reopen" : "close",
                              "number",
                              pull.number("number"),
                              "repository",
                              repository.toString()),
                          "#" + pull.text("number") + " is as before"));
            })
        .at(pull.text("state"));
  }

  private Target target(RepoName repository, String branch, String name) {
    return Target.of(
        Reads.SYSTEM,
        "host",
        site.host(),
        "repository",
        repository.toString(),
        "branch",
        branch,
        "name",
        name);
  }
}
