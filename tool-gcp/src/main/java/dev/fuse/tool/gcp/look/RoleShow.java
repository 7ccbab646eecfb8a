package dev.fuse.tool.gcp.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import java.util.Comparator;
import java.util.List;

/** Shows the permissions of a role, or the narrowest roles that have a permission. */
public final class RoleShow implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_role",
              "Show what a role permits, or the narrowest roles that have a permission.",
              Schema.object()
                  .optional("role", Schema.string("roles/X or projects/P/roles/X"))
                  .optional("permission", Schema.string("finds roles that have it"))
                  .optional("resource", Schema.string("where it is to be granted"))
                  .optional("project", Reading.PROJECT),
              Reading.CEILING)
          .keywords("permissions of a role", "narrowest role", "custom role");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var role = arguments.string("role", "");
    var permission = arguments.string("permission", "");
    if (role.isEmpty() == permission.isEmpty()) {
      throw ToolFailure.invalid("'role' or 'permission' is wanted, one of them", "give one");
    }
    if (!role.isEmpty()) {
      checked(role);
      return Reading.of(access, role, "", cloud -> show(cloud, role));
    }
    var resource = ResourceName.of(access, arguments);
    return Reading.of(
        access,
        "roles with " + permission,
        ResourceName.home(access, resource),
        cloud -> find(cloud, resource, permission));
  }

  /** A role's name, which goes into a path. */
  public static String checked(String role) {
    if (!role.matches("(projects/[\\w:.-]+/|organizations/\\d+/)?roles/[\\w.]+")) {
      throw ToolFailure.invalid(
          "'" + role + "' is not a role", "such as roles/pubsub.publisher, or projects/P/roles/X");
    }
    return role;
  }

  private static ToolResult show(Cloud cloud, String name) {
    var role = cloud.role(name).get();
    var text =
        name
            + " ("
            + role.text("title")
            + ", "
            + role.text("stage")
            + (role.truth("deleted") ? ", deleted" : "")
            + ")\n"
            + String.join("\n", role.texts("includedPermissions"));
    return ToolResult.ok(text).structured(role.fields());
  }

  private static ToolResult find(Cloud cloud, Resource resource, String permission) {
    var body = Json.of("fullResourceName", resource.full(), "view", "FULL", "pageSize", 300);
    var found =
        cloud
            .askAll(
                Request.ask(
                    Api.IAM, "v1/roles:queryGrantableRoles", body, "roles for " + resource.words()),
                "roles")
            .get()
            .stream()
            .filter(one -> one.texts("includedPermissions").contains(permission))
            .sorted(Comparator.comparingInt(one -> one.texts("includedPermissions").size()))
            .limit(15)
            .toList();
    var rows =
        found.stream()
            .map(
                one ->
                    List.of(
                        one.text("name"),
                        String.valueOf(one.texts("includedPermissions").size()),
                        one.text("title")))
            .toList();
    return ToolResult.ok(
            Reading.table(
                List.of("ROLE", "PERMISSIONS", "TITLE"),
                rows,
                "no role that can be granted on " + resource.words() + " has " + permission))
        .structured(found.stream().map(one -> one.text("name")).toList());
  }
}
