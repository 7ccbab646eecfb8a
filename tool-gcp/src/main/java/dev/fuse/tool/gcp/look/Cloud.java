package dev.fuse.tool.gcp.look;

import dev.fuse.spi.Call;
import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.Google;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Refusal;
import dev.fuse.tool.gcp.api.Request;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What one call reads of Google Cloud; asked twice, it is read once. */
public final class Cloud {

  private static final int MOST = 1000;

  private final Google google;
  private final Instant deadline;
  private final Map<String, Later<?>> read = new ConcurrentHashMap<>();

  public Cloud(Google google, Call call) {
    this(google, call.deadline().minusMillis(300));
  }

  Cloud(Google google, Instant deadline) {
    this.google = google;
    this.deadline = deadline;
  }

  public Google google() {
    return google;
  }

  public Instant deadline() {
    return deadline;
  }

  /** Begins to read something that will be asked for, or is just asked for. */
  @SuppressWarnings("unchecked")
  public <T> Later<T> once(String key, Supplier<T> reading) {
    return (Later<T>) read.computeIfAbsent(key, _ -> Later.of(reading));
  }

  private Seen<Json> one(Request request) {
    return once(
            request.method() + request.api() + request.address(),
            () -> seen(() -> google.call(request, deadline)))
        .get();
  }

  private Seen<List<Json>> many(Request request, String items) {
    return once(
            "list "
                + request.api()
                + request.address()
                + request.body().map(Json::write).orElse(""),
            () -> seen(() -> google.list(request, items, MOST, deadline)))
        .get();
  }

  /** The answer, or the refusal as a value. */
  public static <T> Seen<T> seen(Supplier<T> reading) {
    try {
      return new Seen.Found<>(reading.get());
    } catch (Refusal refusal) {
      return new Seen.Unseen<>(refusal);
    }
  }

  /** A project by ID or number: its ID, its name with the number, its parent. */
  public Seen<Json> project(String project) {
    return one(Request.get(Api.PROJECTS, "v3/projects/" + project, "project '" + project + "'"));
  }

  /** The project's number; its ID where the number cannot be seen. */
  public String number(String project) {
    return project(project)
        .find()
        .map(json -> json.text("name").replace("projects/", ""))
        .filter(number -> !number.isEmpty())
        .orElse(project);
  }

  /** What stands above a project, the nearest first, itself included. */
  public Seen<List<Resource>> ancestry(String project) {
    var request =
        Request.ask(
            Api.PROJECTS,
            "v1/projects/" + project + ":getAncestry",
            Json.EMPTY,
            "what stands above project '" + project + "'");
    return one(request)
        .map(
            json ->
                json.list("ancestor").stream()
                    .map(one -> above(one.text("resourceId.type"), one.text("resourceId.id")))
                    .toList());
  }

  private static Resource above(String type, String id) {
    return switch (type) {
      case "folder" -> Resource.folder(id);
      case "organization" -> Resource.organization(id);
      default -> Resource.project(id);
    };
  }

  /** The name that people gave a folder or organisation; its number where that is hidden. */
  public String title(Resource node) {
    if (node.kind() != Resource.Kind.FOLDER && node.kind() != Resource.Kind.ORGANIZATION) {
      return node.words();
    }
    var shown =
        one(Request.get(Api.PROJECTS, "v3/" + node.path(), node.words()))
            .find()
            .flatMap(json -> json.find("displayName"));
    return node.kind().title()
        + " "
        + shown.map(one -> one + " (" + node.path() + ")").orElse(node.path());
  }

  /** The cluster at {@code projects/P/locations/L/clusters/C}. */
  public Seen<Json> cluster(String path) {
    return one(Request.get(Api.CONTAINER, "v1/" + path, "cluster '" + path + "'"));
  }

  /** All clusters of a project. */
  public Seen<List<Json>> clusters(String project) {
    var request =
        Request.get(
            Api.CONTAINER,
            "v1/projects/" + project + "/locations/-/clusters",
            "the clusters of project '" + project + "'");
    return one(request).map(json -> json.list("clusters"));
  }

  /** The service account of that address. */
  public Seen<Json> account(String email) {
    return one(
        Request.get(
            Api.IAM,
            "v1/projects/-/serviceAccounts/" + Request.encode(email),
            "service account '" + email + "'"));
  }

