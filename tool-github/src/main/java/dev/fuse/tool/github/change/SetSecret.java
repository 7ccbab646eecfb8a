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
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.secret.Sealing;
import dev.fuse.tool.github.secret.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets a secret to a value that only the person, a file or a generator knows. */
public final class SetSecret implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_secret_set",
              "Set a secret of a repository, environment or organization. The value comes from a source and is never shown. The old value cannot be restored.",
              Store.parameters(
                  Schema.object()
                      .required("name", Schema.string("Its name"))
                      .optional("value", Schema.string("Where the value comes from").secretSource())
                      .optional(
                          "generate",
                          Schema.integer("Instead: length of a random value").range(12, 512))
                      .optional("alphabet", Schema.string("letters, hex or the characters"))
                      .optional(
                          "store",
                          Schema.choice("Of which service", "actions", "dependabot", "codespaces"))
                      .optional(
                          "visibility",
                          Schema.choice("Of an organization's", "all", "private", "selected"))
                      .optional("repositories", Schema.array("Selected ones", Schema.string("")))),
              Changes.ceiling(Risk.CRITICAL, Verb.CREATE, Verb.UPDATE))
          .keywords("rotate", "add", "put", "store", "secret", "token");

  private final Site site;

  public SetSecret(Site site) {
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
    if (arguments.has("value") == arguments.has("generate")) {
      throw ToolFailure.invalid(
          "one of value and generate is needed",
          "value: prompt, env:NAME or file:PATH; generate: a length");
    }
    var old = existing(site.github(), store, name);
    var path = store.path("secrets") + "/" + name;
    var shown = new LinkedHashMap<String, Object>();
    shown.put("encrypted_value", "(sealed, from " + source(arguments) + ")");
    shown.putAll(visibility(arguments, store, old, List.of()));
    var action =
        Changes.of(
            site,
            Changes.effect(
                old.isPresent() ? Verb.UPDATE : Verb.CREATE,
                store
                    .target(site, store.words("secret"), name)
                    .decidedBy("source", source(arguments)),
                store.risk()),
            "%s the %s %s of %s%s"
                .formatted(
                    old.isPresent() ? "replace" : "create",
                    store.words("secret"),
                    name,
                    store,
                    old.map(
                            it ->
                                ", last updated "
                                    + it.text("updated_at")
                                    + "; its old value cannot be restored")
                        .orElse("")),
            new Changes.Request("PUT", path, shown),
            (github, running) -> set(github, running, arguments, store, name));
    return action.at(old.map(it -> it.text("updated_at")).orElse("absent"));
  }

  static Optional<Node> existing(GitHub github, Store store, String name) {
    try {
      return github.find(store.path("secrets") + "/" + name);
    } catch (Refused refused) {
      throw refused.failure();
    }
  }

  private static String source(Arguments arguments) {
    return arguments.has("generate")
        ? "a generator, " + arguments.integer("generate") + " characters"
        : arguments.string("value");
  }

  private static ToolResult set(
      GitHub github, Call call, Arguments arguments, Store store, String name) {
    var value =
        SecretWriter.checked(
            arguments.has("generate")
                ? Sealing.generate(arguments.integer("generate"), arguments.string("alphabet", ""))
                : call.secret("value"));
    var old = github.find(store.path("secrets") + "/" + name);
    var ids = ids(github, store, arguments.strings("repositories"));
    var writer = new SecretWriter(github, store, visibility(arguments, store, old, ids));
    var at = writer.set(name, value);
    var done =
        "%s %s of %s is set; GitHub gives updated_at %s as the proof"
            .formatted(store.words("secret"), name, store, at);
    var result = ToolResult.ok(done);
    return old.isPresent()
        ? result
        : result.undo(
            Changes.undo(
                "gh_secret_delete",
                SecretArguments.of(store, name),
                "the secret " + name + " is gone again"));
  }

  /** What an organization's secret says of who sees it; unchanged where nothing is said. */
  private static Map<String, Object> visibility(
      Arguments arguments, Store store, Optional<Node> old, List<Long> ids) {
    if (store.organization().isEmpty()) {
      return Map.of();
    }
    var more = new LinkedHashMap<String, Object>();
    var before = old.map(it -> it.text("visibility")).orElse("private");
    more.put("visibility", arguments.string("visibility", before));
    if (!ids.isEmpty()) {
      more.put("selected_repository_ids", ids);
    }
    return more;
  }

  private static List<Long> ids(GitHub github, Store store, List<String> names) {
    return names.stream()
        .map(it -> it.contains("/") ? RepoName.of(it) : new RepoName(store.organization(), it))
        .map(it -> github.get(it.path("")).number("id"))
        .toList();
  }
}
