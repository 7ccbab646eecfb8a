package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The node pools on which a workload runs, or may run. */
final class Pools {

  static final String LABEL = "cloud.google.com/gke-nodepool";

  private final Scene scene;
  private final Json cluster;

  Pools(Scene scene, Json cluster) {
    this.scene = scene;
    this.cluster = cluster;
  }

  /**
   * Where the pods are.
   *
   * @param certain whether they are seen there, or bound there
   */
  record Where(List<Json> pools, boolean certain, String proof) {}

  Where of(Workload workload) {
    var nodes = nodes(workload);
    var seen = new LinkedHashSet<String>();
    for (var node : nodes) {
      scene
          .kube()
          .get("nodes", "", node)
          .value()
          .map(one -> one.at("metadata.labels").fields().get(LABEL))
          .filter(String.class::isInstance)
          .ifPresent(name -> seen.add(name.toString()));
    }
    var running = named(seen);
    if (!running.isEmpty()) {
      return new Where(running, true, "node of its pods");
    }
    var selector = workload.spec().map("nodeSelector");
    if (selector.containsKey(LABEL)) {
      return new Where(named(Set.of(selector.get(LABEL))), true, "nodeSelector");
    }
    var possible =
        cluster.list("nodePools").stream()
            .filter(pool -> selected(pool, selector))
            .filter(pool -> tolerated(pool, workload))
            .toList();
    var proof = selector.isEmpty() ? "no nodeSelector, taints regarded" : "nodeSelector";
    return new Where(possible, possible.size() == 1, proof);
  }

  private List<Json> named(Set<String> names) {
    return cluster.list("nodePools").stream()
        .filter(pool -> names.contains(pool.text("name")))
        .toList();
  }

  private static boolean selected(Json pool, java.util.Map<String, String> selector) {
    var labels = pool.map("config.labels");
    return selector.entrySet().stream()
            .filter(entry -> labels.containsKey(entry.getKey()))
            .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())))
        && (selector.keySet().stream().noneMatch(key -> own(key))
            || selector.keySet().stream().filter(Pools::own).allMatch(labels::containsKey));
  }

  /** A label that only the pool's configuration can bring. */
  private static boolean own(String key) {
    return !key.contains("kubernetes.io/")
        && !key.startsWith("cloud.google.com/")
        && !key.startsWith("iam.gke.io/");
  }

  private static boolean tolerated(Json pool, Workload workload) {
    var tolerations = workload.spec().list("tolerations");
    return pool.list("config.taints").stream()
        .filter(taint -> !taint.text("effect").equals("PREFER_NO_SCHEDULE"))
        .allMatch(
            taint ->
                tolerations.stream()
                    .anyMatch(
                        one ->
                            one.text("key").equals(taint.text("key"))
                                || (one.text("key").isEmpty()
                                    && one.text("operator").equals("Exists"))));
  }

  private List<String> nodes(Workload workload) {
    var own = workload.spec().find("nodeName");
    if (own.isPresent()) {
      return List.of(own.get());
    }
    var pods = scene.kube().list("pods", Optional.empty()).value().orElse(List.of());
    var nodes = new ArrayList<String>();
    pods.stream()
        .filter(pod -> pod.namespace().equals(workload.namespace()))
        .filter(pod -> pod.name().startsWith(workload.name() + "-"))
        .limit(3)
        .forEach(
            pod ->
                scene
                    .kube()
                    .get("pods", pod.namespace(), pod.name())
                    .value()
                    .flatMap(one -> one.find("spec.nodeName"))
                    .ifPresent(nodes::add));
    return nodes.stream().distinct().toList();
  }

  /** The account that a pool's nodes run as. */
  static String account(Json pool, String number) {
    var name = pool.text("config.serviceAccount");
    return name.isEmpty() || name.equals("default")
        ? number + "-compute@developer.gserviceaccount.com"
        : name;
  }

  /** What the pods of a pool see as metadata server. */
  static String mode(Json pool) {
    return pool.find("config.workloadMetadataConfig.mode").orElse("");
  }
}
