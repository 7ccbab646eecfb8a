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
import java.util.Comparator;
import java.util.List;

/** Lists what is being done to the clusters of a project. */
public final class Operations implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gke_operations",
              "List operations on GKE clusters: upgrades, resizes, repairs, newest first.",
              Schema.object()
                  .optional("project", Reading.PROJECT)
                  .optional("cluster", Schema.string("only of this one")),
              Reading.CEILING)
          .keywords("upgrade", "resize", "repair");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var project = access.project(arguments);
    var cluster = arguments.string("cluster", "");
    return Reading.of(
        access,
        "operations of project " + project,
        project,
        cloud -> list(cloud, project, cluster));
  }

  private static ToolResult list(Cloud cloud, String project, String cluster) {
    var path = "v1/projects/" + project + "/locations/-/operations";
    var found =
        cloud
            .ask(Request.get(Api.CONTAINER, path, "operations of project '" + project + "'"))
            .get()
            .list("operations")
            .stream()
            .filter(
                one ->
                    cluster.isEmpty()
                        || (one.text("targetLink") + "/").contains("/clusters/" + cluster + "/"))
            .sorted(Comparator.comparing((Json one) -> one.text("startTime")).reversed())
            .limit(50)
            .toList();
    var rows =
        found.stream()
            .map(
                one ->
                    List.of(
                        one.text("startTime"),
                        one.text("operationType"),
                        one.text("status"),
                        one.text("targetLink").replaceFirst("^.*/locations/[^/]+/", ""),
                        one.find("error.message").orElse(one.text("detail"))))
            .toList();
    return ToolResult.ok(
            Reading.table(
                List.of("STARTED", "TYPE", "STATUS", "ON", "MORE"), rows, "no operations are kept"))
        .structured(found.stream().map(Json::fields).toList());
  }
}
