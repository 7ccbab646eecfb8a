package dev.fuse.tool.gcp.look;

import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import java.util.List;
import java.util.Optional;

/** Lists the resources of a project, by kind. */
public final class Listings {

  private Listings() {}

  /** The resources of a kind in a project. */
  public static Seen<List<Json>> of(Cloud cloud, Resource.Kind kind, String project) {
    var what = "the " + kind.title() + "s of project '" + project + "'";
    var root = "v1/projects/" + project + "/";
    return switch (kind) {
      case ACCOUNT -> cloud.accounts(project);
      case BUCKET ->
          cloud.askAll(Request.get(Api.STORAGE, "b", what).with("project", project), "items");
      case TOPIC -> cloud.askAll(Request.get(Api.PUBSUB, root + "topics", what), "topics");
      case SUBSCRIPTION ->
          cloud.askAll(Request.get(Api.PUBSUB, root + "subscriptions", what), "subscriptions");
      case SECRET -> cloud.askAll(Request.get(Api.SECRETS, root + "secrets", what), "secrets");
      case REPOSITORY ->
          cloud.askAll(
              Request.get(Api.ARTIFACTS, root + "locations/-/repositories", what), "repositories");
      case SQL ->
          cloud.askAll(
              Request.get(Api.SQL, "sql/v1beta4/projects/" + project + "/instances", what),
              "items");
      case PROJECT, FOLDER, ORGANIZATION ->
          cloud.askAll(Request.get(Api.PROJECTS, "v3/projects:search", "projects"), "projects");
    };
  }

  /** The names of what is beside a resource; empty where they cannot be seen. */
  public static Optional<List<String>> names(Cloud cloud, Resource one) {
    return one.project().isEmpty() || one.kind() == Resource.Kind.ACCOUNT
        ? Optional.empty()
        : of(cloud, one.kind(), one.project())
            .find()
            .map(list -> list.stream().map(Listings::name).toList());
  }

  /** The last part of a resource's name. */
  public static String name(Json json) {
    return json.find("email")
        .or(() -> json.find("projectId"))
        .or(() -> json.find("name"))
        .orElse("")
        .replaceFirst("^.*/", "");
  }
}
