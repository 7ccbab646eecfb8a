package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.ToolFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A resource that an API server serves.
 *
 * @param group empty for the core group
 * @param plural the name in paths, such as {@code deployments}
 * @param name the kind, such as {@code Deployment}
 * @param also short names and the singular
 * @param verbs what the server lets one do with it
 */
public record Kind(
    String group,
    String version,
    String plural,
    String name,
    boolean namespaced,
    List<String> also,
    List<String> verbs) {

  private static final Pattern SEGMENT = Pattern.compile("[^/%\\p{Cntrl}]{0,253}");
  private static final Set<String> DOTS = Set.of(".", "..");

  public static final Kind POD = core("pods", "Pod", true);
  public static final Kind SERVICE = core("services", "Service", true);
  public static final Kind EVENT = core("events", "Event", true);
  public static final Kind CONFIG_MAP = core("configmaps", "ConfigMap", true);
  public static final Kind SECRET = core("secrets", "Secret", true);
  public static final Kind SERVICE_ACCOUNT = core("serviceaccounts", "ServiceAccount", true);
  public static final Kind CLAIM = core("persistentvolumeclaims", "PersistentVolumeClaim", true);
  public static final Kind VOLUME = core("persistentvolumes", "PersistentVolume", false);
  public static final Kind QUOTA = core("resourcequotas", "ResourceQuota", true);
  public static final Kind NODE = core("nodes", "Node", false);
  public static final Kind NAMESPACE = core("namespaces", "Namespace", false);
  public static final Kind DEPLOYMENT = of("apps", "v1", "deployments", "Deployment", true);
  public static final Kind REPLICA_SET = of("apps", "v1", "replicasets", "ReplicaSet", true);
  public static final Kind STATEFUL_SET = of("apps", "v1", "statefulsets", "StatefulSet", true);
  public static final Kind DAEMON_SET = of("apps", "v1", "daemonsets", "DaemonSet", true);
  public static final Kind JOB = of("batch", "v1", "jobs", "Job", true);
  public static final Kind CRON_JOB = of("batch", "v1", "cronjobs", "CronJob", true);
  public static final Kind SLICE =
      of("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);
  public static final Kind INGRESS = of("networking.k8s.io", "v1", "ingresses", "Ingress", true);
  public static final Kind INGRESS_CLASS =
      of("networking.k8s.io", "v1", "ingressclasses", "IngressClass", false);
  public static final Kind POLICY =
      of("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", true);
  public static final Kind AUTOSCALER =
      of("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true);
  public static final Kind BUDGET =
      of("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true);
  public static final Kind STORAGE_CLASS =
      of("storage.k8s.io", "v1", "storageclasses", "StorageClass", false);
  public static final Kind VALIDATING =
      of(
          "admissionregistration.k8s.io",
          "v1",
          "validatingwebhookconfigurations",
          "ValidatingWebhookConfiguration",
          false);
  public static final Kind MUTATING =
      of(
          "admissionregistration.k8s.io",
          "v1",
          "mutatingwebhookconfigurations",
          "MutatingWebhookConfiguration",
          false);
  public static final Kind ROLE = rbac("roles", "Role", true);
  public static final Kind ROLE_BINDING = rbac("rolebindings", "RoleBinding", true);
  public static final Kind CLUSTER_ROLE = rbac("clusterroles", "ClusterRole", false);
  public static final Kind CLUSTER_ROLE_BINDING =
      rbac("clusterrolebindings", "ClusterRoleBinding", false);
  public static final Kind API_SERVICE =
      of("apiregistration.k8s.io", "v1", "apiservices", "APIService", false);
  public static final Kind DEFINITION =
      of(
          "apiextensions.k8s.io",
          "v1",
          "customresourcedefinitions",
          "CustomResourceDefinition",
          false);

  public Kind {
    also = List.copyOf(also);
    verbs = List.copyOf(verbs);
  }

  public static Kind of(
      String group, String version, String plural, String name, boolean namespaced) {
    return new Kind(group, version, plural, name, namespaced, List.of(), List.of());
  }

  private static Kind core(String plural, String name, boolean namespaced) {
    return of("", "v1", plural, name, namespaced);
  }

  private static Kind rbac(String plural, String name, boolean namespaced) {
    return of("rbac.authorization.k8s.io", "v1", plural, name, namespaced);
  }

  /** The same kind in another version of its group. */
  public Kind at(String other) {
    return new Kind(group, other, plural, name, namespaced, also, verbs);
  }

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code deployments.apps}; in the core group {@code pods}. */
  public String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** The path of its list; of all namespaces where that is empty. */
  public String path(String namespace) {
    var root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    return namespaced && !namespace.isEmpty()
        ? root + "/namespaces/" + segment(namespace) + "/" + plural
        : root + "/" + plural;
  }

  /** The path of one object, which no name can lead away from. */
  public String path(String namespace, String object) {
    return path(namespace) + "/" + segment(object);
  }

  /**
   * A server decodes a path before it reads it, so that {@code web/proxy} as a name would be a
   * subresource and {@code ../secrets/x} another kind.
   */
  private static String segment(String name) {
    if (name.isBlank()) {
      throw ToolFailure.invalid("the name is empty", "give the name of one object");
    }
    checkName(name);
    return encode(name);
  }

  /**
   * Fails if that cannot be the name of anything; none at all may be.
   *
   * @throws ToolFailure of kind INVALID
   */
  static void checkName(String name) {
    if (!SEGMENT.matcher(name).matches() || DOTS.contains(name)) {
      throw ToolFailure.invalid(
          "'" + Problems.shown(name) + "' cannot be a name",
          "give the name of one object as it stands in a list");
    }
  }

  /** Two are the same if the server serves them at one place, whatever else is known of them. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Kind kind
        && group.equals(kind.group)
        && version.equals(kind.version)
        && plural.equals(kind.plural);
  }

  @Override
  public int hashCode() {
    return Objects.hash(group, version, plural);
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
