package dev.fuse.tool.gcp.look;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls: a service account, a person, or a workload without a Google account.
 *
 * @param shown as it stands in policies
 * @param names all members of allow policies that mean it, groups left out
 * @param denied the same for deny policies
 * @param email where it has one
 */
public record Principal(
    String shown, Set<String> names, Set<String> denied, Optional<String> email) {

  public Principal {
    names = Set.copyOf(names);
    denied = Set.copyOf(denied);
  }

  /** A member as it stands in a policy. */
  public static Principal of(String member) {
    int colon = member.indexOf(':');
    var kind = colon < 0 ? "" : member.substring(0, colon);
    return switch (kind) {
      case "serviceAccount" -> account(member.substring(colon + 1));
      case "user" -> person(member.substring(colon + 1));
      default -> new Principal(member, Set.of(member), Set.of(), Optional.empty());
    };
  }

  /** A service account. */
  public static Principal account(String email) {
    var names = everybody("serviceAccount:" + email);
    var denied = new LinkedHashSet<String>();
    denied.add("principal://iam.googleapis.com/projects/-/serviceAccounts/" + email);
    denied.add("principalSet://goog/public:all");
    return new Principal("serviceAccount:" + email, names, denied, Optional.of(email));
  }

  private static Principal person(String email) {
    var names = everybody("user:" + email);
    names.add("domain:" + email.substring(email.indexOf('@') + 1));
    return new Principal(
        "user:" + email,
        names,
        Set.of("principal://goog/subject/" + email, "principalSet://goog/public:all"),
        Optional.of(email));
  }

  /**
   * A pod's Kubernetes service account, as itself.
   *
   * @param pool such as {@code my-project.svc.id.goog}
   * @param number of the pool's project
   * @param cluster {@code projects/P/locations/L/clusters/C}
   */
  public static Principal workload(
      String pool, String number, String namespace, String account, String cluster) {
    var root =
        "iam.googleapis.com/projects/" + number + "/locations/global/workloadIdentityPools/" + pool;
    var subject = "principal://" + root + "/subject/ns/" + namespace + "/sa/" + account;
    var sets =
        Set.of(
            subject,
            "principalSet://" + root + "/*",
            "principalSet://" + root + "/namespace/" + namespace,
            "principalSet://" + root + "/attribute.namespace/" + namespace,
            "principalSet://"
                + root
                + "/kubernetes.cluster/https://container.googleapis.com/v1/"
                + cluster);
    var names = everybody("serviceAccount:" + pool + "[" + namespace + "/" + account + "]");
    names.addAll(sets);
    var denied = new LinkedHashSet<>(sets);
    denied.add("principalSet://goog/public:all");
    return new Principal(subject, names, denied, Optional.empty());
  }

  private static Set<String> everybody(String member) {
    var names = new LinkedHashSet<String>();
    names.add(member);
    names.add("allUsers");
    names.add("allAuthenticatedUsers");
    return names;
  }

  /** The same principal under more names. */
  Principal also(Set<String> more, Set<String> moreDenied) {
    var all = new LinkedHashSet<>(names);
    all.addAll(more);
    var allDenied = new LinkedHashSet<>(denied);
    allDenied.addAll(moreDenied);
    return new Principal(shown, all, allDenied, email);
  }

  /** For people. */
  public String words() {
    return email.orElse(shown);
  }
}
