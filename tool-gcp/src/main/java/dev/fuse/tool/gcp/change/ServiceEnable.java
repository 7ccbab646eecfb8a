package dev.fuse.tool.gcp.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import dev.fuse.tool.gcp.look.Cloud;
import java.time.Duration;
import java.util.Set;

/** Enables an API in a project. */
public final class ServiceEnable implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_service_enable",
              "Enable an API in a project; what uses it may cost money.",
              Schema.object()
                  .required("service", Schema.string("such as pubsub.googleapis.com"))
                  .optional("project", Schema.string("default: pinned")),
              Ceiling.of(Risk.HIGH, true, Set.of(Verb.UPDATE), SYSTEM))
          .keywords("enable api", "SERVICE_DISABLED");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var project = access.project(arguments);
    var given = arguments.string("service").strip();
    var service = given.contains(".") ? given : given + ".googleapis.com";
    if (!service.matches("[a-z][a-z0-9.-]+\\.[a-z]+")) {
      throw ToolFailure.invalid("'" + given + "' is not an API", "such as pubsub.googleapis.com");
    }
    if (new Cloud(access.google(), call).enabled(project, service).find().orElse(false)) {
      throw ToolFailure.invalid(
          "'" + service + "' is already enabled in " + project, "nothing to change");
    }
    return Action.of(
            "enable " + service + " in project " + project,
            Effect.remote(
                Verb.UPDATE, Target.of(SYSTEM, "project", project, "service", service), Risk.HIGH),
            running -> enable(access, running, project, service))
        .within(Duration.ofMinutes(5));
  }

  private static ToolResult enable(Access access, Call call, String project, String service) {
    var path = "v1/projects/" + project + "/services/" + service + ":enable";
    var operation =
        access
            .google()
            .call(
                Request.change(Api.SERVICES, "POST", path, Json.EMPTY, "enable " + service),
                call.deadline());
    var running = new Running(access.google(), call);
    running.await(
        operation,
        one -> Request.get(Api.SERVICES, "v1/" + one.text("name"), "operation"),
        one -> one.truth("done"));
    return ToolResult.ok(service + " is enabled in " + project + "; calls may fail for a minute");
  }
}
