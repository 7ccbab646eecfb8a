package dev.fuse.tool.gcp.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Lists buckets, topics, secrets and the like, or searches all assets. */
public final class ResourceList implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_list",
              "List buckets, topics, subscriptions, secrets (names only), repositories, Cloud SQL"
                  + " instances of projects, or search all assets by text.",
              Schema.object()
                  .optional(
                      "kind",
                      Schema.choice(
                          "one kind; default: all",
                          "bucket",
                          "topic",
                          "subscription",
                          "secret",
                          "repository",
                          "sql"))
                  .optional("search", Schema.string("text, by the asset inventory"))
                  .optional("projects", Schema.array("default: the pinned", Schema.string("ID"))),
              Reading.CEILING)
          .keywords("bucket", "topic", "secret", "cloud sql", "artifact registry", "find");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var given = arguments.strings("projects").stream().map(Access::checked).limit(20).toList();
    var projects = given.isEmpty() ? List.of(access.project(arguments)) : given;
    var kind = arguments.string("kind", "");
    var search = arguments.string("search", "");
    return Reading.of(
        access,
        (search.isEmpty() ? kind.isEmpty() ? "resources" : kind + "s" : "'" + search + "'")
            + " in "
            + String.join(", ", projects),
        projects.get(0),
        cloud -> list(cloud, projects, kind, search));
  }

  private static ToolResult list(Cloud cloud, List<String> projects, String kind, String search) {
    var parts = new LinkedHashMap<String, Later<Seen<List<Json>>>>();
    for (var project : projects) {
      if (!search.isEmpty()) {
        parts.put(project + " assets", Later.of(() -> search(cloud, project, search)));
        continue;
      }
      for (var one : kinds(kind)) {
        parts.put(project + " " + one.title(), Later.of(() -> Listings.of(cloud, one, project)));
      }
    }
    var lines = new ArrayList<String>();
    var found = new ArrayList<Object>();
    var refusals = new ArrayList<dev.fuse.tool.gcp.api.Refusal>();
    parts.forEach(
        (title, part) -> {
          switch (part.get()) {
            case Seen.Found<List<Json>>(var list) ->
                list.forEach(
                    one -> {
                      lines.add(title + " " + name(one) + details(one));
                      found.add(one.fields());
                    });
            case Seen.Unseen<List<Json>>(var why) -> {
              lines.add(Reading.unseen(title + "s", why));
              refusals.add(why);
            }
          }
        });
    if (refusals.size() == parts.size()) {
      throw refusals.get(0);
    }
    return ToolResult.ok(
            lines.isEmpty() ? "nothing of that kind is there" : String.join("\n", lines))
        .structured(found);
  }

  private static List<Resource.Kind> kinds(String kind) {
    return switch (kind) {
      case "bucket" -> List.of(Resource.Kind.BUCKET);
      case "topic" -> List.of(Resource.Kind.TOPIC);
      case "subscription" -> List.of(Resource.Kind.SUBSCRIPTION);
      case "secret" -> List.of(Resource.Kind.SECRET);
      case "repository" -> List.of(Resource.Kind.REPOSITORY);
      case "sql" -> List.of(Resource.Kind.SQL);
      default ->
          List.of(
              Resource.Kind.BUCKET,
              Resource.Kind.TOPIC,
              Resource.Kind.SUBSCRIPTION,
              Resource.Kind.SECRET,
              Resource.Kind.REPOSITORY,
              Resource.Kind.SQL);
    };
  }

  private static Seen<List<Json>> search(Cloud cloud, String project, String text) {
    return cloud.askAll(
        Request.get(
                Api.ASSETS,
                "v1/projects/" + project + ":searchAllResources",
                "assets of project '" + project + "'")
            .with("query", text)
            .with("pageSize", "200"),
        "results");
  }

  private static String name(Json one) {
    return one.has("assetType")
        ? one.text("assetType") + " " + one.text("name")
        : Listings.name(one);
  }

  private static String details(Json one) {
    var more = new ArrayList<String>();
    one.find("location").ifPresent(more::add);
    one.find("region").ifPresent(more::add);
    one.find("format").ifPresent(more::add);
    one.find("databaseVersion").ifPresent(more::add);
    one.find("state").ifPresent(more::add);
    one.find("topic").ifPresent(topic -> more.add("of " + topic));
    return more.isEmpty() ? "" : " (" + String.join(", ", more) + ")";
  }
}
