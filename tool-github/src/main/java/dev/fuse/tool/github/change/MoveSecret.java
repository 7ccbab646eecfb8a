package dev.fuse.tool.github.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.secret.Store;
import java.util.List;
import java.util.Map;

/** Moves a secret between repository and environment; the value has to be given once more. */
public final class MoveSecret implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
          "gh_secret_move",
          "Move a secret between a repository and its environments: set there from a source, then delete here. GitHub gives no value back, so it is given again.",
          Reads.repository(
              Schema.object()
                  .required("name", Schema.string("Its name"))
                  .required("value", Schema.string("Where the value comes from").secretSource())
                  .optional("from", Schema.string("An environment; left out: the repository"))
                  .optional("to", Schema.string("An environment; left out: the repository"))),
          Changes.ceiling(Risk.CRITICAL, Verb.CREATE, Verb.UPDATE, Verb.DELETE));

  private final Site site;

  public MoveSecret(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    var name = Store.name(arguments.string("name"));
    var from = store(repository, arguments.string("from", ""));
    var to = store(repository, arguments.string("to", ""));
    if (from.equals(to)) {
      throw ToolFailure.invalid("from and to are both " + from, "name another environment");
    }
    var old =
        SetSecret.existing(site.github(), from, name)
            .orElseThrow(
                () ->
                    ToolFailure.notFound(
                        "there is no secret '" + name + "' of " + from, "list them"));
    var there = SetSecret.existing(site.github(), to, name);
    return Action.of(
            "move the secret %s from %s to %s".formatted(name, from, to),
            List.of(
                Effect.remote(Verb.DELETE, from.target(site, "secret", name), Risk.CRITICAL),
                Effect.remote(
                    there.isPresent() ? Verb.UPDATE : Verb.CREATE,
                    to.target(site, "secret", name).decidedBy("source", arguments.string("value")),
                    to.risk())),
            running -> Reads.answer(() -> move(site.github(), running, from, to, name)))
        .showing(
            () ->
                new Changes.Request(
                        "PUT",
                        to.path("secrets") + "/" + name,
                        Map.of(
                            "encrypted_value", "(sealed, from " + arguments.string("value") + ")"))
                    .preview(site))
        .at(old.text("updated_at") + there.map(it -> it.text("updated_at")).orElse(""));
  }

  private static Store store(RepoName repository, String environment) {
    return new Store(repository, "actions", environment, "");
  }

  private static ToolResult move(GitHub github, Call call, Store from, Store to, String name) {
    var value = SecretWriter.checked(call.secret("value"));
    var at = new SecretWriter(github, to, Map.of()).set(name, value);
    try {
      github.send("DELETE", from.path("secrets") + "/" + name, null);
    } catch (Refused refused) {
      return ToolResult.failed(
          refused.kind(),
          "%s is set in %s (updated_at %s), but could not be deleted in %s: %s"
              .formatted(name, to, at, from, refused.problem()),
          "delete it there: gh_secret_delete");
    }
    return ToolResult.ok(
        "%s is now in %s (updated_at %s) and gone from %s".formatted(name, to, at, from));
  }
}
