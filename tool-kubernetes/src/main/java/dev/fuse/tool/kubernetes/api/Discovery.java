package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.ToolFailure;
import dev.fuse.text.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The kinds that a cluster serves, custom ones too, asked for once per cluster. */
public final class Discovery {

  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
          + "application/json";

  private final Map<Cluster, List<Kind>> known = new ConcurrentHashMap<>();

  /** All kinds, those of the core group first. */
  public List<Kind> kinds(Cluster cluster) {
    return known.computeIfAbsent(cluster, Discovery::ask);
  }

  /**
   * The kind of that name: a kind, plural, singular, short name, or one of these with its group.
   *
   * @throws ToolFailure with what was meant, if there is none or there are several
   */
  Kind kind(Cluster cluster, String name) {
    var common = common(name);
    if (common.isPresent()) {
      return common.get();
    }
    var all = kinds(cluster);
    var found = matching(all, name);
    if (found.isEmpty()) {
      known.remove(cluster);
      found = matching(kinds(cluster), name);
    }
    if (found.isEmpty()) {
      throw unknown(all, name);
    }
    var groups = found.stream().map(Kind::resource).distinct().toList();
    if (groups.size() > 1 && !found.getFirst().group().isEmpty()) {
      throw ToolFailure.invalid(
          "kind '" + name + "' is served by several groups", "say which: " + groups);
    }
    return found.getFirst();
  }

  /** Near ones are told with their group, which is half of what a kind is called. */
  private static ToolFailure unknown(List<Kind> all, String name) {
    var bare = name.replaceFirst("\\..*", "");
    if (bare.equals("all")) {
      return ToolFailure.invalid(
          "'all' is not a kind", "k8s_diagnose lists what runs; else one kind in a call");
    }
    var words = all.stream().flatMap(kind -> Stream.of(kind.name(), kind.plural())).toList();
    var near =
        Spelling.nearest(bare, words).stream()
            .flatMap(word -> all.stream().filter(kind -> named(kind, word)))
            .map(Kind::resource)
            .distinct()
            .toList();
    return ToolFailure.notFound(
        "this cluster serves no kind '"
            + Problems.shown(name)
            + "'"
            + (near.isEmpty() ? "" : "; did you mean '" + String.join("' or '", near) + "'?"),
        name.contains(",")
            ? "one kind in a call; calls run side by side"
            : "a custom resource needs its definition (CRD) installed first");
  }

  /** Kinds whose place every cluster agrees on, so that no request is needed. */
  private static Optional<Kind> common(String name) {
    return Optional.ofNullable(
        switch (name.toLowerCase(Locale.ROOT)) {
          case "po", "pod", "pods" -> Kind.POD;
          case "svc", "service", "services" -> Kind.SERVICE;
          case "cm", "configmap", "configmaps" -> Kind.CONFIG_MAP;
          case "secret", "secrets" -> Kind.SECRET;
          case "no", "node", "nodes" -> Kind.NODE;
          case "ns", "namespace", "namespaces" -> Kind.NAMESPACE;
          case "deploy", "deployment", "deployments", "deployments.apps" -> Kind.DEPLOYMENT;
          case "rs", "replicaset", "replicasets" -> Kind.REPLICA_SET;
          case "sts", "statefulset", "statefulsets" -> Kind.STATEFUL_SET;
          case "ds", "daemonset", "daemonsets" -> Kind.DAEMON_SET;
          case "job", "jobs" -> Kind.JOB;
          case "cj", "cronjob", "cronjobs" -> Kind.CRON_JOB;
          case "pvc", "persistentvolumeclaim", "persistentvolumeclaims" -> Kind.CLAIM;
          case "hpa", "horizontalpodautoscaler" -> Kind.AUTOSCALER;
          case "ing", "ingress", "ingresses" -> Kind.INGRESS;
          default -> null;
        });
  }

  private static List<Kind> matching(List<Kind> all, String name) {
    return all.stream().filter(kind -> matches(kind, name)).toList();
  }

  private static boolean matches(Kind kind, String name) {
    var group = kind.group();
    var dot = name.indexOf('.');
    if (dot < 0) {
      return named(kind, name);
    }
    var wanted = name.substring(dot + 1);
    var versioned = kind.version() + "." + group;
    return (wanted.equals(group) || wanted.equals(versioned))
        && named(kind, name.substring(0, dot));
  }

  private static boolean named(Kind kind, String name) {
    return kind.name().equalsIgnoreCase(name)
        || kind.plural().equalsIgnoreCase(name)
        || kind.also().stream().anyMatch(name::equalsIgnoreCase);
  }

  private static List<Kind> ask(Cluster cluster) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var core = threads.submit(() -> cluster.get("/api", AGGREGATED));
      var others = threads.submit(() -> cluster.get("/apis", AGGREGATED));
      var kinds = new ArrayList<Kind>();
      kinds.addAll(read(cluster, Waiting.on(core), true));
      kinds.addAll(read(cluster, Waiting.on(others), false));
      return List.copyOf(kinds);
    }
  }

  private static List<Kind> read(Cluster cluster, Json answer, boolean core) {
    var kinds = new ArrayList<Kind>();
    for (var group : answer.list("items")) {
      var versions = group.list("versions");
      if (!versions.isEmpty()) {
        versions
            .getFirst()
            .list("resources")
            .forEach(
                one ->
                    kinds.add(aggregated(group.name(), versions.getFirst().text("version"), one)));
      }
    }
    if (!answer.has("items") && core) {
      kinds.addAll(legacy(cluster, "/api/v1", "", "v1"));
    }
    for (var group : answer.list("groups")) {
      var preferred = group.text("preferredVersion.groupVersion");
      kinds.addAll(
          legacy(
              cluster,
              "/apis/" + preferred,
              group.text("name"),
              group.text("preferredVersion.version")));
    }
    return kinds;
  }

  private static Kind aggregated(String group, String version, Json one) {
    var also = new ArrayList<>(one.texts("shortNames"));
    also.add(one.text("singularResource"));
    return new Kind(
        group,
        version,
        one.text("resource"),
        one.text("responseKind.kind"),
        one.text("scope").equals("Namespaced"),
        also,
        one.texts("verbs"));
  }

  /** Servers before 1.26 tell their kinds group by group. */
  private static List<Kind> legacy(Cluster cluster, String path, String group, String version) {
    return cluster.get(path).list("resources").stream()
        .filter(one -> !one.text("name").contains("/"))
        .map(
            one -> {
              var also = new ArrayList<>(one.texts("shortNames"));
              also.add(one.text("singularName"));
              return new Kind(
                  group,
                  version,
                  one.text("name"),
                  one.text("kind"),
                  one.bool("namespaced"),
                  also,
                  one.texts("verbs"));
            })
        .toList();
  }
}
