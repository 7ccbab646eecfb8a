package dev.fuse.tool.gcp.look;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Call;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolSpec;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.look.AccessCheck.Grant;
import dev.fuse.tool.gcp.look.Cel.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says whether a principal may do something here, through what, since when and by whom. */
public final class IamExplain implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_iam_explain",
              "Explain whether a principal may do something to a resource: through which role and"
                  + " member, under which condition, against which deny policy, and who changed it.",
              Schema.object()
                  .required("principal", Schema.string("e-mail or member, principal://… too"))
                  .required("permission", Schema.string("such as storage.objects.get"))
                  .optional("resource", Schema.string(ResourceName.FORMS))
                  .optional("project", Reading.PROJECT),
              Reading.CEILING)
          .keywords("may", "allowed", "why can", "through what");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var permission = arguments.string("permission");
    if (!permission.matches("[a-zA-Z]\\w*(\\.\\w+){1,4}")) {
      throw ToolFailure.invalid(
          "'" + permission + "' is not a permission", "such as storage.objects.get");
    }
    var resource = ResourceName.of(access, arguments);
    var member = member(arguments.string("principal").strip());
    var home = ResourceName.home(access, resource);
    return Reading.of(
        access,
        "whether " + member + " has " + permission + " on " + resource.words(),
        home,
        cloud -> explain(cloud, Principal.of(member), permission, resource, home));
  }

  private static String member(String given) {
    if (given.contains(":") || given.startsWith("all")) {
      return given;
    }
    if (!given.contains("@")) {
      throw ToolFailure.invalid(
          "'" + given + "' is not a principal", "an e-mail address, or a member as in policies");
    }
    return (given.endsWith("gserviceaccount.com") ? "serviceAccount:" : "user:") + given;
  }

  private static ToolResult explain(
      Cloud cloud, Principal who, String permission, Resource resource, String home) {
    var verdict = new AccessCheck(cloud).check(who, permission, resource, home);
    var lines = new ArrayList<String>();
    var what = who.words() + " and " + permission + " on " + resource.words() + ": ";
    lines.add(
        what
            + switch (verdict.state()) {
              case GRANTED -> "granted";
              case DENIED -> "denied by a deny policy";
              case NOT_GRANTED -> "not granted";
              case UNKNOWN -> "not certain";
            });
    verdict.grants().forEach(one -> lines.add("  gives it: " + words(one)));
    verdict.near().forEach(one -> lines.add("  does not give it: " + words(one) + why(one)));
    verdict
        .denials()
        .forEach(
            one ->
                lines.add(
                    "  deny policy "
                        + one.policy()
                        + " on "
                        + cloud.title(one.point())
                        + (one.holds() == Truth.YES ? " denies it" : " may deny it")));
    verdict.groups().forEach(one -> lines.add("  not checked: whether it is in " + one));
    verdict.hidden().forEach(one -> lines.add("  not checked: " + one));
    lines.addAll(changes(cloud, who, resource, home));
    return ToolResult.ok(String.join("\n", lines))
        .structured(
            Map.of("state", verdict.state().name(), "notChecked", List.copyOf(verdict.hidden())));
  }

  private static String words(Grant one) {
    return one.binding().role()
        + " on "
        + one.point().words()
        + " for "
        + one.member()
        + (one.binding().conditional() ? " if " + one.binding().conditionWords() : "");
  }

  private static String why(Grant one) {
    if (one.member().startsWith("deleted:")) {
      return " (a deleted account of the same name)";
    }
    if (one.permitted() == Truth.NO) {
      return " (the role lacks the permission)";
    }
    return one.holds() == Truth.NO ? " (the condition does not hold)" : " (not known)";
  }

  private static List<String> changes(Cloud cloud, Principal who, Resource resource, String home) {
    if (home.isEmpty()) {
      return List.of();
    }
    var about = resource.kind() == Resource.Kind.PROJECT ? "projects/" + home : resource.name();
    var entries = AuditLog.changes(cloud, home, about).find().orElse(List.of());
    return entries.stream()
        .filter(
            entry ->
                entry.list("protoPayload.serviceData.policyDelta.bindingDeltas").stream()
                    .anyMatch(one -> one.text("member").equals(who.shown())))
        .limit(3)
        .map(entry -> "  changed: " + AuditLog.words(entry))
        .toList();
  }
}
