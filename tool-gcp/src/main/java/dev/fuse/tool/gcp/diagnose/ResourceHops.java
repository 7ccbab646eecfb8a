package dev.fuse.tool.gcp.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.text.Spelling;
import dev.fuse.tool.gcp.api.Api;
import dev.fuse.tool.gcp.api.Request;
import dev.fuse.tool.gcp.look.AccessCheck;
import dev.fuse.tool.gcp.look.AccessCheck.Grant;
import dev.fuse.tool.gcp.look.AccessCheck.State;
import dev.fuse.tool.gcp.look.AccessCheck.Verdict;
import dev.fuse.tool.gcp.look.Cel.Truth;
import dev.fuse.tool.gcp.look.Listings;
import dev.fuse.tool.gcp.look.Resource;
import dev.fuse.tool.gcp.look.Seen;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From who calls to the resource: the API, the resource, the role, its condition, denials. */
final class ResourceHops {

  private static final Set<String> BASIC = Set.of("roles/owner", "roles/editor", "roles/viewer");

  private final Scene scene;
  private final Chain chain;
  private final Actor actor;

  ResourceHops(Scene scene, Chain chain, Actor actor) {
    this.scene = scene;
    this.chain = chain;
    this.actor = actor;
  }

  /** Begins to read what {@link #check} will need. */
  static void ahead(Scene scene, Resource on) {
    var cloud = scene.cloud();
    var home = on.project().isEmpty() ? scene.home() : on.project();
    cloud.once("ahead policy " + on, () -> cloud.policy(on));
    cloud.once("ahead " + on, () -> cloud.resource(on));
    cloud.once(
        "ahead api " + on.kind().api() + home,
        () -> cloud.enabled(home, on.kind().api().service()));
    cloud.once("ahead above " + home, () -> cloud.ancestry(home));
    cloud.once("ahead policy " + home, () -> cloud.policy(Resource.project(home)));
    cloud.once("ahead denials " + home, () -> cloud.denyPolicies(Resource.project(home)));
  }

  /**
   * Looks at all of it.
   *
   * @param pretended whether the actor is only who it should be, an earlier hop being broken
   */
  void check(Need need, boolean pretended) {
    var on = need.resource();
    var home = home(on);
    boolean api = enabled(on, home);
    exists(on, api);
    scopes(need);
    role(need, home, pretended);
  }

  /** The project in which the resource is; a bucket's name does not say it. */
  private String home(Resource on) {
    if (!on.project().isEmpty()) {
      return on.project();
    }
    return scene
        .cloud()
        .resource(on)
        .find()
        .flatMap(json -> json.find("projectNumber"))
        .map(
            number ->
                number.equals(scene.cloud().number(scene.home()))
                    ? scene.home()
                    : scene
                        .cloud()
                        .project(number)
                        .find()
                        .flatMap(json -> json.find("projectId"))
                        .orElse(number))
        .orElse(scene.home());
  }

  private boolean enabled(Resource on, String home) {
    var service = on.kind().api().service();
    return switch (scene.cloud().enabled(home, service)) {
      case Seen.Found<Boolean>(var enabled) when enabled -> {
        chain.add(Hop.ok(service + " is enabled in " + home, "Service Usage"));
        restricted(service, home);
        yield true;
      }
      case Seen.Found<Boolean> _ -> {
        disabled(service, on, home);
        yield false;
      }
      case Seen.Unseen<Boolean>(var why) -> {
        var refused = scene.cloud().resource(on).refusal().filter(one -> one.disabled());
        if (refused.isPresent()) {
          disabled(service, on, home);
          yield false;
        }
        boolean answers = scene.cloud().resource(on).find().isPresent();
        chain.add(
            answers
                ? Hop.ok(service + " answers for " + home, on.words(home))
                : Hop.unknown("whether " + service + " is enabled in " + home, why.inShort()));
        yield true;
      }
    };
  }

