package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What roles allow a service account, by which bindings. */
public record AccountRules(Snapshot snapshot) {

  private static final int MOST = 6;

  /** What a log says was refused. */
  record Refusal(
      String account,
      String namespace,
      String verb,
      String resource,
      String group,
      Optional<String> where) {

    String words() {
      return verb
          + " "
          + resource
          + (group.isEmpty() ? "" : "." + group)
          + where.map(ns -> " in namespace '" + ns + "'").orElse(" in the whole cluster");
    }
  }

  /** The rules of bindings in that namespace and of those for the whole cluster, as text. */
  List<String> of(Refusal refusal) {
    var rules = new ArrayList<String>();
    var all = new ArrayList<>(bindings(refusal));
    if (!refusal.where().equals(Optional.of(refusal.namespace()))) {
      all.addAll(snapshot.list(Kind.ROLE_BINDING, refusal.namespace()));
    }
    all.stream()
        .filter(binding -> binds(binding, refusal) && !binding.name().startsWith("system:"))
        .forEach(binding -> rules.addAll(words(binding)));
    return rules.size() <= MOST
        ? rules
        : java.util.stream.Stream.concat(
                rules.subList(0, MOST).stream(),
                java.util.stream.Stream.of((rules.size() - MOST) + " more rules"))
            .toList();
  }

  /** Why it is refused, as far as bindings that would allow it tell; empty where there is none. */
  Optional<String> nearly(Refusal refusal) {
    for (var binding : bindings(refusal)) {
      if (role(binding).filter(role -> grants(role, refusal)).isPresent()
          && !binds(binding, refusal)
          && meant(binding, refusal)) {
        return Optional.of(
            binding.ref()
                + " would allow it, but is for "
                + subjects(binding)
                + ", not for ServiceAccount "
                + refusal.namespace()
                + "/"
                + refusal.account());
      }
    }
    return bindings(refusal).stream()
        .filter(binding -> binds(binding, refusal))
        .filter(binding -> role(binding).isEmpty())
        .map(
            binding ->
                binding.ref()
                    + " names "
                    + binding.text("roleRef.kind")
                    + " '"
                    + binding.text("roleRef.name")
                    + "', which does not exist; there: "
                    + Words.joined(roles(binding)))
        .findFirst()
        .or(() -> narrow(refusal));
  }

  /** Whether a binding is for an account of another namespace or of a name much alike. */
  private static boolean meant(Json binding, Refusal refusal) {
    return binding.list("subjects").stream()
        .filter(one -> one.text("kind").equals("ServiceAccount"))
        .anyMatch(
            one ->
                one.text("name").equals(refusal.account())
                    || (one.text("namespace").equals(refusal.namespace())
                        && Words.nearest(refusal.account(), List.of(one.text("name")))
                            .isPresent()));
  }

  /** A RoleBinding of its own namespace does not reach the cluster nor another namespace. */
  private Optional<String> narrow(Refusal refusal) {
    return snapshot.list(Kind.ROLE_BINDING, refusal.namespace()).stream()
        .filter(binding -> binds(binding, refusal))
        .filter(binding -> !refusal.where().equals(Optional.of(binding.namespace())))
        .filter(binding -> role(binding).filter(role -> grants(role, refusal)).isPresent())
        .findFirst()
        .map(
            binding ->
                binding.ref()
                    + " allows it only in namespace '"
                    + binding.namespace()
                    + "', it is asked"
                    + refusal
                        .where()
                        .map(ns -> " in namespace '" + ns + "'")
                        .orElse(" for the whole cluster"));
  }

  private List<String> roles(Json binding) {
    return binding.text("roleRef.kind").equals("Role")
        ? snapshot.list(Kind.ROLE, binding.namespace()).stream().map(Json::name).toList()
        : snapshot.names(Kind.CLUSTER_ROLE, "").stream()
            .filter(name -> !name.startsWith("system:"))
            .toList();
  }

  private List<Json> bindings(Refusal refusal) {
    var all = new ArrayList<Json>();
    refusal.where().ifPresent(ns -> all.addAll(snapshot.list(Kind.ROLE_BINDING, ns)));
    all.addAll(snapshot.list(Kind.CLUSTER_ROLE_BINDING));
    return all;
  }

  private static boolean binds(Json binding, Refusal refusal) {
    return binding.list("subjects").stream()
        .anyMatch(
            one ->
                switch (one.text("kind")) {
                  case "ServiceAccount" ->
                      one.text("name").equals(refusal.account())
                          && one.text("namespace", binding.namespace()).equals(refusal.namespace());
                  case "Group" ->
                      List.of(
                              "system:serviceaccounts",
                              "system:serviceaccounts:" + refusal.namespace())
                          .contains(one.text("name"));
                  default ->
                      one.text("name")
                          .equals(
                              "system:serviceaccount:"
                                  + refusal.namespace()
                                  + ":"
                                  + refusal.account());
                });
  }

