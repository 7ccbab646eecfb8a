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
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.secret.Store;
import java.util.LinkedHashMap;

/** Sets or deletes a variable, which is not secret. */
public final class SetVariable implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
          "gh_variable_set",
          "Set a variable of Actions (not secret) of a repository, environment or organization, or delete it.",
          Store.parameters(
              Schema.object()
                  .required("name", Schema.string("Its name"))
                  .optional("value", Schema.string("Left out: it is deleted"))),
          Changes.ceiling(Risk.CRITICAL, Verb.CREATE, Verb.UPDATE, Verb.DELETE));

  private final Site site;

  public SetVariable(Site site) {
    this.site = site;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var store = Store.of(site, arguments, "actions");
    var name = Store.name(arguments.string("name"));
    var value = arguments.findString("value");
    var path = store.path("variables");
    var old = find(store, name);
    if (value.isEmpty() && old.isEmpty()) {
      throw ToolFailure.notFound(
          "there is no variable '" + name + "' of " + store, "list them: gh_secrets_list");
    }
    var verb = value.isEmpty() ? Verb.DELETE : old.isPresent() ? Verb.UPDATE : Verb.CREATE;
    var body = new LinkedHashMap<String, Object>();
    value.ifPresent(
        it -> {
          body.put("name", name);
          body.put("value", it);
          if (!store.organization().isEmpty() && old.isEmpty()) {
            body.put("visibility", "private");
          }
        });
    var method = verb == Verb.DELETE ? "DELETE" : verb == Verb.UPDATE ? "PATCH" : "POST";
    var place = verb == Verb.CREATE ? path : path + "/" + name;
    var words = verb == Verb.DELETE ? "delete the variable " : "set the variable ";
    return Changes.of(
            site,
            Changes.effect(verb, store.target(site, "variable", name), store.risk()),
            words + name + " of " + store,
            new Changes.Request(method, place, body),
            (github, _) -> {
              github.send(method, place, verb == Verb.DELETE ? null : body);
              var back = SecretArguments.of(store, name);
              old.ifPresent(it -> back.put("value", it));
              return ToolResult.ok("done: " + words + name + " of " + store)
                  .undo(
                      Changes.undo(
                          "gh_variable_set", back, "the variable " + name + " is as before"));
            })
        .at(old.orElse("absent"));
  }

  private java.util.Optional<String> find(Store store, String name) {
    try {
      return site.github().find(store.path("variables") + "/" + name).map(it -> it.text("value"));
    } catch (Refused refused) {
      throw refused.failure();
    }
  }
}
