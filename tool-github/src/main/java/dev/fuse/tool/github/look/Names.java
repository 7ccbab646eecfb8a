package dev.fuse.tool.github.look;

import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The names in this folder's repository on GitHub: workflows, environments, branches, secrets. */
public record Names(Site site) implements InventorySource {

  private static final int EACH = 200;

  private static final Spec SPEC =
      new Spec(
          "github",
          List.of("git-remote"),
          true,
          List.of(
              ItemKind.of("Repository", "repository", "repo"),
              ItemKind.of("Workflow", "workflow", "pipeline", "build"),
              ItemKind.of("Environment", "environment"),
              ItemKind.of("Secret", "secret", "token"),
              ItemKind.of("Variable", "variable"),
              ItemKind.of("Branch", "branch"),
              ItemKind.of("Run", "run")));

  @Override
  public Spec spec() {
    return SPEC;
  }

  @Override
  public Listing list(PluginContext context, Query query) {
    var repository = site.find("", "");
    if (repository.isEmpty()) {
      return Listing.of(List.of());
    }
    var github = site.github();
    if (!github.signedIn()) {
      return Listing.of(List.of(itself(repository.get())));
    }
    return new Reading(github, repository.get()).list(query.most());
  }

  private static Item itself(RepoName repository) {
    return Item.of("Repository", repository.toString(), Map.of("repository", repository.toString()))
        .alsoCalled(List.of(repository.name()));
  }

  /** The lists of one repository, read side by side. */
  private record Reading(GitHub github, RepoName repository) {

    Listing list(int most) {
      var missing = new ArrayList<String>();
      var items = new ArrayList<Item>();
      items.add(itself(repository));
      var parts =
          Parallel.map(
              List.<Supplier<Part>>of(
                  () -> part("workflows", "/actions/workflows", "workflows", this::workflow),
                  () -> part("environments", "/environments", "environments", it -> named("Environment", it)),
                  () -> part("secrets", "/actions/secrets", "secrets", it -> named("Secret", it)),
                  () -> part("variables", "/actions/variables", "variables", it -> named("Variable", it)),
                  () -> part("branches", "/branches", "", it -> named("Branch", it)),
                  () -> part("runs", "/actions/runs", "workflow_runs", this::run)),
              Supplier::get);
      for (var part : parts) {
        items.addAll(part.items());
        missing.addAll(part.missing());
      }
      if (items.size() == 1 && !missing.isEmpty()) {
        throw new ToolFailure(ToolResult.Kind.UNAVAILABLE, missing.getFirst(), "");
      }
      return new Listing(items.stream().limit(most).toList(), missing);
    }

    private Part part(String what, String path, String key, Function<Node, Item> item) {
      try {
        int most = what.equals("runs") ? 30 : EACH;
        var listed = github.list(repository.path(path), key, most);
        return new Part(listed.items().stream().map(item).toList(), List.of());
      } catch (Refused refused) {
        return new Part(List.of(), List.of(what + ": " + refused.problem()));
      }
    }

    private Item workflow(Node node) {
      var file = node.text("path").replaceAll("^.*/", "");
      return Item.of("Workflow", node.text("name"), coordinates())
          .alsoCalled(List.of(file, file.replaceAll("\\.ya?ml$", "")))
          .with(Map.of("state", node.text("state")));
    }

    private Item named(String kind, Node node) {
      return Item.of(kind, node.text("name"), coordinates());
    }

    private Item run(Node node) {
      var run = new Run(node);
      return Item.of("Run", String.valueOf(run.id()), coordinates())
          .leadingTo(List.of(new Link("Workflow", run.workflow())))
          .with(Map.of("outcome", run.outcome(), "branch", run.branch()));
    }

    private Map<String, String> coordinates() {
      return Map.of("repository", repository.toString());
    }
  }

  private record Part(List<Item> items, List<String> missing) {}
}
