package dev.fuse.tool.gcp.diagnose;

import dev.fuse.spi.Finding;
import dev.fuse.text.Spelling;
import dev.fuse.tool.gcp.api.Json;
import dev.fuse.tool.gcp.look.AccessCheck;
import dev.fuse.tool.gcp.look.Binding;
import dev.fuse.tool.gcp.look.Cel.Truth;
import dev.fuse.tool.gcp.look.Denials;
import dev.fuse.tool.gcp.look.Policy;
import dev.fuse.tool.gcp.look.Principal;
import dev.fuse.tool.gcp.look.Resource;
import dev.fuse.tool.gcp.look.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** From a Kubernetes service account to the Google service account that its annotation names. */
final class AccountHops {

  static final String USER = "roles/iam.workloadIdentityUser";
  private static final String TOKEN = "iam.serviceAccounts.getAccessToken";
  private static final Pattern EMAIL =
      Pattern.compile("([a-z0-9-]{1,63})@([a-z][a-z0-9.:-]*)\\.iam\\.gserviceaccount\\.com");
  private static final Pattern MEMBER =
      Pattern.compile("serviceAccount:(.+)\\.svc\\.id\\.goog\\[([^/\\]]+)/([^\\]]+)\\]");

  private final Scene scene;
  private final Chain chain;
  private final Identity identity;
  private final Fix fix;

  AccountHops(Scene scene, Chain chain, Identity identity) {
    this.scene = scene;
    this.chain = chain;
    this.identity = identity;
    this.fix = new Fix(scene.access().directory(), scene.home());
  }

  /**
   * Who the pod is before it acts as a Google account.
   *
   * @param pool such as {@code my-project.svc.id.goog}
   */
  record Identity(String pool, String namespace, String account, Principal principal) {

    String member() {
      return "serviceAccount:" + pool + "[" + namespace + "/" + account + "]";
    }

    String words() {
      return namespace + "/" + account;
    }
  }

  /** Begins to read what {@link #check} will need. */
  static void ahead(Scene scene, String email) {
    scene.cloud().once("ahead account " + email, () -> scene.cloud().account(email));
    scene
        .cloud()
        .once(
            "ahead policy of account " + email,
            () -> scene.cloud().policy(Resource.account(email)));
    project(email)
        .ifPresent(
            project -> {
              scene.cloud().once("ahead project " + project, () -> scene.cloud().ancestry(project));
              scene
                  .cloud()
                  .once(
                      "ahead token api " + project,
                      () -> scene.cloud().enabled(project, "iamcredentials.googleapis.com"));
            });
  }

  /** The account that the pod ends up as; the nearest one meant where the annotation is wrong. */
  Optional<String> check(String email) {
    if (!EMAIL.matcher(email).matches() && !email.endsWith("gserviceaccount.com")) {
      malformed(email);
      return Optional.empty();
    }
    return switch (scene.cloud().account(email)) {
      case Seen.Found<Json>(var account) -> {
        exists(email, account);
        yield Optional.of(email);
      }
      case Seen.Unseen<Json>(var why) -> {
        var others = project(email).map(project -> scene.cloud().accounts(project));
        var known = others.flatMap(Seen::find).orElse(List.of());
        boolean listed = others.flatMap(Seen::find).isPresent();
        boolean there = known.stream().anyMatch(one -> one.text("email").equals(email));
        if (why.missing() || (listed && !there)) {
          yield absent(email, known);
        }
        chain.add(Hop.unknown("Google service account " + email, why.inShort()));
        yield Optional.of(email);
      }
    };
  }

  static Optional<String> project(String email) {
    var parts = EMAIL.matcher(email);
    return parts.matches() ? Optional.of(parts.group(2)) : Optional.empty();
  }

  private void malformed(String email) {
    var text = "annotation " + Annotation.KEY + " of " + identity.words() + " is '" + email + "'";
    chain.broken(
        Hop.broken(text + ", which is not a service account's address", "k8s_get serviceaccount"),
        Finding.error(
            "ServiceAccount " + identity.words(),
            text,
            "it is not the e-mail address of a Google service account",
            "correct it: NAME@PROJECT.iam.gserviceaccount.com"));
  }

