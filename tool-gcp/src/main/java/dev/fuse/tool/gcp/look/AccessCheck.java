package dev.fuse.tool.gcp.look;

import dev.fuse.tool.gcp.look.Cel.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a principal may do something to a resource: allow policies from it upwards, then denials.
 */
public final class AccessCheck {

  private static final int MOST_ROLES = 40;

  private final Cloud cloud;

  public AccessCheck(Cloud cloud) {
    this.cloud = cloud;
  }

  /** What it comes to. */
  public enum State {
    GRANTED,
    DENIED,
    NOT_GRANTED,
    UNKNOWN
  }

  /**
   * A binding that names the principal.
   *
   * @param permitted whether its role has the permission
   * @param holds whether its condition does
   */
  public record Grant(
      Resource point, Binding binding, String member, Truth permitted, Truth holds) {}

  /**
   * The verdict and what it stands on.
   *
   * @param grants that give the permission
   * @param near bindings that name the principal and do not give it
   * @param denials that take it away
   * @param groups members that may hold the principal, which nobody here can see
   * @param hidden what could not be looked at
   */
  public record Verdict(
      State state,
      List<Grant> grants,
      List<Grant> near,
      List<Denials.Denial> denials,
      Set<String> groups,
      List<String> hidden) {}

  /** Looks at one permission on one resource. */
  public Verdict check(Principal who, String permission, Resource resource, String home) {
    var hidden = new ArrayList<String>();
    var points = points(resource, home, hidden);
    var found = new LinkedHashMap<Resource, Seen<Policy>>();
    points.forEach(point -> cloud.once("ahead " + point, () -> cloud.policy(point)));
    points.forEach(point -> found.put(point, cloud.policy(point)));
    found.forEach(
        (point, seen) ->
            seen.refusal()
                .ifPresent(why -> hidden.add("policy of " + point.words() + ": " + why.inShort())));
    var policies = found.values().stream().flatMap(seen -> seen.find().stream()).toList();
    var known = widened(who, policies);
    var all = grants(known, permission, resource, policies);
    var grants =
        all.stream()
            .filter(one -> one.permitted() == Truth.YES && one.holds() == Truth.YES)
            .toList();
    var near = all.stream().filter(one -> !grants.contains(one)).toList();
    var groups = grants.isEmpty() ? groups(policies, permission, resource) : Set.<String>of();
    var denials = new Denials(cloud).of(known, permission, resource, points, hidden);
    var certain = denials.stream().filter(one -> one.holds() == Truth.YES).toList();
    State state;
    if (!certain.isEmpty()) {
      state = State.DENIED;
    } else if (!grants.isEmpty()) {
      state = denials.isEmpty() ? State.GRANTED : State.UNKNOWN;
    } else {
      boolean open =
          !groups.isEmpty()
              || found.values().stream().anyMatch(seen -> seen.find().isEmpty() && !seen.missing())
              || near.stream().anyMatch(AccessCheck::undecided);
      state = open ? State.UNKNOWN : State.NOT_GRANTED;
    }
    return settled(
        new Verdict(state, grants, near, denials, groups, List.copyOf(hidden)),
        who,
        permission,
        resource);
  }

  private static boolean undecided(Grant one) {
    return one.permitted() != Truth.NO
        && one.holds() != Truth.NO
        && (one.permitted() == Truth.UNKNOWN || one.holds() == Truth.UNKNOWN);
  }

  /** Google itself knows groups, tags and hidden policies that this account does not see. */
  private Verdict settled(Verdict own, Principal who, String permission, Resource resource) {
    if (own.state() != State.UNKNOWN || who.email().isEmpty()) {
      return own;
    }
    var asked = cloud.troubleshoot(who.email().get(), permission, resource).find();
    var said = asked.map(json -> json.text("overallAccessState")).orElse("");
    var state =
        switch (said) {
          case "CAN_ACCESS" -> State.GRANTED;
          case "CANNOT_ACCESS" ->
              asked
                      .map(json -> json.text("denyPolicyExplanation.denyAccessState"))
                      .orElse("")
                      .equals("DENY_ACCESS_STATE_DENIED")
                  ? State.DENIED
                  : State.NOT_GRANTED;
          default -> State.UNKNOWN;
        };
    return new Verdict(
        state,
        own.grants(),
        own.near(),
        state == State.GRANTED ? List.of() : own.denials(),
        state == State.UNKNOWN ? own.groups() : Set.of(),
        own.hidden());
  }

  /** The resource and all that stands above it. */
  private List<Resource> points(Resource resource, String home, List<String> hidden) {
    var points = new ArrayList<Resource>();
    if (resource.kind() != Resource.Kind.PROJECT && resource.kind() != Resource.Kind.SQL) {
      points.add(resource);
    }
    if (resource.kind() == Resource.Kind.FOLDER || resource.kind() == Resource.Kind.ORGANIZATION) {
      return points;
    }
    var project = home;
    switch (cloud.ancestry(project)) {
      case Seen.Found<List<Resource>>(var above) -> points.addAll(above);
      case Seen.Unseen<List<Resource>>(var why) -> {
        points.add(Resource.project(project));
        hidden.add("folders and organisation above project " + project + ": " + why.inShort());
      }
    }
    return points;
  }