  private void disabled(String service, Resource on, String home) {
    var number = scene.cloud().number(home);
    var who = new History(scene.cloud()).sentence(home, service, History.method("DisableService"));
    chain.broken(
        Hop.broken(service + " is not enabled in " + home, "Service Usage"),
        Finding.error(
            "project " + home + (number.equals(home) ? "" : " (" + number + ")"),
            "the API " + service + " is disabled there" + who,
            "nothing can reach " + on.words(scene.home()) + " while it is (SERVICE_DISABLED)",
            "enable it: gcloud services enable " + service + " --project=" + home));
  }

  /** An organisation policy may forbid a service that is enabled. */
  private void restricted(String service, String home) {
    var found = scene.cloud().constraint(home, "gcp.restrictServiceUsage").find();
    var rules = found.map(json -> json.list("spec.rules")).orElse(List.of());
    boolean denied =
        rules.stream()
            .anyMatch(
                rule ->
                    rule.truth("denyAll")
                        || rule.texts("values.deniedValues").contains(service)
                        || (rule.has("values.allowedValues")
                            && !rule.texts("values.allowedValues").contains(service)));
    if (denied) {
      chain.broken(
          Hop.broken("an organisation policy forbids " + service + " in " + home, "Org Policy"),
          Finding.error(
              "organisation policy gcp.restrictServiceUsage",
              "it does not allow " + service + " in project " + home,
              "requests are refused although the API is enabled and roles are granted",
              "ask whoever manages organisation policies to allow " + service + " for " + home));
    }
  }

  private void exists(Resource on, boolean api) {
    if (!api) {
      return;
    }
    var seen = scene.cloud().resource(on);
    if (seen.missing()) {
      var like = alike(on);
      chain.broken(
          Hop.broken(on.words(scene.home()) + " does not exist", on.kind().api().service()),
          Finding.error(
              on.words(scene.home()),
              "it does not exist" + like.map(one -> "; there is " + one).orElse(""),
              "Google says \"permission denied (or it may not exist)\" of what is not there",
              "correct the name, or create it"));
      return;
    }
    if (on.kind() == Resource.Kind.SECRET) {
      version(on);
    }
    seen.find()
        .ifPresent(
            _ -> chain.add(Hop.ok(on.words(scene.home()) + " exists", on.kind().api().service())));
  }

  /** The latest version is what is read; one that is disabled is refused to everybody. */
  private void version(Resource secret) {
    var path = "v1/" + secret.path() + "/versions";
    var request =
        Request.get(Api.SECRETS, path, "versions of " + secret.words()).with("pageSize", "5");
    var newest =
        scene
            .cloud()
            .ask(request)
            .find()
            .flatMap(json -> json.list("versions").stream().findFirst());
    newest
        .filter(one -> !one.text("state").equals("ENABLED"))
        .ifPresent(
            one -> {
              var state = one.text("state").toLowerCase(Locale.ROOT);
              var version = one.text("name").replaceFirst("^.*/", "");
              chain.broken(
                  Hop.broken("the latest version of " + secret.words() + " is " + state, "IAM"),
                  Finding.error(
                      secret.words(scene.home()),
                      "its latest version " + version + " is " + state,
                      "reading 'latest' fails for everybody, whatever their roles are",
                      "enable it, add a version, or read an older one by its number"));
            });
  }

  private Optional<String> alike(Resource on) {
    return Listings.names(scene.cloud(), on).flatMap(names -> Spelling.nearest(on.name(), names));
  }

  /** A node's account can do no more than the scopes of its pool. */
  private void scopes(Need need) {
    var scopes = actor.scopes();
    if (scopes.isEmpty() || Scopes.allow(scopes.get(), need.resource().kind(), need.permission())) {
      return;
    }
    var pool = actor.pool().orElse("");
    chain.broken(
        Hop.broken(
            "the scopes of node pool " + pool + " leave out " + need.permission(), "GKE node pool"),
        Finding.error(
            "node pool " + pool,
            "its OAuth scopes are " + Scopes.words(scopes.get()),
            "the node's account "
                + actor.principal().words()
                + " may do no more than its scopes, whatever its roles are",
            "use Workload Identity, or a pool with the scope cloud-platform (scopes of a pool"
                + " cannot be changed)"));
  }

