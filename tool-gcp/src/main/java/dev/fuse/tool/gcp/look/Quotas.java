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
import java.util.Comparator;
import java.util.List;

/** Lists the Compute quotas that are near their limit. */
public final class Quotas implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_quotas",
              "List Compute Engine quotas of a project and its regions that are used by more than a"
                  + " share of their limit, which new nodes need.",
              Schema.object()
                  .optional("project", Reading.PROJECT)
                  .optional("percent", Schema.integer("of the limit").range(0, 100).byDefault(80)),
              Reading.CEILING)
          .keywords("quota", "limit", "cpus exceeded");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var project = access.project(arguments);
    int percent = arguments.integer("percent", 80);
    return Reading.of(
        access, "quotas of project " + project, project, cloud -> list(cloud, project, percent));
  }

  /** One quota and how far it is used. */
  private record Quota(String where, String metric, double usage, double limit) {
    double share() {
      return limit <= 0 ? 0 : usage / limit;
    }
  }

  private static ToolResult list(Cloud cloud, String project, int percent) {
    var root = "projects/" + project;
    var global = Later.of(() -> cloud.ask(Request.get(Api.COMPUTE, root, "quotas of " + project)));
    var regions =
        cloud
            .askAll(Request.get(Api.COMPUTE, root + "/regions", "regions of " + project), "items")
            .get();
    var quotas = new ArrayList<Quota>();
    global.get().find().ifPresent(one -> quotas(one, "global", quotas));
    regions.forEach(one -> quotas(one, one.text("name"), quotas));
    var rows =
        quotas.stream()
            .filter(one -> one.limit() > 0 && one.share() * 100 >= percent)
            .sorted(Comparator.comparingDouble(Quota::share).reversed())
            .limit(60)
            .map(
                one ->
                    List.of(
                        one.where(),
                        one.metric(),
                        String.valueOf((long) one.usage()),
                        String.valueOf((long) one.limit()),
                        Math.round(one.share() * 100) + " %"))
            .toList();
    return ToolResult.ok(
        Reading.table(
            List.of("WHERE", "QUOTA", "USED", "LIMIT", "SHARE"),
            rows,
            "no quota is used by " + percent + " % or more"));
  }

  private static void quotas(Json holder, String where, List<Quota> found) {
    holder
        .list("quotas")
        .forEach(
            one ->
                found.add(
                    new Quota(
                        where,
                        one.text("metric"),
                        decimal(one.text("usage")),
                        decimal(one.text("limit")))));
  }

  private static double decimal(String text) {
    return text.matches("-?\\d+(\\.\\d+)?([eE]\\d+)?") ? Double.parseDouble(text) : 0;
  }
}
