package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.look.Seen;
import java.util.List;
import java.util.Optional;

/** The Google account that a workload without annotation was meant to act as, if any lets it. */
final class Meant {

  private final Scene scene;
  private final AccountHops hops;
  private final AccountHops.Identity identity;

  Meant(Scene scene, AccountHops hops, AccountHops.Identity identity) {
    this.scene = scene;
    this.hops = hops;
    this.identity = identity;
  }

  Optional<String> account() {
    var home = scene.home();
    var searched =
        scene
            .cloud()
            .searchPolicies(home, "policy:\"" + identity.pool() + "[" + identity.words() + "]\"");
    var found = searched.find().flatMap(this::first);
    if (found.isPresent()) {
      return found;
    }
    var emails =
        scene.cloud().accounts(home).find().orElse(List.of()).stream()
            .map(one -> one.text("email"))
            .toList();
    // The search may not be allowed, or lag behind.
    return hops.letting(emails);
  }

  private Optional<String> first(List<Json> results) {
    var emails =
        results.stream()
            .map(one -> one.text("resource"))
            .filter(one -> one.contains("/serviceAccounts/"))
            .map(one -> one.replaceFirst("^.*/", ""))
            .map(this::email)
            .flatMap(Optional::stream)
            .toList();
    return hops.letting(emails);
  }

  /** The search names accounts by their unique numbers. */
  private Optional<String> email(String name) {
    return name.contains("@")
        ? Optional.of(name)
        : switch (scene.cloud().account(name)) {
          case Seen.Found<Json>(var account) -> account.find("email");
          case Seen.Unseen<Json> _ -> Optional.empty();
        };
  }
}