  private Optional<String> absent(String email, List<Json> known) {
    var emails = known.stream().map(one -> one.text("email")).toList();
    var meant = letting(emails).or(() -> nearest(email, emails));
    var text =
        "annotation "
            + Annotation.KEY
            + " of "
            + identity.words()
            + " names "
            + email
            + ", which does not exist";
    chain.broken(
        Hop.broken(text, "k8s_get serviceaccount, IAM"),
        Finding.error(
            "ServiceAccount " + identity.words(),
            text
                + meant
                    .map(
                        one ->
                            "; "
                                + one
                                + " does"
                                + (lets(one) ? " and lets " + identity.words() + " act as it" : ""))
                    .orElse("")
                + new History(scene.cloud())
                    .sentence(
                        project(email).orElse(scene.home()),
                        email,
                        History.method("DeleteServiceAccount")),
            "the annotation is misspelt, or the account was deleted",
            meant
                .map(
                    one ->
                        "correct the annotation: kubectl annotate serviceaccount "
                            + identity.account()
                            + " -n "
                            + identity.namespace()
                            + " --overwrite "
                            + Annotation.KEY
                            + "="
                            + one)
                .orElse("create the account, or name one that exists")));
    return meant;
  }

  private Optional<String> nearest(String email, List<String> emails) {
    var names =
        emails.stream()
            .collect(
                Collectors.toMap(
                    one -> one.replaceFirst("@.*$", ""), one -> one, (first, _) -> first));
    return Spelling.nearest(email.replaceFirst("@.*$", ""), names.keySet()).map(names::get);
  }

  /** The account whose policy lets this identity act as it. */
  Optional<String> letting(List<String> emails) {
    var likely =
        emails.stream()
            .sorted(
                java.util.Comparator.comparing(one -> !one.startsWith(identity.account() + "@")))
            .limit(12)
            .toList();
    likely.forEach(
        one ->
            scene
                .cloud()
                .once(
                    "ahead policy of account " + one,
                    () -> scene.cloud().policy(Resource.account(one))));
    return likely.stream().filter(this::lets).findFirst();
  }

  private boolean lets(String email) {
    return scene
        .cloud()
        .policy(Resource.account(email))
        .find()
        .map(
            policy ->
                policy.bindings().stream()
                    .filter(one -> one.role().equals(USER))
                    .anyMatch(
                        one ->
                            one.members().stream()
                                .anyMatch(identity.principal().names()::contains)))
        .orElse(false);
  }

  private void exists(String email, Json account) {
    var project = account.find("projectId").or(() -> project(email)).orElse(scene.home());
    if (account.truth("disabled")) {
      disabled(email, project);
    } else {
      chain.add(Hop.ok("Google service account " + email + " exists and is enabled", "IAM"));
    }
    tokens(email, project);
    var resource = Resource.account(email);
    var verdict =
        new AccessCheck(scene.cloud()).check(identity.principal(), TOKEN, resource, project);
    chain.hide(verdict.hidden());
    switch (verdict.state()) {
      case GRANTED -> granted(email, verdict);
      case DENIED -> denied(email, verdict);
      case NOT_GRANTED -> refused(email, project, verdict);
      case UNKNOWN -> unsettled(email, project, verdict);
    }
  }

  private void disabled(String email, String project) {
    var who =
        new History(scene.cloud())
            .sentence(project, email, History.method("DisableServiceAccount"));
    chain.broken(
        Hop.broken("Google service account " + email + " is disabled", "IAM"),
        Finding.error(
            "service account " + email,
            "it is disabled" + who,
            "no token can be made for " + identity.words() + " while it is disabled",
            "enable it, if it was not disabled on purpose: gcloud iam service-accounts enable "
                + email));
  }

  private void tokens(String email, String project) {
    var service = "iamcredentials.googleapis.com";
    switch (scene.cloud().enabled(project, service)) {
      case Seen.Found<Boolean>(var enabled) when enabled ->
          chain.add(Hop.ok(service + " is enabled in " + project, "Service Usage"));
      case Seen.Found<Boolean> _ ->
          chain.broken(
              Hop.broken(service + " is not enabled in " + project, "Service Usage"),
              Finding.error(
                  "project " + project,
                  "the IAM Service Account Credentials API ("
                      + service
                      + ") is disabled"
                      + new History(scene.cloud())
                          .sentence(project, service, History.method("DisableService")),
                  "no workload can act as " + email + " without it",
                  "enable it: gcloud services enable " + service + " --project=" + project));
      case Seen.Unseen<Boolean>(var why) ->
          chain.add(Hop.unknown("whether " + service + " is enabled in " + project, why.inShort()));
    }
  }

