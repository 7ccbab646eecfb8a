package dev.fuse.tool.github.secret;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Reads;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.api.Site;
import dev.fuse.tool.github.look.Actions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the names, ages and scopes of secrets and variables. */
public final class ListSecrets implements Tool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gh_secrets_list",
              "List secrets and variables by scope with their age: repository, environments, organization, Dependabot, Codespaces. Never values of secrets.",
              Reads.repository(
                  Schema.object().optional("name", Schema.string("Only names that contain this"))),
              Reads.CEILING)
          .keywords("secret", "variable", "environment", "dependabot", "codespaces");

  private final Site site;
  private final Clock clock;

  public ListSecrets(Site site, Clock clock) {
    this.site = site;
    this.clock = clock;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Arguments arguments, Call call) {
    var repository = site.repository(arguments.string("repository", ""), "");
    var wanted = arguments.string("name", "").toUpperCase(java.util.Locale.ROOT);
    return Reads.of(
        site,
        repository,
        "secrets and variables of " + repository,
        (github, _) -> list(github, repository, wanted));
  }

  private ToolResult list(GitHub github, RepoName repository, String wanted) {
    var places = places(github, repository);
    var rows = new ArrayList<Map<String, Object>>();
    var text = new StringBuilder("name | what | scope | updated | visibility\n");
    var missing = new ArrayList<String>();
    for (var part : Parallel.map(places, place -> read(github, place))) {
      missing.addAll(part.missing());
      part.rows().stream()
          .filter(it -> String.valueOf(it.get("name")).contains(wanted))
          .forEach(
              row -> {
                rows.add(row);
                text.append(String.join(" | ", row.values().stream().map(String::valueOf).toList()))
                    .append('\n');
              });
    }
    missing.forEach(it -> text.append("not read: ").append(it).append('\n'));
    return ToolResult.ok(text.toString()).structured(rows);
  }

  /** A store to be listed. */
  private record Place(String path, String key, String what, String scope) {}

  private record Part(List<Map<String, Object>> rows, List<String> missing) {}

  private static List<Place> places(GitHub github, RepoName repository) {
    var places = new ArrayList<Place>();
    places.add(new Place(repository.path("/actions/secrets"), "secrets", "secret", "repository"));
    places.add(
        new Place(
            repository.path("/actions/organization-secrets"), "secrets", "secret", "organization"));
    places.add(
        new Place(repository.path("/actions/variables"), "variables", "variable", "repository"));
    places.add(
        new Place(
            repository.path("/actions/organization-variables"),
            "variables",
            "variable",
            "organization"));
    places.add(
        new Place(repository.path("/dependabot/secrets"), "secrets", "secret", "Dependabot"));
    places.add(
        new Place(repository.path("/codespaces/secrets"), "secrets", "secret", "Codespaces"));
    var environments = github.find(repository.path("/environments?per_page=100"));
    for (var environment : environments.map(it -> it.list("environments")).orElse(List.of())) {
      var name = environment.text("name");
      var path = repository.path("/environments/" + Actions.encoded(name).replace("+", "%20"));
      places.add(new Place(path + "/secrets", "secrets", "secret", "environment " + name));
      places.add(new Place(path + "/variables", "variables", "variable", "environment " + name));
    }
    return places;
  }

  private Part read(GitHub github, Place place) {
    try {
      var rows = new ArrayList<Map<String, Object>>();
      for (var item : github.list(place.path(), place.key(), 500).items()) {
        var stored = Stored.of(item, place.scope());
        var row = new LinkedHashMap<String, Object>();
        row.put("name", stored.name());
        row.put("what", place.what());
        row.put("scope", stored.scope());
        row.put("updated", stored.age(clock.instant()) + " days ago");
        row.put("visibility", stored.visibility());
        rows.add(row);
      }
      return new Part(rows, List.of());
    } catch (Refused refused) {
      boolean nobodys = place.scope().equals("organization") || place.scope().equals("Codespaces");
      return new Part(
          List.of(),
          nobodys && refused.absent()
              ? List.of()
              : List.of(place.scope() + " " + place.key() + ": " + refused.problem()));
    }
  }
}
