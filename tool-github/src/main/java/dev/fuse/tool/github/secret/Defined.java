package dev.fuse.tool.github.secret;

import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Node;
import dev.fuse.tool.github.api.Parallel;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import dev.fuse.tool.github.look.Actions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The secrets and variables that a repository's jobs can draw on: names and dates, never values.
 *
 * @param repository secrets of the repository
 * @param environments secrets by environment
 * @param organization the organization's secrets that this repository may use
 * @param dependabot secrets of Dependabot's own store
 * @param variables those of repository and organization, and by environment
 * @param missing what could not be read, and why
 */
public record Defined(
    Map<String, Stored> repository,
    Map<String, Map<String, Stored>> environments,
    Map<String, Stored> organization,
    Optional<Map<String, Stored>> dependabot,
    Variables variables,
    List<String> missing) {

  /** Variables, which are not secret. */
  public record Variables(
      Map<String, Stored> common, Map<String, Map<String, Stored>> environments) {
    /** Where a variable of that name is. */
    public Optional<String> where(String name) {
      if (common.containsKey(name)) {
        return Optional.of(common.get(name).scope());
      }
      return environments.entrySet().stream()
          .filter(it -> it.getValue().containsKey(name))
          .map(it -> "environment " + it.getKey())
          .findFirst();
    }
  }

  /** Reads all stores side by side. */
  public static Defined read(GitHub github, RepoName repository) {
    var reading = new Reading(github, repository);
    var own = reading.begin("/actions/secrets", "secrets", "repository");
    var organization = reading.begin("/actions/organization-secrets", "secrets", "organization");
    var variables = reading.begin("/actions/variables", "variables", "repository");
    var shared = reading.begin("/actions/organization-variables", "variables", "organization");
    var dependabot = reading.begin("/dependabot/secrets", "secrets", "Dependabot");
    var environments = new LinkedHashMap<String, Map<String, Stored>>();
    var environmentVariables = new LinkedHashMap<String, Map<String, Stored>>();
    for (var name : reading.environments()) {
      var path = "/environments/" + Actions.encoded(name).replace("+", "%20");
      var scope = "environment " + name;
      var secrets = reading.begin(path + "/secrets", "secrets", scope);
      var values = reading.begin(path + "/variables", "variables", scope);
      environments.put(name, Collections.emptyMap());
      reading.later(() -> environments.put(name, secrets.get().orElse(Map.of())));
      reading.later(() -> environmentVariables.put(name, values.get().orElse(Map.of())));
    }
    var common = new TreeMap<>(shared.get().orElse(Map.of()));
    common.putAll(variables.get().orElse(Map.of()));
    reading.finish();
    return new Defined(
        own.get().orElse(Map.of()),
        environments,
        organization.get().orElse(Map.of()),
        dependabot.get(),
        new Variables(common, environmentVariables),
        reading.missing());
  }

  /** Whether anything could be read. */
  public boolean known() {
    return missing.stream().noneMatch(it -> it.startsWith("repository secrets"));
  }

  /** The stores of one repository, read in parallel. */
  private static final class Reading {

    private final GitHub github;
    private final RepoName repository;
    private final List<Runnable> later = new ArrayList<>();
    private final List<String> missing = Collections.synchronizedList(new ArrayList<>());

    Reading(GitHub github, RepoName repository) {
      this.github = github;
      this.repository = repository;
    }

    Parallel.Later<Optional<Map<String, Stored>>> begin(String path, String key, String scope) {
      return Parallel.begin(
          () -> {
            try {
              return Optional.of(
                  stored(github.list(repository.path(path), key, 500).items(), scope));
            } catch (Refused refused) {
              boolean nobodys = scope.equals("organization") && refused.absent();
              if (!nobodys) {
                missing.add(scope + " " + key + ": " + refused.words());
              }
              return Optional.empty();
            }
          });
    }

    List<String> environments() {
      try {
        return github.list(repository.path("/environments"), "environments", 200).items().stream()
            .map(it -> it.text("name"))
            .toList();
      } catch (Refused refused) {
        missing.add("environments: " + refused.problem());
        return List.of();
      }
    }

    void later(Runnable work) {
      later.add(work);
    }

    void finish() {
      later.forEach(Runnable::run);
    }

    List<String> missing() {
      return missing.stream().sorted().toList();
    }
  }

  static Map<String, Stored> stored(List<Node> items, String scope) {
    var stored = new TreeMap<String, Stored>();
    for (var item : items) {
      stored.put(item.text("name").toUpperCase(java.util.Locale.ROOT), Stored.of(item, scope));
    }
    return stored;
  }
}
