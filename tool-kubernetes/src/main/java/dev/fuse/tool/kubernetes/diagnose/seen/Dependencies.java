package dev.fuse.tool.kubernetes.diagnose.seen;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What stands behind what: the Services that the environment and commands of a workload name, the
 * workloads that these select, its claims and nodes, and the Services that an Ingress sends to.
 */
public final class Dependencies {

  private final Map<String, Set<String>> direct = new LinkedHashMap<>();

  private Dependencies() {}

  public static Dependencies of(Snapshot cluster) {
    var all = new Dependencies();
    var workloads = workloads(cluster);
    var namespaces = cluster.wholeCluster() ? cluster.names(Kind.NAMESPACE, "") : List.<String>of();
    workloads.forEach(workload -> all.reads(workload, namespaces));
    for (var pod : cluster.list(Kind.POD)) {
      var owner = cluster.owners().of(pod);
      if (owner.equals(pod.ref())) {
        all.reads(pod, namespaces);
      }
      all.add(owner, "Node " + pod.text("spec.nodeName"));
      pod.list("spec.volumes").stream()
          .flatMap(volume -> volume.find("persistentVolumeClaim.claimName").stream())
          .forEach(c -> all.add(owner, "PersistentVolumeClaim " + pod.namespace() + "/" + c));
    }
    for (var service : cluster.list(Kind.SERVICE)) {
      backing(cluster, service, workloads).forEach(one -> all.add(service.ref(), one));
    }
    for (var ingress : cluster.list(Kind.INGRESS)) {
      ingress.list("spec.rules").stream()
          .flatMap(rule -> rule.list("http.paths").stream())
          .map(path -> path.text("backend.service.name"))
          .forEach(name -> all.add(ingress.ref(), "Service " + ingress.namespace() + "/" + name));
    }
    return all;
  }

  private static List<Json> workloads(Snapshot cluster) {
    return Stream.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.CRON_JOB, Kind.JOB)
        .flatMap(kind -> cluster.list(kind).stream())
        .toList();
  }

  /** Workloads whose pods a Service selects, those without a pod too, and pods of nobody. */
  public static List<String> backing(Snapshot cluster, Json service) {
    return backing(cluster, service, workloads(cluster));
  }

  private static List<String> backing(Snapshot cluster, Json service, List<Json> workloads) {
    var selector = service.map("spec.selector");
    if (selector.isEmpty()) {
      return List.of();
    }
    var made =
        workloads.stream()
            .filter(one -> one.namespace().equals(service.namespace()))
            .filter(
                one ->
                    one.map("spec.template.metadata.labels")
                        .entrySet()
                        .containsAll(selector.entrySet()))
            .map(Json::ref);
    var pods =
        cluster.list(Kind.POD, service.namespace()).stream()
            .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
            .map(pod -> cluster.owners().of(pod));
    return Stream.concat(made, pods).distinct().toList();
  }

  private void reads(Json workload, List<String> namespaces) {
    var template = workload.at("spec.template.spec");
    var spec = template.fields().isEmpty() ? workload.at("spec") : template;
    for (var container : Containers.of(spec)) {
      for (var address : Address.of(container)) {
        address
            .namespace(workload.namespace(), namespaces)
            .ifPresent(ns -> add(workload.ref(), "Service " + ns + "/" + address.service()));
      }
    }
  }

  private void add(String from, String to) {
    direct.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(to);
  }

  /** These objects and all that stands behind them, the nearest first. */
  public Set<String> reach(Collection<String> from) {
    var reached = new LinkedHashSet<>(from);
    var open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      for (var next : direct.getOrDefault(open.removeFirst(), Set.of())) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  /** All objects that something is said of. */
  public Set<String> known() {
    var all = new LinkedHashSet<>(direct.keySet());
    direct.values().forEach(all::addAll);
    return all;
  }

  /** Who names that Service. */
  public List<String> users(String service) {
    return direct.entrySet().stream()
        .filter(entry -> entry.getValue().contains(service))
        .map(Map.Entry::getKey)
        .toList();
  }
}
