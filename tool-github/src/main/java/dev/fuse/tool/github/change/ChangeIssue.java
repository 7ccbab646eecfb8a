package dev.fuse.tool.github.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens, comments, labels, closes or reopens an issue; comments pull requests too. */
public final class ChangeIssue implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_issue_change",
              "Create, comment, label, close or reopen an issue; comment and label work for pull requests too.",
              Reads.repository(
                  Schema.object()
                      .required(
                          "action",
                          Schema.choice(
                              "What to do",
                              "create",
                              "comment",
                              "label",
                              "close",
                              "reopen",
                              "uncomment"))
                      .optional("number", Schema.integer("Its number").range(1, 10_000_000))
                      .optional("comment", Schema.integer("A comment's id, for uncomment"))
                      .optional("title", Schema.string("Its title"))
                      .optional("body", Schema.string("Its text"))
                      .optional(
                          "labels", Schema.array("All that it shall have", Schema.string("")))),
              Changes.ceiling(Risk.HIGH, Verb.CREATE, Verb.UPDATE, Verb.DELETE))
          .keywords("issue", "comment", "label", "close", "bug", "ticket");

  private final Site site;

  public ChangeIssue(Site site) {
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
    var issues = repository.path("/issues");
    if (action.equals("create")) {
      return create(arguments, repository, issues);
    }
    if (action.equals("uncomment")) {
      var path = issues + "/comments/" + arguments.longInteger("comment", 0);
      return Changes.of(
          site,
          effect(repository, Verb.DELETE, "comment " + arguments.longInteger("comment", 0)),
          "delete a comment of " + repository,
          new Changes.Request("DELETE", path, Map.of()),
          (github, _) -> {
            github.send("DELETE", path, null);
            return ToolResult.ok("the comment is deleted");
          });
    }
    if (!arguments.has("number")) {
      throw ToolFailure.invalid("no issue is named", "give its number");
    }
    int number = arguments.integer("number");
    var path = issues + "/" + number;
    if (action.equals("comment")) {
      return comment(arguments, repository, number, path);
    }
    return update(arguments, repository, action, path);
  }

  private Action create(Arguments arguments, RepoName repository, String path) {
    var body = new LinkedHashMap<String, Object>();
    body.put("title", arguments.string("title"));
    arguments.findString("body").ifPresent(it -> body.put("body", it));
    if (!arguments.strings("labels").isEmpty()) {
      body.put("labels", arguments.strings("labels"));
    }
    return Changes.of(
        site,
        effect(repository, Verb.CREATE, "issue"),
        "open an issue in " + repository + ": " + body.get("title"),
        new Changes.Request("POST", path, body),
        (github, _) -> {
          var made = github.send("POST", path, body);
          return ToolResult.ok("issue #" + made.text("number") + ": " + made.text("html_url"))
              .undo(
                  undo(
                      repository,
                      "close",
                      Map.of("number", made.number("number")),
                      "the issue is closed"));
        });
  }

  private Action comment(Arguments arguments, RepoName repository, int number, String path) {
    Map<String, Object> body = Map.of("body", arguments.string("body"));
    return Changes.of(
        site,
        effect(repository, Verb.CREATE, "#" + number),
        "comment #" + number + " of " + repository,
        new Changes.Request("POST", path + "/comments", body),
        (github, _) -> {
          var made = github.send("POST", path + "/comments", body);
          return ToolResult.ok("commented: " + made.text("html_url"))
              .undo(
                  undo(
                      repository,
                      "uncomment",
                      Map.of("comment", made.number("id")),
                      "the comment is gone"));
        });
  }

  private Action update(Arguments arguments, RepoName repository, String action, String path) {
    var old = issue(path);
    var before = old.list("labels").stream().map(it -> it.text("name")).toList();
    Map<String, Object> body =
        switch (action) {
          case "label" -> Map.of("labels", arguments.strings("labels"));
          case "close" -> Map.of("state", "closed");
          default -> Map.of("state", "open");
        };
    var back =
        switch (action) {
          case "label" ->
              undo(
                  repository,
                  "label",
                  Map.of("number", old.number("number"), "labels", before),
                  "its labels are as before");
          case "close" ->
              undo(
                  repository, "reopen", Map.of("number", old.number("number")), "it is open again");
          default ->
              undo(
                  repository,
                  "close",
                  Map.of("number", old.number("number")),
                  "it is closed again");
        };
    return Changes.of(
            site,
            effect(repository, Verb.UPDATE, "#" + old.text("number")),
            "%s #%s (%s) of %s"
                .formatted(action, old.text("number"), old.text("title"), repository),
            new Changes.Request("PATCH", path, body),
            (github, _) -> {
              github.send("PATCH", path, body);
              return ToolResult.ok("done: " + action + " #" + old.text("number")).undo(back);
            })
        .at(old.text("state") + String.join(",", before));
  }

  private Node issue(String path) {
    try {
      return site.github().get(path);
    } catch (Refused refused) {
      throw refused.failure();
    }
  }

  private static Undo undo(
      RepoName repository, String action, Map<String, Object> more, String summary) {
    var arguments = new LinkedHashMap<String, Object>(more);
    arguments.put("action", action);
    arguments.put("repository", repository.toString());
    return Changes.undo("gh_issue_change", arguments, summary);
  }

  private Effect effect(RepoName repository, Verb verb, String name) {
    return Changes.effect(
        verb,
        Target.of(
            Reads.SYSTEM, "host", site.host(), "repository", repository.toString(), "name", name),
        Risk.HIGH);
  }
}
