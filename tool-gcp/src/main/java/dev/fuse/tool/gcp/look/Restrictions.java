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
import java.util.List;

/** Shows the deny policies and organisation policies that hold for a project. */
public final class Restrictions implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_restrictions",
              "Show the deny policies and organisation policies that stand on a project and above"
                  + " it: what is refused whatever roles say.",
              Schema.object().optional("project", Reading.PROJECT),
              Reading.CEILING)
          .keywords("deny policy", "organization policy", "constraint");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var project = access.project(arguments);
    return Reading.of(
        access, "restrictions of project " + project, project, cloud -> show(cloud, project));
  }

  private static ToolResult show(Cloud cloud, String project) {
    var lines = new ArrayList<String>();
    var points =
        switch (cloud.ancestry(project)) {
          case Seen.Found<List<Resource>>(var above) -> above;
          case Seen.Unseen<List<Resource>>(var why) -> {
            lines.add(Reading.unseen("what stands above the project", why));
            yield List.of(Resource.project(project));
          }
        };
    points.forEach(point -> denials(cloud, point, lines));
    points.forEach(point -> constraints(cloud, point, lines));
    return ToolResult.ok(
        lines.isEmpty()
            ? "no deny policy and no organisation policy is set"
            : String.join("\n", lines));
  }

  private static void denials(Cloud cloud, Resource point, List<String> lines) {
    switch (cloud.denyPolicies(point)) {
      case Seen.Found<List<Json>>(var policies) ->
          policies.forEach(
              policy ->
                  policy
                      .list("rules")
                      .forEach(
                          rule ->
                              lines.add(
                                  "deny policy "
                                      + policy.text("name").replaceFirst("^.*/", "")
                                      + " on "
                                      + cloud.title(point)
                                      + ": "
                                      + rule.texts("denyRule.deniedPermissions")
                                      + " denied to "
                                      + rule.texts("denyRule.deniedPrincipals")
                                      + except(rule))));
      case Seen.Unseen<List<Json>>(var why) ->
          lines.add(Reading.unseen("deny policies of " + point.words(), why));
    }
  }

  private static String except(Json rule) {
    var exceptions = new ArrayList<>(rule.texts("denyRule.exceptionPrincipals"));
    exceptions.addAll(rule.texts("denyRule.exceptionPermissions"));
    var condition = rule.text("denyRule.denialCondition.expression");
    return (exceptions.isEmpty() ? "" : " except " + exceptions)
        + (condition.isEmpty() ? "" : " if " + condition);
  }

  private static void constraints(Cloud cloud, Resource point, List<String> lines) {
    var request =
        Request.get(
            Api.ORG_POLICY,
            "v2/" + point.path() + "/policies",
            "organisation policies of " + point.words());
    switch (cloud.askAll(request, "policies")) {
      case Seen.Found<List<Json>>(var policies) ->
          policies.forEach(
              one ->
                  lines.add(
                      "organisation policy "
                          + one.text("name").replaceFirst("^.*/policies/", "")
                          + " on "
                          + cloud.title(point)
                          + ": "
                          + one.list("spec.rules").stream().map(Json::write).toList()));
      case Seen.Unseen<List<Json>>(var why) ->
          lines.add(Reading.unseen("organisation policies of " + point.words(), why));
    }
  }
}
