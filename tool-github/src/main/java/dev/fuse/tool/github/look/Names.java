package dev.fuse.tool.github.look;

import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Parallel.Later;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The names in this folder's repository on GitHub: workflows, environments, branches, secrets. */
public record Names(Site site) implements InventorySource {

  private static final int EACH = 200;

  /** A question waits for names, so what is late is left for the next one. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

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
      var parts = new LinkedHashMap<String, Later<Part>>();
      parts.put("workflows", begin("/actions/workflows", "workflows", this::workflow));
      parts.put(
          "environments", begin("/environments", "environments", it -> named("Environment", it)));
      parts.put("secrets", begin("/actions/secrets", "secrets", it -> named("Secret", it)));
      parts.put("variables", begin("/actions/variables", "variables", it -> named("Variable", it)));
      parts.put("branches", begin("/branches", "", it -> named("Branch", it)));
      parts.put("runs", begin("/actions/runs", "workflow_runs", this::run));
      var until = Instant.now().plus(PATIENCE);
      parts.forEach(
          (what, part) -> {
            var read = part.within(Duration.between(Instant.now(), until));
            read.ifPresent(it -> items.addAll(it.items()));
            read.map(Part::problem)
                .or(() -> Optional.of("not listed in time"))
                .filter(it -> !it.isEmpty())
                .ifPresent(it -> missing.add(what + ": " + it));
          });
      return new Listing(items.stream().limit(most).toList(), missing);
    }

    private Later<Part> begin(String path, String key, Function<Node, Item> item) {
      return Parallel.begin(() -> part(path, key, item));
    }

    private Part part(String path, String key, Function<Node, Item> item) {
      try {
        int most = key.equals("workflow_runs") ? 30 : EACH;
        var listed = github.list(repository.path(path), key, most);
        return new Part(listed.items().stream().map(item).toList(), "");
      } catch (Refused refused) {
        return new Part(List.of(), refused.problem());
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

  private record Part(List<Item> items, String problem) {}
}
