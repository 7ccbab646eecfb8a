package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.Risk;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What makes a change worse than others, judged from the objects before and after it and never from
 * what it is called.
 */
public final class Danger {

  private static final Set<String> OF_THE_CLUSTER =
      Set.of("kube-system", "kube-public", "kube-node-lease", "gke-managed-system");
  private static final Set<String> GUARDS =
      Set.of(
          "ValidatingWebhookConfiguration",
          "MutatingWebhookConfiguration",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "CustomResourceDefinition",
          "APIService");
  private static final List<Kind> LOST =
      List.of(Kind.NAMESPACE, Kind.VOLUME, Kind.CLAIM, Kind.DEFINITION, Kind.NODE);
  private static final Set<String> BINDINGS = Set.of("RoleBinding", "ClusterRoleBinding");
  private static final Set<String> ROLES = Set.of("Role", "ClusterRole");
  private static final Set<String> RISING = Set.of("*", "escalate", "bind", "impersonate");

  private Danger() {}

  /** How bad it would be if the change from one object to the other were wrong. */
  public static Risk ofChange(Place place, Kind kind, Json before, Json after) {
    return reasons(place, kind, before, after).isEmpty() ? Risk.HIGH : Risk.CRITICAL;
  }

  /** Why such a change is CRITICAL; empty where it is not. */
  public static List<String> reasons(Place place, Kind kind, Json before, Json after) {
    var reasons = new ArrayList<String>();
    place(place, kind, after).ifPresent(reasons::add);
    if (GUARDS.contains(kind.name())) {
      reasons.add("a " + kind.name() + " holds for the whole cluster");
    }
    var finalizers = before.texts("metadata.finalizers");
    finalizers.addAll(before.texts("spec.finalizers"));
    var left = after.texts("metadata.finalizers");
    left.addAll(after.texts("spec.finalizers"));
    finalizers.removeAll(left);
    if (!finalizers.isEmpty()) {
      reasons.add("without finalizer " + String.join(", ", finalizers) + " nobody cleans up");
    }
    if (kind.equals(Kind.NAMESPACE) && weakened(before, after)) {
      reasons.add("the namespace's pod security would be weakened");
    }
    rights(kind, before, after, reasons);
    var had = new ArrayList<>(powers(before));
    powers(after).stream().filter(power -> !had.contains(power)).forEach(reasons::add);
    return reasons;
  }

  /** How bad a deletion is. */
  static Risk ofDelete(Place place, Kind kind, Json live) {
    boolean lost =
        LOST.stream()
            .anyMatch(
                one -> one.group().equals(kind.group()) && one.plural().equals(kind.plural()));
    boolean guards = GUARDS.contains(kind.name()) || kind.name().startsWith("ClusterRole");
    return lost || guards || takesCloudResource(live) || place(place, kind, live).isPresent()
        ? Risk.CRITICAL
        : Risk.HIGH;
  }

  /** Deleting an object of Config Connector deletes what it stands for in Google Cloud. */
  static boolean takesCloudResource(Json object) {
    return object.text("apiVersion").contains(".cnrm.cloud.google.com/")
        && !"abandon".equals(object.annotations().get("cnrm.cloud.google.com/deletion-policy"));
  }

  private static java.util.Optional<String> place(Place place, Kind kind, Json object) {
    var namespace = kind.equals(Kind.NAMESPACE) ? object.name() : place.namespace();
    boolean inside = kind.namespaced() || kind.equals(Kind.NAMESPACE);
    return inside && OF_THE_CLUSTER.contains(namespace)
        ? java.util.Optional.of("'" + namespace + "' runs the cluster itself")
        : java.util.Optional.empty();
  }

  private static boolean weakened(Json before, Json after) {
    var key = "pod-security.kubernetes.io/enforce";
    var had = before.labels().get(key);
    return had != null && !had.equals(after.labels().get(key));
  }

  private static void rights(Kind kind, Json before, Json after, List<String> reasons) {
    if (BINDINGS.contains(kind.name())) {
      var role = after.text("roleRef.name");
      var added = new ArrayList<>(after.list("subjects"));
      added.removeAll(before.list("subjects"));
      if (kind.name().equals("ClusterRoleBinding") && !added.isEmpty()) {
        reasons.add("role '" + role + "' would hold in every namespace");
      }
      if (role.equals("cluster-admin") || role.equals("admin")) {
        reasons.add("role '" + role + "' would be given to " + subjects(added));
      }
      if (added.stream().anyMatch(Danger::everybody)) {
        reasons.add("it would hold for everybody");
      }
    }
    if (ROLES.contains(kind.name())) {
      var rules = new ArrayList<>(after.list("rules"));
      rules.removeAll(before.list("rules"));
      if (rules.stream().anyMatch(Danger::rising)) {
        reasons.add("the role would let its holders give themselves more");
      }
    }
  }

  private static String subjects(List<Json> subjects) {
    return String.join(
        ", ", subjects.stream().map(one -> one.text("kind") + " " + one.text("name")).toList());
  }

  private static boolean everybody(Json subject) {
    return subject.text("name").startsWith("system:")
        && Set.of("Group", "User").contains(subject.text("kind"))
        && subject
            .text("name")
            .matches(".*:(anonymous|authenticated|unauthenticated|serviceaccounts)");
  }

  private static boolean rising(Json rule) {
    var verbs = rule.texts("verbs");
    var resources = rule.texts("resources");
    return verbs.stream().anyMatch(RISING::contains)
        || (resources.contains("*")
            && verbs.stream().anyMatch(verb -> !verb.matches("get|list|watch")))
        || (resources.contains("secrets") && verbs.contains("*"));
  }

  /** What gives the containers of a pod or template power over their node. */
  private static List<String> powers(Json object) {
    var found = new ArrayList<String>();
    for (var path : List.of("spec", "spec.template.spec", "spec.jobTemplate.spec.template.spec")) {
      var spec = object.at(path);
      for (var flag : List.of("hostPID", "hostNetwork", "hostIPC")) {
        if (spec.bool(flag)) {
          found.add(flag + " gives the pod the node's own");
        }
      }
      for (var volume : spec.list("volumes")) {
        if (volume.has("hostPath")) {
          found.add("hostPath '" + volume.text("hostPath.path") + "' is the node's own disk");
        }
      }
      var containers = Containers.of(spec);
      containers.addAll(spec.list("ephemeralContainers"));
      for (var container : containers) {
        container(container, found);
      }
    }
    return found;
  }

  private static void container(Json container, List<String> found) {
    var name = container.text("name");
    if (container.bool("securityContext.privileged")) {
      found.add("container '" + name + "' would be privileged: root on its node");
    }
    var added = container.texts("securityContext.capabilities.add");
    added.retainAll(Set.of("ALL", "SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE", "NET_ADMIN", "BPF"));
    if (!added.isEmpty()) {
      found.add("container '" + name + "' would have " + String.join(", ", added));
    }
  }
}