  private static List<String> subjects(Json binding) {
    return binding.list("subjects").stream()
        .map(
            one ->
                one.text("kind")
                    + " "
                    + one.find("namespace").map(ns -> ns + "/").orElse("")
                    + one.text("name"))
        .toList();
  }

  private Optional<Json> role(Json binding) {
    var name = binding.text("roleRef.name");
    return binding.text("roleRef.kind").equals("Role")
        ? snapshot.find(Kind.ROLE, binding.namespace(), name)
        : snapshot.find(Kind.CLUSTER_ROLE, "", name);
  }

  private static boolean grants(Json role, Refusal refusal) {
    return role.list("rules").stream()
        .filter(rule -> rule.texts("resourceNames").isEmpty())
        .anyMatch(
            rule ->
                has(rule.texts("verbs"), refusal.verb())
                    && has(rule.texts("resources"), refusal.resource())
                    && has(rule.texts("apiGroups"), refusal.group()));
  }

  private static boolean has(List<String> values, String wanted) {
    return values.contains("*") || values.contains(wanted);
  }

  private List<String> words(Json binding) {
    var reference = binding.text("roleRef.kind") + " " + binding.text("roleRef.name");
    var role = role(binding);
    if (role.isEmpty()) {
      return List.of(reference + " (which does not exist)");
    }
    var rules = role.get().list("rules");
    if (rules.isEmpty()) {
      var aggregated = role.get().list("aggregationRule.clusterRoleSelectors");
      return List.of(
          reference
              + " (no rules"
              + (aggregated.isEmpty()
                  ? ")"
                  : "; it aggregates ClusterRoles labelled "
                      + Containers.query(aggregated.getFirst())
                      + ", which none is)"));
    }
    return rules.stream()
        .map(
            rule ->
                String.join(",", rule.texts("verbs"))
                    + " on "
                    + few(rule.texts("resources"))
                    + groups(rule)
                    + (rule.has("resourceNames") ? " named " + rule.texts("resourceNames") : "")
                    + " ("
                    + reference
                    + (binding.namespace().isEmpty() ? "" : " in " + binding.namespace())
                    + ")")
        .toList();
  }

  private static String few(List<String> resources) {
    int most = 6;
    return String.join(",", resources.subList(0, Math.min(most, resources.size())))
        + (resources.size() > most ? ",…" : "");
  }

  private static String groups(Json rule) {
    var groups = rule.texts("apiGroups").stream().filter(group -> !group.isEmpty()).toList();
    return groups.isEmpty() ? "" : " of " + String.join(",", groups);
  }

  /** Bindings of the place that name a role or a service account that is not there. */
  public void dangling(Faults faults) {
    for (var binding : snapshot.list(Kind.ROLE_BINDING)) {
      if (binding.name().startsWith("system:")) {
        continue; // the server's own, for accounts that exist only where their controller runs
      }
      if (role(binding).isEmpty() && readable(binding)) {
        faults.add(
            Fault.warning(
                binding.ref(),
                "names "
                    + binding.text("roleRef.kind")
                    + " '"
                    + binding.text("roleRef.name")
                    + "', which does not exist; there: "
                    + Words.joined(roles(binding))
                    + "; subjects "
                    + subjects(binding),
                "the binding grants nothing",
                "make it anew with a role that exists (roleRef cannot be changed)"));
      }
      binding.list("subjects").stream()
          .filter(one -> one.text("kind").equals("ServiceAccount"))
          .filter(one -> one.text("namespace").equals(binding.namespace()))
          .filter(one -> absent(binding.namespace(), one.text("name")))
          .forEach(one -> noAccount(binding, one.text("name"), faults));
    }
  }

  private boolean readable(Json binding) {
    return binding.text("roleRef.kind").equals("Role")
        || snapshot.knownNames(Kind.CLUSTER_ROLE, "").isPresent();
  }

  private boolean absent(String namespace, String account) {
    return snapshot
        .knownNames(Kind.SERVICE_ACCOUNT, namespace)
        .filter(names -> !names.contains(account))
        .isPresent();
  }

  private void noAccount(Json binding, String name, Faults faults) {
    var there = snapshot.names(Kind.SERVICE_ACCOUNT, binding.namespace());
    Words.nearest(name, there)
        .ifPresent(
            near ->
                faults.add(
                    Fault.warning(
                        binding.ref(),
                        "is for ServiceAccount '"
                            + name
                            + "', which does not exist; there: "
                            + Words.joined(there),
                        "the binding is for nobody; '" + near + "' may be meant",
                        "correct the subject")));
  }
}
