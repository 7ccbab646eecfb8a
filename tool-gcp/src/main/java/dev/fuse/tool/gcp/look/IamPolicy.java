package dev.fuse.tool.gcp.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;
import java.util.ArrayList;
import java.util.List;

/** Shows who has which role on a resource. */
public final class IamPolicy implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_iam_policy",
              "Show who has which role on a project, folder, organisation, account, bucket, topic,"
                  + " secret or repository, with conditions; filter by member or role.",
              Schema.object()
                  .optional("resource", Schema.string(ResourceName.FORMS))
                  .optional("project", Reading.PROJECT)
                  .optional("filter", Schema.string("text that member or role holds")),
              Reading.CEILING)
          .keywords("binding", "role", "who has access", "members");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var resource = ResourceName.of(access, arguments);
    var filter = arguments.string("filter", "");
    return Reading.of(
        access,
        "policy of " + resource.words(),
        ResourceName.home(access, resource),
        cloud -> show(cloud, resource, filter));
  }

  private static ToolResult show(Cloud cloud, Resource resource, String filter) {
    var policy = cloud.policy(resource).get();
    var lines = new ArrayList<String>();
    for (var binding : policy.bindings()) {
      var members =
          binding.members().stream()
              .filter(one -> (one + " " + binding.role()).contains(filter))
              .toList();
      if (!members.isEmpty()) {
        lines.add(
            binding.role()
                + (binding.conditional() ? " only if " + binding.conditionWords() : "")
                + "\n  "
                + String.join("\n  ", members));
      }
    }
    var note =
        resource.kind() == Resource.Kind.SQL
            ? "Cloud SQL instances have no policy of their own; that of the project:\n"
            : "";
    return ToolResult.ok(
            note
                + (lines.isEmpty()
                    ? "no binding on " + resource.words() + " fits"
                    : String.join("\n", lines)))
        .structured(List.of(policy.raw().fields()));
  }
}
