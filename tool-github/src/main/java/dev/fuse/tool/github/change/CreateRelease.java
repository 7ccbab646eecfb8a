package dev.fuse.tool.github.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Site;
import java.util.LinkedHashMap;

/** Publishes a release, or drafts one. */
public final class CreateRelease implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_release_create",
              "Create a release with its tag, as a draft unless publish is true. A published one starts workflows and reaches people.",
              Reads.repository(
                  Schema.object()
                      .required("tag", Schema.string("The tag"))
                      .optional("target", Schema.string("Branch or commit of a new tag"))
                      .optional("name", Schema.string("Its name"))
                      .optional("body", Schema.string("Left out: notes are generated"))
                      .optional("publish", Schema.bool("Publish it at once").byDefault(false))),
              Changes.ceiling(Risk.CRITICAL, Verb.CREATE))
          .keywords("release", "publish", "tag", "changelog");

  private final Site site;

  public CreateRelease(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    var tag = arguments.string("tag");
    boolean publish = arguments.bool("publish", false);
    var body = new LinkedHashMap<String, Object>();
    body.put("tag_name", tag);
    body.put("name", arguments.string("name", tag));
    arguments.findString("target").ifPresent(it -> body.put("target_commitish", it));
    arguments
        .findString("body")
        .ifPresentOrElse(
            it -> body.put("body", it), () -> body.put("generate_release_notes", true));
    body.put("draft", !publish);
    var path = repository.path("/releases");
    var target =
        Target.of(
            Reads.SYSTEM, "host", site.host(), "repository", repository.toString(), "name", tag);
    return Changes.of(
        site,
        Changes.effect(Verb.CREATE, target, publish ? Risk.CRITICAL : Risk.HIGH),
        "%s the release %s of %s".formatted(publish ? "publish" : "draft", tag, repository),
        new Changes.Request("POST", path, body),
        (github, _) -> {
          var made = github.send("POST", path, body);
          return ToolResult.ok("release " + tag + ": " + made.text("html_url"));
        });
  }
}
