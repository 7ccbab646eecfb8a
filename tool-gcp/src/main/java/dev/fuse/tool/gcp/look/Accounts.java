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
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Lists service accounts, or shows one with its keys and who may act as it. */
public final class Accounts implements GcpTool {

  private static final ToolSpec SPEC =
      ToolSpec.of(
              "gcp_accounts",
              "List service accounts, or show one: whether it is disabled, its keys and their age,"
                  + " who may act as it, which roles it has in its project.",
              Schema.object()
                  .optional("account", Schema.string("its e-mail address"))
                  .optional("project", Reading.PROJECT),
              Reading.CEILING)
          .keywords("service account", "key age", "impersonate", "disabled");

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Action prepare(Access access, Arguments arguments, Call call) {
    var email = arguments.string("account", "").strip();
    if (email.isEmpty()) {
      var project = access.project(arguments);
      return Reading.of(
          access, "service accounts of project " + project, project, cloud -> list(cloud, project));
    }
    return Reading.of(
        access,
        "service account " + checked(email),
        ResourceName.home(access, Resource.account(email)),
        cloud -> show(access, cloud, email));
  }

  /** A service account's address. */
  public static String checked(String email) {
    if (!email.matches("[\\w.-]+@[\\w.:-]*gserviceaccount\\.com")) {
      throw ToolFailure.invalid(
          "'" + email + "' is not a service account's address",
          "NAME@PROJECT.iam.gserviceaccount.com");
    }
    return email;
  }

  private static ToolResult list(Cloud cloud, String project) {
    var accounts = cloud.accounts(project).get();
    var rows =
        accounts.stream()
            .map(
                one ->
                    List.of(
                        one.text("email"),
                        one.truth("disabled") ? "disabled" : "enabled",
                        one.text("displayName")))
            .toList();
    return ToolResult.ok(
            Reading.table(
                List.of("ACCOUNT", "STATE", "NAME"),
                rows,
                "project " + project + " has no service accounts"))
        .structured(accounts.stream().map(Json::fields).toList());
  }

  private static ToolResult show(Access access, Cloud cloud, String email) {
    var home = ResourceName.home(access, Resource.account(email));
    var keys = Later.of(() -> keys(cloud, email));
    var acting = Later.of(() -> cloud.policy(Resource.account(email)));
    var roles = Later.of(() -> cloud.policy(Resource.project(home)));
    var account = cloud.account(email).get();
    var lines = new ArrayList<String>();
    lines.add(
        email
            + ", "
            + (account.truth("disabled") ? "disabled" : "enabled")
            + ", unique ID "
            + account.text("uniqueId")
            + ", "
            + account.text("displayName"));
    lines.addAll(keyLines(keys.get()));
    switch (acting.get()) {
      case Seen.Found<Policy>(var policy) ->
          policy
              .bindings()
              .forEach(
                  one ->
                      lines.add(
                          one.role()
                              + " on it: "
                              + String.join(", ", one.members())
                              + (one.conditional() ? " if " + one.conditionWords() : "")));
      case Seen.Unseen<Policy>(var why) -> lines.add(Reading.unseen("who may act as it", why));
    }
    switch (roles.get()) {
      case Seen.Found<Policy>(var policy) ->
          lines.add(
              "roles in project "
                  + home
                  + ": "
                  + policy
                      .naming("serviceAccount:" + email)
                      .map(Binding::role)
                      .reduce((a, b) -> a + ", " + b)
                      .orElse("none"));
      case Seen.Unseen<Policy>(var why) -> lines.add(Reading.unseen("its roles", why));
    }
    return ToolResult.ok(String.join("\n", lines)).structured(account.fields());
  }

  private static Seen<List<Json>> keys(Cloud cloud, String email) {
    var path = "v1/projects/-/serviceAccounts/" + Request.encode(email) + "/keys";
    return cloud
        .ask(Request.get(Api.IAM, path, "keys of " + email).with("keyTypes", "USER_MANAGED"))
        .map(json -> json.list("keys"));
  }

  private static List<String> keyLines(Seen<List<Json>> keys) {
    return switch (keys) {
      case Seen.Found<List<Json>>(var list) when list.isEmpty() -> List.of("no keys of its own");
      case Seen.Found<List<Json>>(var list) ->
          list.stream()
              .map(
                  one ->
                      "key "
                          + one.text("name").replaceFirst("^.*/", "")
                          + ", "
                          + days(one.text("validAfterTime"))
                          + (one.truth("disabled") ? ", disabled" : ""))
              .toList();
      case Seen.Unseen<List<Json>>(var why) -> List.of(Reading.unseen("keys", why));
    };
  }

  private static String days(String since) {
    try {
      return Duration.between(Instant.parse(since), Instant.now()).toDays() + " days old";
    } catch (DateTimeParseException _) {
      return "since " + since;
    }
  }
}
