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
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.look.Cloud;
import dev.fuse.tool.gcp.look.Policies;
import dev.fuse.tool.gcp.look.Resource;
import dev.fuse.tool.gcp.look.ResourceName;
import dev.fuse.tool.gcp.look.RoleShow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One member more or less in one binding of one policy, read, changed and written with its etag.
 *
 * @param adds whether the member is added
 */
record BindingEdit(boolean adds) {

  static final Ceiling CEILING =
      Ceiling.of(Risk.CRITICAL, true, Set.of(Verb.READ, Verb.UPDATE), GcpTool.SYSTEM);

  private static final Set<Resource.Kind> WIDE =
      Set.of(Resource.Kind.PROJECT, Resource.Kind.FOLDER, Resource.Kind.ORGANIZATION);
  private static final Set<String> BASIC = Set.of("roles/owner", "roles/editor");
  private static final Set<String> EVERYBODY = Set.of("allUsers", "allAuthenticatedUsers");

  static Schema parameters() {
    return Schema.object()
        .required("resource", Schema.string(ResourceName.FORMS))
        .required("role", Schema.string("roles/X, or a custom role's name"))
        .required("member", Schema.string("serviceAccount:…, user:…, principal://…"))
        .optional("condition", Schema.string("CEL expression of the binding's condition"))
        .optional("condition_title", Schema.string("its title"));
  }

  /**
   * The change as it was described.
   *
   * @param condition empty for none
   */
  private record Wanted(Resource on, String role, String member, Json condition) {

    String words() {
      return role + " for " + member + " on " + on.words();
    }
  }

  Action prepare(Access access, Arguments arguments, Call call) {
    var wanted =
        new Wanted(
            ResourceName.of(access, arguments),
            RoleShow.checked(arguments.string("role")),
            member(arguments.string("member").strip()),
            condition(arguments));
    var policy = new Cloud(access.google(), call).policy(wanted.on()).get().raw();
    var changed = changed(policy, wanted);
    if (changed.equals(policy.list("bindings").stream().map(Json::fields).toList())) {
      throw ToolFailure.invalid(
          (adds ? "already there: " : "not there: ") + wanted.words(), "nothing is to be changed");
    }
    var home = ResourceName.home(access, wanted.on());
    var target =
        Target.of(
            GcpTool.SYSTEM,
            "project",
            home,
            "role",
            wanted.role(),
            "member",
            wanted.member(),
            "resource",
            wanted.on().path());
    return Action.of(
            (adds ? "grant " : "revoke ") + wanted.words(),
            Effect.remote(Verb.UPDATE, target, risk(wanted)),
            running -> write(access, running, wanted, policy.text("etag"), arguments))
        .at(policy.text("etag"))
        .showing(() -> Preview.diff("policy of " + wanted.on().words(), diff(wanted)));
  }

  private static String member(String given) {
    boolean known =
        EVERYBODY.contains(given)
            || given.matches(
                "(user|group|serviceAccount|domain|deleted:\\w+|principal|principalSet):\\S+");
    if (!known) {
      throw ToolFailure.invalid(
          "'" + given + "' is not a member",
          "serviceAccount:E, user:E, group:E, principal://…, or allUsers");
    }
    return given;
  }

  private static Json condition(Arguments arguments) {
    var expression = arguments.string("condition", "").strip();
    if (expression.isEmpty()) {
      return Json.EMPTY;
    }
    var title = arguments.string("condition_title", "").strip();
    return Json.of(
        "title", title.isEmpty() ? "granted with fuse" : title, "expression", expression);
  }

  private Risk risk(Wanted wanted) {
    boolean critical =
        WIDE.contains(wanted.on().kind())
            || wanted.on().kind() == Resource.Kind.SQL
            || BASIC.contains(wanted.role())
            || EVERYBODY.contains(wanted.member());
    return critical ? Risk.CRITICAL : Risk.HIGH;
  }

  /** The bindings with the member added or removed; all others as they are. */
  private List<Map<String, Object>> changed(Json policy, Wanted wanted) {
    var bindings = new ArrayList<Map<String, Object>>();
    boolean met = false;
    for (var binding : policy.list("bindings")) {
      boolean same =
          binding.text("role").equals(wanted.role())
              && binding.text("condition.expression").equals(wanted.condition().text("expression"));
      if (!same || met) {
        bindings.add(binding.fields());
        continue;
      }
      met = true;
      var members = new ArrayList<>(binding.texts("members"));
      if (adds && !members.contains(wanted.member())) {
        members.add(wanted.member());
      } else if (!adds) {
        members.remove(wanted.member());
      }
      if (!members.isEmpty()) {
        bindings.add(binding.with("members", members).fields());
      }
    }
    if (!met && adds) {
      var fresh = new LinkedHashMap<String, Object>();
      fresh.put("role", wanted.role());
      fresh.put("members", List.of(wanted.member()));
      if (wanted.condition().has("expression")) {
        fresh.put("condition", wanted.condition().fields());
      }
      bindings.add(fresh);
    }
    return bindings;
  }

  private String diff(Wanted wanted) {
    var when =
        wanted.condition().has("expression") ? " if " + wanted.condition().text("expression") : "";
    return " " + wanted.role() + when + "\n" + (adds ? "+" : "-") + "  " + wanted.member() + "\n";
  }

  private ToolResult write(
      Access access, Call call, Wanted wanted, String etag, Arguments arguments) {
    var cloud = new Cloud(access.google(), call);
    var policy = cloud.policy(wanted.on()).get().raw();
    if (!policy.text("etag").equals(etag)) {
      return ToolResult.failed(
          Kind.CONFLICT,
          "the policy of "
              + wanted.on().words()
              + " was changed by somebody since it was looked at",
          "propose it again for what is there now; nothing was changed");
    }
    var bindings = changed(policy, wanted);
    boolean conditional = bindings.stream().anyMatch(one -> one.containsKey("condition"));
    var next = new LinkedHashMap<>(policy.fields());
    next.put("bindings", bindings);
    next.put("version", conditional ? 3 : 1);
    var written =
        access.google().call(Policies.write(wanted.on(), new Json(next)), call.deadline());
    return ToolResult.ok(
            (adds ? "granted " : "revoked ")
                + wanted.words()
                + "; a change takes up to seven minutes to arrive everywhere")
        .undo(
            new Undo(
                adds ? "gcp_iam_revoke" : "gcp_iam_grant",
                arguments.values(),
                (adds ? "without " : "again with ") + wanted.words(),
                Optional.of(written.text("etag")),
                List.of()));
  }
}