  /** Members such as {@code projectEditor:P} mean whoever has the basic role there. */
  private Principal widened(Principal who, List<Policy> policies) {
    var more = new LinkedHashSet<String>();
    for (var policy : policies) {
      if (policy.of().kind() != Resource.Kind.PROJECT) {
        continue;
      }
      for (var basic : List.of("Owner", "Editor", "Viewer")) {
        boolean has =
            policy.bindings().stream()
                .filter(
                    one -> one.role().equals("roles/" + basic.toLowerCase(java.util.Locale.ROOT)))
                .anyMatch(one -> one.members().stream().anyMatch(who.names()::contains));
        if (has) {
          more.add("project" + basic + ":" + policy.of().name());
        }
      }
    }
    var denied = new LinkedHashSet<String>();
    who.email()
        .filter(email -> email.endsWith(".iam.gserviceaccount.com"))
        .map(email -> email.replaceFirst("^.*@", "").replace(".iam.gserviceaccount.com", ""))
        .ifPresent(
            project -> {
              var number = cloud.number(project);
              denied.add(
                  "principalSet://cloudresourcemanager.googleapis.com/projects/"
                      + number
                      + "/type/ServiceAccount");
              denied.add("principalSet://cloudresourcemanager.googleapis.com/projects/" + number);
            });
    more.addAll(denied);
    return who.also(more, denied);
  }

  private List<Grant> grants(
      Principal who, String permission, Resource resource, List<Policy> policies) {
    var found = new ArrayList<Grant>();
    for (var policy : policies) {
      for (var binding : policy.bindings()) {
        binding.members().stream()
            .filter(member -> named(who, member))
            .findFirst()
            .ifPresent(
                member ->
                    found.add(
                        new Grant(
                            policy.of(),
                            binding,
                            member,
                            permitted(binding.role(), permission),
                            holds(binding, member, resource))));
      }
    }
    return found;
  }

  /** A deleted account of the same address is worth seeing, and is somebody else. */
  private static boolean named(Principal who, String member) {
    return who.names().contains(member)
        || who.email()
            .filter(email -> member.startsWith("deleted:serviceAccount:" + email + "?"))
            .isPresent();
  }

  private Truth holds(Binding binding, String member, Resource resource) {
    if (member.startsWith("deleted:")) {
      return Truth.NO;
    }
    return binding.conditional()
        ? Cel.holds(binding.condition().text("expression"), values(resource))
        : Truth.YES;
  }

  private Map<String, Object> values(Resource resource) {
    var values = new LinkedHashMap<String, Object>();
    values.put("request.time", Instant.now());
    values.put("resource.service", resource.kind().api().service());
    values.put("resource.type", type(resource));
    if (resource.kind() == Resource.Kind.SECRET) {
      values.put(
          "resource.name",
          "projects/" + cloud.number(resource.project()) + "/secrets/" + resource.name());
    }
    if (resource.kind() == Resource.Kind.TOPIC || resource.kind() == Resource.Kind.SUBSCRIPTION) {
      values.put("resource.name", resource.path());
    }
    return values;
  }

  private static String type(Resource resource) {
    var kind =
        switch (resource.kind()) {
          case PROJECT -> "Project";
          case FOLDER -> "Folder";
          case ORGANIZATION -> "Organization";
          case ACCOUNT -> "ServiceAccount";
          case BUCKET -> "Bucket";
          case TOPIC -> "Topic";
          case SUBSCRIPTION -> "Subscription";
          case SECRET -> "Secret";
          case REPOSITORY -> "Repository";
          case SQL -> "Instance";
        };
    return resource.kind().api().service() + "/" + kind;
  }

  /** Whether a role has a permission. */
  public Truth permitted(String role, String permission) {
    return switch (cloud.role(role)) {
      case Seen.Found<dev.fuse.tool.gcp.api.Json>(var json) ->
          Truth.of(
              !json.truth("deleted") && json.texts("includedPermissions").contains(permission));
      case Seen.Unseen<dev.fuse.tool.gcp.api.Json>(var why) ->
          why.missing() ? Truth.NO : Truth.UNKNOWN;
    };
  }

  /** Groups whose roles would give the permission. */
  private Set<String> groups(List<Policy> policies, String permission, Resource resource) {
    var roles = new LinkedHashMap<String, Set<String>>();
    for (var policy : policies) {
      for (var binding : policy.bindings()) {
        binding.members().stream()
            .filter(member -> member.startsWith("group:"))
            .filter(_ -> holds(binding, "", resource) != Truth.NO)
            .forEach(
                member ->
                    roles.computeIfAbsent(binding.role(), _ -> new LinkedHashSet<>()).add(member));
      }
    }
    var found = new LinkedHashSet<String>();
    roles.entrySet().stream()
        .limit(MOST_ROLES)
        .filter(entry -> permitted(entry.getKey(), permission) != Truth.NO)
        .forEach(entry -> found.addAll(entry.getValue()));
    return found;
  }
}
