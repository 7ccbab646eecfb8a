package dev.fuse.tool.gcp.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.text.Spelling;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import java.util.ArrayList;
import java.util.List;

/** Lists GKE clusters, or shows one with its node pools. */
public final class ClusterList implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gke_clusters",
              "List GKE clusters, or show one: versions, channel, workload pool, private endpoint,"
                  + " maintenance, upgrades due; node pools with account, scopes, metadata mode.",
              Schema.object()
                  .optional("project", Reading.PROJECT)
                  .optional("cluster", Schema.string("only this one, whole")),
              Reading.CEILING)
          .keywords("gke", "node pool", "autopilot", "release channel", "cluster version");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var project = access.project(arguments);
    var one = arguments.findString("cluster");
    return Reading.of(
        access,
        one.map(name -> "cluster " + name).orElse("clusters") + " of project " + project,
        project,
        cloud -> one.map(name -> show(cloud, project, name)).orElseGet(() -> list(cloud, project)));
  }

  private static ToolResult list(Cloud cloud, String project) {
    var clusters = cloud.clusters(project).get();
    var rows =
        clusters.stream()
            .map(
                one ->
                    List.of(
                        one.text("name"),
                        one.text("location"),
                        mode(one),
                        one.text("status"),
                        one.text("currentMasterVersion"),
                        one.text("releaseChannel.channel"),
                        pool(one),
                        String.valueOf(one.list("nodePools").size())))
            .toList();
    return ToolResult.ok(
            Reading.table(
                List.of(
                    "CLUSTER",
                    "LOCATION",
                    "MODE",
                    "STATUS",
                    "VERSION",
                    "CHANNEL",
                    "WORKLOAD POOL",
                    "POOLS"),
                rows,
                "project " + project + " has no GKE clusters"))
        .structured(clusters.stream().map(Json::fields).toList());
  }

  private static String mode(Json cluster) {
    return cluster.truth("autopilot.enabled") ? "Autopilot" : "Standard";
  }

  private static String pool(Json cluster) {
    return cluster.find("workloadIdentityConfig.workloadPool").orElse("none");
  }

  /** The cluster of that name. */
  public static Json find(Cloud cloud, String project, String name) {
    var clusters = cloud.clusters(project).get();
    return clusters.stream()
        .filter(one -> one.text("name").equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              var names = clusters.stream().map(one -> one.text("name")).toList();
              return ToolFailure.notFound(
                  "project '" + project + "' has no cluster '" + name + "'",
                  "existing: " + String.join(", ", names) + Spelling.didYouMean(name, names));
            });
  }

  private static ToolResult show(Cloud cloud, String project, String name) {
    var cluster = find(cloud, project, name);
    var lines = new ArrayList<String>();
    lines.add(
        mode(cluster)
            + " cluster "
            + name
            + " in "
            + cluster.text("location")
            + ", "
            + cluster.text("status")
            + ", created "
            + cluster.text("createTime"));
    lines.add(
        "control plane "
            + cluster.text("currentMasterVersion")
            + ", channel "
            + cluster.find("releaseChannel.channel").orElse("none")
            + "; "
            + upgrade(cloud, project, cluster));
    lines.add("workload pool " + pool(cluster) + fleet(cluster));
    lines.add("endpoint " + cluster.text("endpoint") + endpoint(cluster));
    lines.add("maintenance " + maintenance(cluster) + ", labels " + cluster.map("resourceLabels"));
    cluster.list("nodePools").forEach(pool -> lines.add(pool(pool, cluster)));
    return ToolResult.ok(String.join("\n", lines)).structured(cluster.fields());
  }

  private static String fleet(Json cluster) {
    return cluster.find("fleet.project").map(one -> ", fleet of project " + one).orElse("");
  }

  private static String endpoint(Json cluster) {
    return cluster.truth("privateClusterConfig.enablePrivateEndpoint")
        ? " (private only: "
            + cluster.text("privateClusterConfig.privateEndpoint")
            + "; reachable from its network alone)"
        : "";
  }

  private static String maintenance(Json cluster) {
    return cluster
        .find("maintenancePolicy.window.recurringWindow.recurrence")
        .or(() -> cluster.find("maintenancePolicy.window.dailyMaintenanceWindow.startTime"))
        .orElse("at any time");
  }

  private static String upgrade(Cloud cloud, String project, Json cluster) {
    var path =
        "v1/projects/"
            + project
            + "/locations/"
            + cluster.text("location")
            + "/clusters/"
            + cluster.text("name")
            + ":fetchClusterUpgradeInfo";
    return switch (cloud.ask(Request.get(Api.CONTAINER, path, "upgrades of the cluster"))) {
      case Seen.Found<Json>(var info) ->
          "next patch "
              + info.find("patchTargetVersion").orElse("none")
              + ", next minor "
              + info.find("minorTargetVersion").orElse("none")
              + info.find("endOfStandardSupportTimestamp")
                  .map(one -> ", standard support ends " + one)
                  .orElse("");
      case Seen.Unseen<Json>(var why) -> Reading.unseen("upgrades", why);
    };
  }

  private static String pool(Json pool, Json cluster) {
    boolean behind = !pool.text("version").equals(cluster.text("currentMasterVersion"));
    return "pool "
        + pool.text("name")
        + ": "
        + pool.text("config.machineType")
        + ", "
        + scaling(pool)
        + ", version "
        + pool.text("version")
        + (behind ? " (behind the control plane)" : "")
        + ", account "
        + pool.find("config.serviceAccount").orElse("default")
        + ", metadata mode "
        + pool.find("config.workloadMetadataConfig.mode").orElse("GCE_METADATA (not set)")
        + ", scopes "
        + String.join(
            " ",
            pool.texts("config.oauthScopes").stream()
                .map(one -> one.replaceFirst("^.*/", ""))
                .toList())
        + ", upgrades "
        + (pool.truth("management.autoUpgrade") ? "automatic" : "by hand");
  }

  private static String scaling(Json pool) {
    return pool.truth("autoscaling.enabled")
        ? pool.number("autoscaling.minNodeCount")
            + "-"
            + pool.number("autoscaling.maxNodeCount")
            + " nodes a zone"
        : pool.number("initialNodeCount") + " nodes a zone";
  }
}
