package dev.fuse.tool.github.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.secret.Store;
import java.util.Map;

/** Deletes a secret for good. */
public final class DeleteSecret implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
          "gh_secret_delete",
          "Delete a secret of a repository, environment or organization. Its value cannot be restored.",
          Store.parameters(
              Schema.object()
                  .required("name", Schema.string("Its name"))
                  .optional(
                      "store",
                      Schema.choice("Of which service", "actions", "dependabot", "codespaces"))),
          Changes.ceiling(Risk.CRITICAL, Verb.DELETE));

  private final Site site;

  public DeleteSecret(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var store = Store.of(site, arguments, arguments.string("store", "actions"));
    var name = Store.name(arguments.string("name"));
    var old =
        SetSecret.existing(site.github(), store, name)
            .orElseThrow(
                () ->
                    ToolFailure.notFound(
                        "there is no %s '%s' of %s".formatted(store.words("secret"), name, store),
                        "gh_secrets_list names those that are there"));
    var path = store.path("secrets") + "/" + name;
    return Changes.of(
            site,
            Changes.effect(
                Verb.DELETE, store.target(site, store.words("secret"), name), Risk.CRITICAL),
            "delete the %s %s of %s; its value cannot be restored"
                .formatted(store.words("secret"), name, store),
            new Changes.Request("DELETE", path, Map.of()),
            (github, _) -> {
              github.send("DELETE", path, null);
              return ToolResult.ok(
                  "the %s %s of %s is deleted".formatted(store.words("secret"), name, store));
            })
        .at(old.text("updated_at"));
  }
}
