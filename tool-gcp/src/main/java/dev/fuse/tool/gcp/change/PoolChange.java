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
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.spi.Verb;
import dev.fuse.text.Spelling;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import dev.fuse.tool.gcp.look.Cloud;
import dev.fuse.tool.gcp.look.ClusterList;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Resizes or upgrades a node pool, or sets its metadata mode. */
public final class PoolChange implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gke_pool_change",
              "Resize or upgrade a node pool, or set its workload metadata mode to GKE_METADATA;"
                  + " upgrade and mode recreate its nodes. Waits, with progress.",
              Schema.object()
                  .required(
                      "action", Schema.choice("what is done", "resize", "upgrade", "gke_metadata"))
                  .required("cluster", Schema.string("its name"))
                  .required("pool", Schema.string("the node pool"))
                  .optional("nodes", Schema.integer("a zone, for resize").range(0, 1000))
                  .optional("version", Schema.string("default: the control plane's"))
                  .optional("project", Schema.string("default: pinned")),
              Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.UPDATE), SYSTEM))
          .keywords("resize", "upgrade node pool", "workload metadata");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  /** The pool as it is, and where. */
  private record Found(String path, Json cluster, Json pool) {}

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var project = access.project(arguments);
    var found = find(new Cloud(access.google(), call), project, arguments);
    var action = arguments.string("action");
    var name = found.pool().text("name");
    var change = change(action, arguments, found);
    var target =
        Target.of(
            SYSTEM,
            "project",
            project,
            "location",
            found.cluster().text("location"),
            "cluster",
            found.cluster().text("name"),
            "name",
            name);
    boolean empties = action.equals("resize") && arguments.integer("nodes", 0) == 0;
    return Action.of(
            change.summary(),
            Effect.remote(Verb.UPDATE, target, empties ? Risk.CRITICAL : Risk.HIGH),
            running -> run(access, running, change, found))
        .at(found.pool().text("etag") + found.pool().text("version"))
        .showing(() -> Preview.diff("node pool " + name, change.diff()))
        .within(Duration.ofHours(1));
  }

  private static Found find(Cloud cloud, String project, Arguments arguments) {
    var cluster = ClusterList.find(cloud, project, arguments.string("cluster"));
    var wanted = arguments.string("pool");
    var pools = cluster.list("nodePools");
    var names = pools.stream().map(one -> one.text("name")).toList();
    var pool =
        pools.stream()
            .filter(one -> one.text("name").equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    ToolFailure.notFound(
                        "cluster '"
                            + cluster.text("name")
                            + "' has no node pool '"
                            + wanted
                            + "'"
                            + Spelling.didYouMean(wanted, names),
                        "existing: " + String.join(", ", names)));
    var path =
        "v1/projects/"
            + project
            + "/locations/"
            + cluster.text("location")
            + "/clusters/"
            + cluster.text("name")
            + "/nodePools/"
            + wanted;
    return new Found(path, cluster, pool);
  }

  /** What is sent and what it makes different. */
  private record Change(String summary, String diff, Request request) {}

  private static Change change(String action, Arguments arguments, Found found) {
    var pool = found.pool();
    var what = "node pool " + pool.text("name") + " of " + found.cluster().text("name");
    return switch (action) {
      case "resize" -> {
        if (!arguments.has("nodes")) {
          throw ToolFailure.invalid("'nodes' is missing", "give the number of nodes a zone");
        }
        int nodes = arguments.integer("nodes");
        yield new Change(
            "resize " + what + " to " + nodes + " nodes a zone",
            "-nodes a zone: "
                + pool.number("initialNodeCount")
                + "\n+nodes a zone: "
                + nodes
                + "\n"
                + (pool.truth("autoscaling.enabled") ? " autoscaling may change it again\n" : ""),
            Request.change(
                Api.CONTAINER,
                "POST",
                found.path() + ":setSize",
                Json.of("nodeCount", nodes),
                what));
      }
      case "upgrade" -> {
        var version = arguments.string("version", "-");
        var shown = version.equals("-") ? found.cluster().text("currentMasterVersion") : version;
        yield new Change(
            "upgrade " + what + " to " + shown,
            "-version: "
                + pool.text("version")
                + "\n+version: "
                + shown
                + " (nodes are recreated)\n",
            Request.change(
                Api.CONTAINER,
                "PUT",
                found.path(),
                Json.of("nodeVersion", version, "imageType", pool.text("config.imageType")),
                what));
      }
      default ->
          new Change(
              "set metadata mode GKE_METADATA on " + what,
              "-metadata mode: "
                  + pool.find("config.workloadMetadataConfig.mode").orElse("not set")
                  + "\n+metadata mode: GKE_METADATA (nodes are recreated)\n",
              Request.change(
                  Api.CONTAINER,
                  "PUT",
                  found.path(),
                  Json.of("workloadMetadataConfig", Map.of("mode", "GKE_METADATA")),
                  what));
    };
  }

  private static ToolResult run(Access access, Call call, Change change, Found found) {
    var google = access.google();
    var operation = google.call(change.request(), call.deadline());
    var root = found.path().replaceFirst("/clusters/.*$", "");
    new Running(google, call)
        .await(
            operation,
            one ->
                Request.get(
                    Api.CONTAINER, root + "/operations/" + one.text("name"), "the operation"),
            one -> one.text("status").equals("DONE"));
    return ToolResult.ok("done: " + change.summary());
  }
}
