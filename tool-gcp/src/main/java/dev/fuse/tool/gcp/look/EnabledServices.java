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
import dev.fuse.tool.gcp.api.Request;
import java.util.List;

/** Lists the APIs that are enabled in a project. */
public final class EnabledServices implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_services",
              "List the APIs that are enabled in a project, or whether one is.",
              Schema.object()
                  .optional("project", Reading.PROJECT)
                  .optional("service", Schema.string("such as pubsub.googleapis.com")),
              Reading.CEILING)
          .keywords("api enabled", "SERVICE_DISABLED");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var project = access.project(arguments);
    var one = arguments.findString("service").map(EnabledServices::named);
    return Reading.of(
        access,
        "services of project " + project,
        project,
        cloud -> one.map(name -> show(cloud, project, name)).orElseGet(() -> list(cloud, project)));
  }

  /** {@code pubsub} is short for its host. */
  static String named(String service) {
    return service.contains(".") ? service : service + ".googleapis.com";
  }

  private static ToolResult show(Cloud cloud, String project, String name) {
    boolean enabled = cloud.enabled(project, Request.encode(name)).get();
    return ToolResult.ok(name + " is " + (enabled ? "enabled" : "not enabled") + " in " + project)
        .structured(java.util.Map.of("service", name, "enabled", enabled));
  }

  private static ToolResult list(Cloud cloud, String project) {
    var request =
        Request.get(
                Api.SERVICES,
                "v1/projects/" + project + "/services",
                "services of project '" + project + "'")
            .with("filter", "state:ENABLED")
            .with("pageSize", "200");
    var names =
        cloud.askAll(request, "services").get().stream()
            .map(one -> one.text("config.name"))
            .sorted()
            .toList();
    return ToolResult.ok(
            names.isEmpty() ? "no API is enabled in " + project : String.join("\n", names))
        .structured(List.copyOf(names));
  }
}
