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
import dev.fuse.spi.Undo;
import dev.fuse.spi.Verb;
import dev.fuse.tool.gcp.api.Access;
import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.GcpTool;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.api.Request;
import dev.fuse.tool.gcp.look.Accounts;
import dev.fuse.tool.gcp.look.Cloud;
import dev.fuse.tool.gcp.look.Resource;
import dev.fuse.tool.gcp.look.ResourceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates, enables or disables a service account; makes no keys. */
public final class AccountChange implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_account_change",
              "Create, enable or disable a service account. Makes no keys: workloads in GKE need none.",
              Schema.object()
                  .required("action", Schema.choice("what is done", "create", "enable", "disable"))
                  .required("account", Schema.string("NAME@PROJECT.iam.gserviceaccount.com"))
                  .optional("display_name", Schema.string("of a new one")),
              Ceiling.of(Risk.HIGH, true, Set.of(Verb.CREATE, Verb.UPDATE), SYSTEM))
          .keywords("service account", "disabled");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var email = Accounts.checked(arguments.string("account").strip());
    var action = arguments.string("action");
    var project = ResourceName.home(access, Resource.account(email));
    var target = Target.of(SYSTEM, "project", project, "member", email);
    if (action.equals("create")) {
      return create(access, arguments, email, project, target);
    }
    var account = new Cloud(access.google(), call).account(email).get();
    boolean disable = action.equals("disable");
    if (account.truth("disabled") == disable) {
      throw ToolFailure.invalid("'" + email + "' is already " + action + "d", "nothing to change");
    }
    return Action.of(
            action + " service account " + email,
            Effect.remote(Verb.UPDATE, target, Risk.HIGH),
            running -> turn(access, running, email, project, action))
        .at(account.text("uniqueId") + " " + account.truth("disabled"))
        .showing(
            () ->
                Preview.diff(
                    email,
                    disable
                        ? "-enabled\n+disabled: every token and key of it stops working\n"
                        : "-disabled\n+enabled\n"));
  }

  private static ToolResult turn(
      Access access, Call call, String email, String project, String action) {
    var path =
        "v1/projects/" + project + "/serviceAccounts/" + Request.encode(email) + ":" + action;
    access
        .google()
        .call(
            Request.change(Api.IAM, "POST", path, Json.EMPTY, action + " " + email),
            call.deadline());
    var back = action.equals("disable") ? "enable" : "disable";
    return ToolResult.ok(email + " is " + action + "d")
        .undo(
            new Undo(
                "gcp_account_change",
                Map.of("action", back, "account", email),
                back + " " + email + " again",
                Optional.empty(),
                List.of()));
  }

  private static Action create(
      Access access, Arguments arguments, String email, String project, Target target) {
    var name = email.substring(0, email.indexOf('@'));
    if (!name.matches("[a-z][a-z0-9-]{4,28}[a-z0-9]")) {
      throw ToolFailure.invalid(
          "'" + name + "' cannot be a service account's name",
          "6 to 30 lower case letters, digits and hyphens, a letter first");
    }
    var account = Json.of("displayName", arguments.string("display_name", name));
    var body = Json.of("accountId", name, "serviceAccount", account.fields());
    return Action.of(
        "create service account " + email,
        Effect.remote(Verb.CREATE, target, Risk.HIGH),
        running -> {
          access
              .google()
              .call(
                  Request.change(
                      Api.IAM,
                      "POST",
                      "v1/projects/" + project + "/serviceAccounts",
                      body,
                      "create " + email),
                  running.deadline());
          return ToolResult.ok("created " + email + "; it has no role yet");
        });
  }
}