  private void role(Need need, String home, boolean pretended) {
    var on = need.resource();
    var check = new AccessCheck(scene.cloud());
    Verdict last = null;
    var permission = need.permission();
    for (var one : need.permissions()) {
      var verdict = check.check(actor.principal(), one, on, home);
      boolean better =
          last == null
              || verdict.state() == State.GRANTED
              || (last.state() == State.NOT_GRANTED && verdict.state() != State.NOT_GRANTED);
      if (better) {
        last = verdict;
        permission = one;
      }
      if (verdict.state() == State.GRANTED) {
        break;
      }
    }
    if (last == null) {
      return;
    }
    chain.hide(last.hidden());
    switch (last.state()) {
      case GRANTED -> granted(permission, on, last, pretended);
      case DENIED -> {
        var text = "a deny policy denies " + permission + " on " + on.words(scene.home());
        chain.broken(
            Hop.broken(text, "IAM v2"),
            last.denials().isEmpty()
                ? Finding.error(on.words(scene.home()), text, "a deny policy beats every role", "")
                : Refusals.denied(scene, last.denials(), actor.principal(), permission, on));
      }
      case NOT_GRANTED -> refused(permission, on, home, last);
      case UNKNOWN -> unknown(permission, on, last);
    }
  }

  private void granted(String permission, Resource on, Verdict verdict, boolean pretended) {
    var by =
        verdict.grants().stream()
            .findFirst()
            .map(
                one ->
                    one.binding().role()
                        + " on "
                        + one.point().words(scene.home())
                        + " for "
                        + one.member())
            .orElse("Google's troubleshooter");
    var who = pretended ? actor.principal().words() + ", once reached," : actor.principal().words();
    chain.add(Hop.ok(who + " has " + permission + " on " + on.words(scene.home()), by));
    verdict.grants().stream()
        .filter(one -> BASIC.contains(one.binding().role()))
        .findFirst()
        .ifPresent(
            one ->
                chain.note(
                    Finding.info(
                        actor.principal().words(),
                        "it has the basic role "
                            + one.binding().role()
                            + " on "
                            + one.point().words(scene.home())
                            + "; a narrower one would do")));
  }

  private void unknown(String permission, Resource on, Verdict verdict) {
    var why = new LinkedHashSet<String>();
    verdict.denials().forEach(one -> why.add("deny policy " + one.policy() + " may apply"));
    verdict.near().stream()
        .filter(one -> one.holds() == Truth.UNKNOWN && one.permitted() != Truth.NO)
        .forEach(
            one ->
                why.add(
                    one.binding().role()
                        + " is granted on a condition that depends on the request: "
                        + one.binding().conditionWords()));
    verdict.near().stream()
        .filter(one -> one.permitted() == Truth.UNKNOWN)
        .forEach(one -> why.add("what " + one.binding().role() + " permits cannot be seen"));
    verdict.groups().forEach(one -> why.add(one + " may hold it"));
    why.addAll(verdict.hidden());
    verdict.near().stream()
        .filter(one -> one.holds() == Truth.UNKNOWN && one.permitted() == Truth.YES)
        .findFirst()
        .ifPresent(one -> chain.note(Refusals.depends(scene, one, actor.principal(), on)));
    chain.add(
        Hop.unknown(
            "whether "
                + actor.principal().words()
                + " has "
                + permission
                + " on "
                + on.words(scene.home()),
            why.stream().limit(4).collect(Collectors.joining("; "))));
  }

