package dev.fuse.tool.gcp.look;

import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The names of a project's clusters, service accounts and what workloads use. */
public final class CloudNames implements InventorySource {

  private static final List<Resource.Kind> LISTED =
      List.of(
          Resource.Kind.BUCKET,
          Resource.Kind.TOPIC,
          Resource.Kind.SUBSCRIPTION,
          Resource.Kind.SECRET,
          Resource.Kind.REPOSITORY,
          Resource.Kind.SQL);

  private static final Spec SPEC =
      new Spec(
          "gcp",
          List.of("google-project"),
          true,
          List.of(
              ItemKind.of("GKE cluster", "gke cluster", "cluster"),
              ItemKind.of("Google service account", "gsa", "google service account"),
              ItemKind.of("Google project", "google project"),
              ItemKind.of("bucket", "bucket"),
              ItemKind.of("topic", "topic"),
              ItemKind.of("subscription", "subscription"),
              ItemKind.of("secret", "secret"),
              ItemKind.of("repository", "registry"),
              ItemKind.of("Cloud SQL instance", "cloud sql", "database")));

  private final Supplier<Access> access;

  public CloudNames(Supplier<Access> access) {
    this.access = access;
  }

  @Override
  public Spec spec() {
    return SPEC;
  }

  @Override
  public Listing list(PluginContext context, Query query) {
    var opened = access.get();
    var project = opened.standard().orElse("");
    if (project.isEmpty()) {
      return Listing.of(List.of());
    }
    var cloud = new Cloud(opened.google(), query.until());
    var parts = new LinkedHashMap<String, Later<List<Item>>>();
    parts.put("clusters", Later.of(() -> clusters(cloud, project)));
    parts.put("service accounts", Later.of(() -> accounts(cloud, project)));
    LISTED.forEach(
        kind -> parts.put(kind.title() + "s", Later.of(() -> resources(cloud, kind, project))));
    return gathered(project, parts, query.most());
  }

  private static Listing gathered(String project, Map<String, Later<List<Item>>> parts, int most) {
    var items = new ArrayList<Item>();
    var missing = new ArrayList<String>();
    items.add(Item.of("Google project", project, Map.of()));
    parts.forEach(
        (what, part) -> {
          try {
            items.addAll(part.get());
          } catch (Refusal refusal) {
            missing.add(what + ": " + refusal.inShort());
          } catch (ToolFailure failure) {
            missing.add(what + ": " + failure.result().problem());
          }
        });
    return new Listing(items.stream().limit(most).toList(), missing);
  }

  private static List<Item> clusters(Cloud cloud, String project) {
    return cloud.clusters(project).get().stream()
        .map(
            one ->
                Item.of(
                        "GKE cluster",
                        one.text("name"),
                        Map.of("project", project, "location", one.text("location")))
                    .with(Map.of("version", one.text("currentMasterVersion"))))
        .toList();
  }

  private static List<Item> accounts(Cloud cloud, String project) {
    return cloud.accounts(project).get().stream()
        .map(
            one ->
                Item.of("Google service account", one.text("email"), Map.of("project", project))
                    .with(one.truth("disabled") ? Map.of("state", "disabled") : Map.of()))
        .toList();
  }

  private static List<Item> resources(Cloud cloud, Resource.Kind kind, String project) {
    return Listings.of(cloud, kind, project).get().stream()
        .map(one -> item(kind, project, one))
        .toList();
  }

  private static Item item(Resource.Kind kind, String project, Json one) {
    var location = one.find("location").or(() -> one.find("region"));
    var where = new LinkedHashMap<String, String>(Map.of("project", project));
    location.ifPresent(name -> where.put("location", name));
    return Item.of(kind.title(), Listings.name(one), where);
  }
}
