package dev.fuse.tool.gcp.look;

import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.look.Cel.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Deny policies that stand above a resource. */
public final class Denials {

  private final Cloud cloud;

  Denials(Cloud cloud) {
    this.cloud = cloud;
  }

  /**
   * A rule that denies a permission.
   *
   * @param policy its name, without the path
   * @param holds whether it is certain for this principal
   */
  public record Denial(Resource point, String policy, Json rule, Truth holds) {

    /** Who is excepted, for people. */
    public List<String> exceptions() {
      return rule.texts("exceptionPrincipals");
    }
  }

  List<Denial> of(
      Principal who,
      String permission,
      Resource resource,
      List<Resource> points,
      List<String> hidden) {
    var found = new ArrayList<Denial>();
    var nodes = points.stream().filter(Denials::carries).toList();
    nodes.forEach(node -> cloud.once("denials " + node, () -> cloud.denyPolicies(node)));
    for (var node : nodes) {
      switch (cloud.denyPolicies(node)) {
        case Seen.Unseen<List<Json>>(var why) ->
            hidden.add("deny policies of " + node.words() + ": " + why.inShort());
        case Seen.Found<List<Json>>(var policies) ->
            policies.forEach(policy -> rules(who, permission, resource, node, policy, found));
      }
    }
    return found;
  }

  private static boolean carries(Resource point) {
    return point.kind() == Resource.Kind.PROJECT
        || point.kind() == Resource.Kind.FOLDER
        || point.kind() == Resource.Kind.ORGANIZATION;
  }

  private static void rules(
      Principal who,
      String permission,
      Resource resource,
      Resource node,
      Json policy,
      List<Denial> found) {
    var name = policy.text("name").replaceFirst("^.*/", "");
    for (var rule : policy.list("rules")) {
      var deny = rule.at("denyRule");
      var holds = holds(who, qualified(permission), resource, deny);
      if (holds != Truth.NO) {
        found.add(new Denial(node, name, deny, holds));
      }
    }
  }

  private static Truth holds(Principal who, String permission, Resource resource, Json deny) {
    if (!matches(permission, deny.texts("deniedPermissions"))
        || matches(permission, deny.texts("exceptionPermissions"))) {
      return Truth.NO;
    }
    var excepted = names(who, deny.texts("exceptionPrincipals"));
    var denied = names(who, deny.texts("deniedPrincipals"));
    if (denied == Truth.NO || excepted == Truth.YES) {
      return Truth.NO;
    }
    var condition = deny.text("denialCondition.expression");
    var when =
        condition.isEmpty()
            ? Truth.YES
            : Cel.holds(
                condition,
                Map.of(
                    "request.time",
                    Instant.now(),
                    "resource.service",
                    resource.kind().api().service()));
    if (when == Truth.NO) {
      return Truth.NO;
    }
    boolean certain = denied == Truth.YES && excepted == Truth.NO && when == Truth.YES;
    return certain ? Truth.YES : Truth.UNKNOWN;
  }

  /** A group may hold the principal or not. */
  private static Truth names(Principal who, List<String> members) {
    if (members.stream().anyMatch(who.denied()::contains)) {
      return Truth.YES;
    }
    return members.stream().anyMatch(one -> one.startsWith("principalSet://goog/group/"))
        ? Truth.UNKNOWN
        : Truth.NO;
  }

  /** {@code pubsub.topics.publish} as deny policies write it. */
  static String qualified(String permission) {
    int dot = permission.indexOf('.');
    if (dot < 0) {
      return permission;
    }
    var service = permission.substring(0, dot);
    var host = service.equals("resourcemanager") ? "cloudresourcemanager" : service;
    return host + ".googleapis.com/" + permission.substring(dot + 1);
  }

  private static boolean matches(String permission, List<String> patterns) {
    return patterns.stream()
        .anyMatch(
            pattern ->
                Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), permission));
  }
}
