package dev.fuse.tool.gcp.look;

import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import java.util.Map;

/** How the policy of each kind of resource, and the resource itself, is asked for. */
public final class Policies {

  private static final String VERSION = "options.requestedPolicyVersion";

  private Policies() {}

  /** The request that reads a policy with its conditions. */
  public static Request read(Resource of) {
    var what = "the policy of " + of.words();
    return switch (of.kind()) {
      case PROJECT, FOLDER, ORGANIZATION ->
          Request.ask(
              Api.PROJECTS,
              "v3/" + of.path() + ":getIamPolicy",
              Json.of("options", Map.of("requestedPolicyVersion", 3)),
              what);
      case ACCOUNT ->
          new Request(
                  Api.IAM,
                  "POST",
                  "v1/" + path(of) + ":getIamPolicy",
                  Map.of(),
                  java.util.Optional.of(Json.EMPTY),
                  true,
                  what,
                  java.time.Duration.ofSeconds(15))
              .with(VERSION, "3");
      case BUCKET ->
          Request.get(Api.STORAGE, "b/" + Request.encode(of.name()) + "/iam", what)
              .with("optionsRequestedPolicyVersion", "3");
      case TOPIC, SUBSCRIPTION, SECRET, REPOSITORY ->
          Request.get(of.kind().api(), "v1/" + path(of) + ":getIamPolicy", what).with(VERSION, "3");
      case SQL -> read(Resource.project(of.project()));
    };
  }

  /** The request that writes a policy, which carries its etag. */
  public static Request write(Resource of, Json policy) {
    var what = "the policy of " + of.words();
    var body = Json.of("policy", policy.fields());
    return switch (of.kind()) {
      case PROJECT, FOLDER, ORGANIZATION ->
          Request.change(Api.PROJECTS, "POST", "v3/" + of.path() + ":setIamPolicy", body, what);
      case BUCKET ->
          Request.change(
              Api.STORAGE, "PUT", "b/" + Request.encode(of.name()) + "/iam", policy, what);
      case ACCOUNT, TOPIC, SUBSCRIPTION, SECRET, REPOSITORY ->
          Request.change(of.kind().api(), "POST", "v1/" + path(of) + ":setIamPolicy", body, what);
      case SQL -> write(Resource.project(of.project()), policy);
    };
  }

  /** The request that reads the resource itself. */
  public static Request look(Resource of) {
    var what = of.words();
    return switch (of.kind()) {
      case PROJECT, FOLDER, ORGANIZATION -> Request.get(Api.PROJECTS, "v3/" + of.path(), what);
      case BUCKET -> Request.get(Api.STORAGE, "b/" + Request.encode(of.name()), what);
      case SQL ->
          Request.get(
              Api.SQL,
              "sql/v1beta4/projects/" + of.project() + "/instances/" + Request.encode(of.name()),
              what);
      case ACCOUNT, TOPIC, SUBSCRIPTION, SECRET, REPOSITORY ->
          Request.get(of.kind().api(), "v1/" + path(of), what);
    };
  }

  private static String path(Resource of) {
    var name = Request.encode(of.name());
    return of.path().substring(0, of.path().length() - of.name().length()) + name;
  }
}