  private void refused(String permission, Resource on, String home, Verdict verdict) {
    var condition =
        verdict.near().stream()
            .filter(one -> one.permitted() == Truth.YES && one.holds() == Truth.NO)
            .filter(one -> one.binding().conditional())
            .findFirst();
    if (condition.isPresent()) {
      var text =
          "the condition of "
              + condition.get().binding().role()
              + " for "
              + actor.principal().words()
              + " does not hold";
      chain.broken(
          Hop.broken(text, "policy of " + condition.get().point().words(scene.home())),
          Refusals.condition(scene, condition.get(), actor.principal(), permission, on));
      return;
    }
    var deleted =
        verdict.near().stream().filter(one -> one.member().startsWith("deleted:")).findFirst();
    var why = deleted.map(this::recreated).orElseGet(() -> has(verdict, on));
    var words = actor.principal().words();
    chain.broken(
        Hop.broken(
            words + " lacks " + permission + " on " + on.words(scene.home()),
            "policies from the resource up"),
        Finding.error(
            on.words(scene.home()),
            words + " lacks " + permission + " on it" + why + history(on, home),
            deleted.isPresent()
                ? "the account was deleted and created again: a role does not pass on to the new"
                    + " account of the same name"
                : actor.pool().isPresent()
                    ? "the pod calls as the node's account of pool " + actor.pool().get()
                    : "no role that has the permission is granted on it or above it",
            next(permission, on, verdict)));
  }

  private String recreated(Grant grant) {
    return "; "
        + grant.binding().role()
        + " on "
        + grant.point().words(scene.home())
        + " is for "
        + grant.member();
  }

  /** What it has instead, custom roles first. */
  private String has(Verdict verdict, Resource on) {
    var roles =
        verdict.near().stream()
            .filter(one -> one.point().equals(on) || !one.binding().role().startsWith("roles/"))
            .map(one -> one.binding().role())
            .distinct()
            .limit(5)
            .toList();
    return roles.isEmpty() ? "" : "; it has only " + String.join(", ", roles) + " there";
  }

  private String history(Resource on, String home) {
    var member = actor.principal().shown();
    return new History(scene.cloud())
        .sentence(
            home,
            on.kind() == Resource.Kind.SQL ? "projects/" + home : on.name(),
            entry ->
                entry.list("protoPayload.serviceData.policyDelta.bindingDeltas").stream()
                    .anyMatch(
                        one ->
                            one.text("action").equals("REMOVE")
                                && one.text("member").equals(member)));
  }

  private String next(String permission, Resource on, Verdict verdict) {
    if (actor.pool().isPresent()) {
      return "let the pod call as an account of its own through Workload Identity; the node's"
          + " account is shared by all pods of the pool";
    }
    var custom =
        verdict.near().stream()
            .map(one -> one.binding().role())
            .filter(one -> !one.startsWith("roles/"))
            .findFirst();
    var fix = new Fix(scene.access().directory(), scene.home());
    var role = Need.role(permission);
    var grant =
        role.map(one -> fix.grant(on, one, actor.principal().shown()))
            .orElse("grant a role that has " + permission + " on " + on.words(scene.home()));
    var domains = domains(on);
    return custom
            .map(one -> "add " + permission + " to the custom role " + one + ", or: ")
            .orElse("")
        + grant
        + domains;
  }

  /** Grants to accounts of another organisation may be forbidden. */
  private String domains(Resource on) {
    var home = on.project().isEmpty() ? scene.home() : on.project();
    var own = actor.principal().email().flatMap(AccountHops::project);
    if (own.isEmpty() || own.get().equals(home)) {
      return "";
    }
    var rules =
        scene
            .cloud()
            .constraint(home, "iam.allowedPolicyMemberDomains")
            .find()
            .map(json -> json.list("spec.rules"))
            .orElse(List.of());
    var allowed = new ArrayList<String>();
    rules.forEach(rule -> allowed.addAll(rule.texts("values.allowedValues")));
    return allowed.isEmpty()
        ? ""
        : " (organisation policy iam.allowedPolicyMemberDomains allows members of "
            + String.join(", ", allowed)
            + " only; the grant may be refused)";
  }
}
