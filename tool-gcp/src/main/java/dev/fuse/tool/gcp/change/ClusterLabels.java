package dev.fuse.tool.gcp.change;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Schema;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import dev.fuse.tool.gcp.look.Cloud;
import dev.fuse.tool.gcp.look.ClusterList;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sets labels of a cluster. */
public final class ClusterLabels implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gke_labels",
              "Set labels of a GKE cluster; an empty value removes one, the others stay.",
              Schema.object()
                  .required("cluster", Schema.string("its name"))
                  .required("labels", Schema.map("key to value"))
                  .optional("project", Schema.string("default: pinned")),
              Ceiling.of(Risk.HIGH, true, Set.of(Verb.UPDATE), SYSTEM))
          .keywords("label");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var project = access.project(arguments);
    var cluster =
        ClusterList.find(new Cloud(access.google(), call), project, arguments.string("cluster"));
    var before = cluster.map("resourceLabels");
    var after = new LinkedHashMap<>(before);
    var back = new LinkedHashMap<String, String>();
    arguments
        .map("labels")
        .forEach(
            (key, value) -> {
              back.put(key, before.getOrDefault(key, ""));
              if (value.isEmpty()) {
                after.remove(key);
              } else {
                after.put(key, value);
              }
            });
    var name = cluster.text("name");
    var target =
        Target.of(
            SYSTEM, "project", project, "location", cluster.text("location"), "cluster", name);
    return Action.of(
            "labels of cluster " + name,
            Effect.remote(Verb.UPDATE, target, Risk.HIGH),
            running -> set(access, running, project, cluster, after, back))
        .at(cluster.text("labelFingerprint") + before)
        .showing(() -> Preview.diff("labels of " + name, "-" + before + "\n+" + after + "\n"))
        .within(Duration.ofMinutes(10));
  }

  private static ToolResult set(
      Access access,
      Call call,
      String project,
      Json cluster,
      Map<String, String> labels,
      Map<String, String> back) {
    var name = cluster.text("name");
    var root = "v1/projects/" + project + "/locations/" + cluster.text("location");
    var body =
        Json.of("resourceLabels", labels, "labelFingerprint", cluster.text("labelFingerprint"));
    var operation =
        access
            .google()
            .call(
                Request.change(
                    Api.CONTAINER,
                    "POST",
                    root + "/clusters/" + name + ":setResourceLabels",
                    body,
                    "labels of " + name),
                call.deadline());
    new Running(access.google(), call)
        .await(
            operation,
            one -> Request.get(Api.CONTAINER, root + "/operations/" + one.text("name"), "it"),
            one -> one.text("status").equals("DONE"));
    return ToolResult.ok("cluster " + name + " has labels " + labels)
        .undo(
            new Undo(
                "gke_labels",
                Map.of("cluster", name, "project", project, "labels", Map.copyOf(back)),
                "the labels of " + name + " as before",
                Optional.empty(),
                List.of()));
  }
}