  /** The service accounts of a project. */
  public Seen<List<Json>> accounts(String project) {
    return many(
        Request.get(
                Api.IAM,
                "v1/projects/" + project + "/serviceAccounts",
                "the service accounts of project '" + project + "'")
            .with("pageSize", "100"),
        "accounts");
  }

  /** A role with its permissions. */
  public Seen<Json> role(String name) {
    return one(Request.get(Api.IAM, "v1/" + name, "role '" + name + "'"));
  }

  /** Whether an API is enabled in a project. */
  public Seen<Boolean> enabled(String project, String service) {
    return one(Request.get(
            Api.SERVICES,
            "v1/projects/" + project + "/services/" + service,
            "service '" + service + "' of project '" + project + "'"))
        .map(json -> json.text("state").equals("ENABLED"));
  }

  /** The deny policies of a project, folder or organisation, with their rules. */
  public Seen<List<Json>> denyPolicies(Resource node) {
    var point = Request.encode("cloudresourcemanager.googleapis.com/" + node.path());
    var listed =
        many(
            Request.get(
                Api.IAM,
                "v2/policies/" + point + "/denypolicies",
                "the deny policies of " + node.words()),
            "policies");
    return switch (listed) {
      case Seen.Unseen<List<Json>> unseen -> unseen;
      case Seen.Found<List<Json>>(var names) ->
          seen(() -> names.stream().map(this::whole).toList());
    };
  }

  /** A list of deny policies leaves their rules out. */
  private Json whole(Json policy) {
    if (policy.has("rules")) {
      return policy;
    }
    var name = policy.text("name");
    int last = name.lastIndexOf('/');
    var id = name.substring(last + 1);
    var point = name.replaceFirst("^policies/", "").replaceFirst("/denypolicies/.*$", "");
    var encoded = point.contains("%2F") ? point : Request.encode(point);
    return one(Request.get(
            Api.IAM, "v2/policies/" + encoded + "/denypolicies/" + id, "deny policy '" + id + "'"))
        .get();
  }

  /** An organisation policy as it holds for a project. */
  public Seen<Json> constraint(String project, String constraint) {
    return one(
        Request.get(
            Api.ORG_POLICY,
            "v2/projects/" + project + "/policies/" + constraint + ":getEffectivePolicy",
            "organisation policy '" + constraint + "'"));
  }

  /** The allow policy of a resource. */
  public Seen<Policy> policy(Resource resource) {
    return one(Policies.read(resource)).map(json -> Policy.of(resource, json));
  }

  /** The resource itself, as far as its API shows it. */
  public Seen<Json> resource(Resource resource) {
    return one(Policies.look(resource));
  }

  /** Any other single answer. */
  public Seen<Json> ask(Request request) {
    return one(request);
  }

  /** Any other list. */
  public Seen<List<Json>> askAll(Request request, String items) {
    return many(request, items);
  }

  /** Log entries of a project, the newest first. */
  public Seen<List<Json>> logs(String project, String filter, int most) {
    var body =
        Json.of(
            "resourceNames",
            List.of("projects/" + project),
            "filter",
            filter,
            "orderBy",
            "timestamp desc",
            "pageSize",
            most);
    return once(
            "logs " + project + filter,
            () ->
                seen(
                    () ->
                        google
                            .call(
                                Request.ask(
                                    Api.LOGGING,
                                    "v2/entries:list",
                                    body,
                                    "the logs of project '" + project + "'"),
                                deadline)
                            .list("entries")))
        .get();
  }

  /** Google's own verdict on whether an account may do something. */
  public Seen<Json> troubleshoot(String email, String permission, Resource resource) {
    var tuple =
        Json.of("principal", email, "permission", permission, "fullResourceName", resource.full());
    return once(
            "troubleshoot " + tuple.write(),
            () ->
                seen(
                    () ->
                        google.call(
                            Request.ask(
                                Api.TROUBLESHOOTER,
                                "v3/iam:troubleshoot",
                                Json.of("accessTuple", tuple.fields()),
                                "whether '" + email + "' has " + permission),
                            deadline)))
        .get();
  }

  /** Bindings anywhere below a project that hold a text, by the asset inventory. */
  public Seen<List<Json>> searchPolicies(String project, String query) {
    return many(
        Request.get(
                Api.ASSETS,
                "v1/projects/" + project + ":searchAllIamPolicies",
                "the policies of project '" + project + "'")
            .with("query", query)
            .with("pageSize", "200"),
        "results");
  }
}
