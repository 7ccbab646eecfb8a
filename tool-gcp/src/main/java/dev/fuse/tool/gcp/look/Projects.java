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
import java.util.List;
import java.util.stream.Collectors;

/** Lists projects, or shows one with what stands above it. */
public final class Projects implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_projects",
              "List the Google Cloud projects that this account sees, or show one with its folders,"
                  + " organisation, labels and number; and which account and project count here.",
              Schema.object()
                  .optional("project", Schema.string("only this one"))
                  .optional("query", Schema.string("as the API takes it: labels.env:prod")),
              Reading.CEILING)
          .keywords("which project", "which account", "folder", "organization");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var one = arguments.findString("project").map(Access::checked);
    return Reading.of(
        access,
        one.map(id -> "project " + id).orElse("projects"),
        one.orElse(""),
        cloud ->
            one.map(id -> show(cloud, id))
                .orElseGet(() -> list(access, cloud, arguments.string("query", ""))));
  }

  private static ToolResult show(Cloud cloud, String id) {
    var ahead = cloud.once("ahead " + id, () -> cloud.ancestry(id));
    var project = cloud.project(id).get();
    ahead.get();
    var above =
        switch (cloud.ancestry(id)) {
          case Seen.Found<List<Resource>>(var list) ->
              list.stream().skip(1).map(cloud::title).collect(Collectors.joining(" < "));
          case Seen.Unseen<List<Resource>>(var why) -> "not checked, " + why.inShort();
        };
    var text =
        "project "
            + project.text("projectId")
            + " ("
            + project.text("name").replace("projects/", "number ")
            + "), "
            + project.text("displayName")
            + ", "
            + project.text("state")
            + "\nlabels "
            + project.map("labels")
            + "\nabove it: "
            + above;
    return ToolResult.ok(text).structured(project.fields());
  }

  private static ToolResult list(Access access, Cloud cloud, String query) {
    var request =
        Request.get(Api.PROJECTS, "v3/projects:search", "projects").with("pageSize", "200");
    var asked = query.isEmpty() ? request : request.with("query", query);
    var projects = cloud.askAll(asked, "projects").get();
    var rows =
        projects.stream()
            .map(
                one ->
                    List.of(
                        one.text("projectId"),
                        one.text("name").replace("projects/", ""),
                        one.text("state"),
                        one.text("parent"),
                        one.text("displayName")))
            .toList();
    var login = cloud.google().login();
    var here =
        "account "
            + login.account()
            + " ("
            + login.source()
            + "), project "
            + access.standard().orElse("none")
            + "\n";
    return ToolResult.ok(
            here
                + Reading.table(
                    List.of("PROJECT", "NUMBER", "STATE", "PARENT", "NAME"),
                    rows,
                    "no project is visible to this account"))
        .structured(projects.stream().map(Json::fields).toList());
  }
}