  private void granted(String email, AccessCheck.Verdict verdict) {
    var by =
        verdict.grants().stream()
            .findFirst()
            .map(
                one ->
                    one.binding().role()
                        + " for "
                        + one.member()
                        + (one.point().kind() == Resource.Kind.ACCOUNT
                            ? ""
                            : " on " + one.point().words()))
            .orElse("Google's troubleshooter");
    chain.add(Hop.ok(identity.words() + " may act as " + email, by));
  }

  private void denied(String email, AccessCheck.Verdict verdict) {
    chain.broken(
        Hop.broken(
            "a deny policy keeps " + identity.words() + " from acting as " + email, "IAM v2"),
        Refusals.denied(
            scene, verdict.denials(), identity.principal(), TOKEN, Resource.account(email)));
  }

  private void refused(String email, String project, AccessCheck.Verdict verdict) {
    var account = Resource.account(email);
    var condition =
        verdict.near().stream()
            .filter(one -> one.permitted() == Truth.YES && one.binding().conditional())
            .findFirst();
    if (condition.isPresent()) {
      chain.broken(
          Hop.broken(
              "the condition of " + condition.get().binding().role() + " does not hold", "IAM"),
          Refusals.condition(scene, condition.get(), identity.principal(), TOKEN, account));
      return;
    }
    var policy = scene.cloud().policy(account).find();
    var others = policy.map(AccountHops::workloads).orElse(List.of());
    var text = identity.pool() + "[" + identity.words() + "] may not act as " + email;
    var history =
        new History(scene.cloud())
            .sentence(project, email, History.method("SetIAMPolicy", "SetIamPolicy"));
    chain.broken(
        Hop.broken(text, "policy of " + email),
        Finding.error(
            "service account " + email,
            compared(email, others) + history,
            cause(others),
            fix.grant(account, USER, identity.member())));
  }

  private static List<String> workloads(Policy policy) {
    return policy.bindings().stream()
        .filter(one -> one.role().equals(USER) || one.role().contains("TokenCreator"))
        .map(Binding::members)
        .flatMap(List::stream)
        .filter(one -> one.contains("svc.id.goog"))
        .distinct()
        .limit(6)
        .toList();
  }

  private String compared(String email, List<String> others) {
    var own = identity.member();
    return others.isEmpty()
        ? "no binding of " + USER + " on " + email + " names " + own
        : USER
            + " on "
            + email
            + " is for "
            + String.join(", ", others)
            + "; the pod runs as "
            + own;
  }

  private String cause(List<String> others) {
    var reasons = new ArrayList<String>();
    for (var other : others) {
      var parts = MEMBER.matcher(other);
      if (!parts.matches()) {
        continue;
      }
      boolean pool = (parts.group(1) + ".svc.id.goog").equals(identity.pool());
      boolean space = parts.group(2).equals(identity.namespace());
      boolean name = parts.group(3).equals(identity.account());
      if (!pool && space && name) {
        reasons.add(
            "the binding names the workload identity pool of project "
                + parts.group(1)
                + ", the pod's pool is "
                + identity.pool());
      } else if (pool && !space && name) {
        reasons.add("the binding is for namespace " + parts.group(2) + " only");
      } else if (pool && space && !name) {
        reasons.add("the binding is for Kubernetes service account " + parts.group(3) + " only");
      }
    }
    return reasons.isEmpty()
        ? "the token for " + identity.words() + " is refused: " + TOKEN + " is not granted"
        : String.join("; ", reasons);
  }

  private void unsettled(String email, String project, AccessCheck.Verdict verdict) {
    boolean seen = scene.cloud().policy(Resource.account(email)).find().isPresent();
    boolean denies = verdict.denials().isEmpty();
    if (seen && denies && verdict.groups().isEmpty() && verdict.near().isEmpty()) {
      // Nearly always the binding stands on the account itself; what stands above is told apart.
      refused(email, project, verdict);
      return;
    }
    var why =
        verdict.denials().stream()
            .findFirst()
            .map(Denials.Denial::policy)
            .map(one -> "deny policy " + one + " may apply")
            .or(() -> verdict.hidden().stream().findFirst())
            .orElse("bindings for groups or with conditions that cannot be seen through here");
    chain.add(Hop.unknown("whether " + identity.words() + " may act as " + email, why));
  }
}
