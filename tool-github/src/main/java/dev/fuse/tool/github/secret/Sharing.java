package dev.fuse.tool.github.secret;

import dev.fuse.tool.github.api.GitHub;
import dev.fuse.tool.github.api.Refused;
import dev.fuse.tool.github.api.RepoName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An organization's secrets, and which repositories each one is open to; read when needed. */
final class Sharing {

  private final GitHub github;
  private final RepoName repository;
  private final List<String> missing = new ArrayList<>();
  private @Nullable Map<String, Stored> all;

  Sharing(GitHub github, RepoName repository) {
    this.github = github;
    this.repository = repository;
  }

  List<String> missing() {
    return List.copyOf(missing);
  }

  /** The organization has it, and this repository may not use it. */
  Optional<Gap> notVisible(Usage usage, String name) {
    var stored = all().get(name);
    if (stored == null) {
      return Optional.empty();
    }
    var chosen = stored.visibility().equals("selected") ? selected(name) : List.<String>of();
    var open =
        switch (stored.visibility()) {
          case "selected" ->
              "open to selected repositories only (%s), and %s is not among them"
                  .formatted(
                      chosen.isEmpty() ? "none" : String.join(", ", chosen), repository.name());
          case "private" ->
              "visible to private repositories only, and " + repository + " is not one";
          default -> "visible to " + stored.visibility();
        };
    return Optional.of(
        new Gap(
            Gap.Kind.NOT_VISIBLE,
            name,
            List.of(usage),
            "%s is a secret of the organization %s, %s".formatted(name, repository.owner(), open),
            "the organization has not granted %s access to it, so it is empty in %s"
                .formatted(repository, usage.file().file()),
            "add %s to the selected repositories of the organization secret %s"
                .formatted(repository.name(), name)));
  }

  private List<String> selected(String name) {
    try {
      return github
          .list(
              "/orgs/" + repository.owner() + "/actions/secrets/" + name + "/repositories",
              "repositories",
              100)
          .items()
          .stream()
          .map(it -> it.text("name"))
          .toList();
    } catch (Refused refused) {
      return List.of();
    }
  }

  private Map<String, Stored> all() {
    if (all == null) {
      try {
        all =
            Defined.stored(
                github
                    .list("/orgs/" + repository.owner() + "/actions/secrets", "secrets", 1000)
                    .items(),
                "organization");
      } catch (Refused refused) {
        if (refused.status() != 404 || github.signedIn()) {
          missing.add(
              "secrets of the organization that are not open to this repository: "
                  + refused.problem());
        }
        all = Map.of();
      }
    }
    return all;
  }
}
