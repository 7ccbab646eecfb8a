package dev.fuse.tool.kubernetes.look;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.InventorySource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.api.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The names in the cluster of this conversation, from metadata: no Secrets, no values. Where the
 * whole cluster may not be listed, those of the conversation's namespace.
 */
public record ClusterNames(Supplier<Access> access) implements InventorySource {

  private static final String KIND = "Kind";

  private static final Spec SPEC =
      new Spec(
          "kubernetes",
          List.of("kube-context"),
          true,
          List.of(
              ItemKind.of("Namespace", "namespace", "ns"),
              ItemKind.of("Deployment", "deployment", "deploy", "workload"),
              ItemKind.of("StatefulSet", "statefulset", "sts"),
              ItemKind.of("DaemonSet", "daemonset", "ds"),
              ItemKind.of("CronJob", "cronjob", "cj", "cron job"),
              ItemKind.of("Job", "job"),
              ItemKind.of("Service", "service", "svc"),
              ItemKind.of("Ingress", "ingress", "ing"),
              ItemKind.of("HTTPRoute", "httproute", "route"),
              ItemKind.of("PersistentVolumeClaim", "pvc", "claim", "persistentvolumeclaim"),
              ItemKind.of("Node", "node"),
              ItemKind.of(KIND, "crd", "custom resource")));

  private static final Kind ROUTE =
      Kind.of("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute", true);

  /** Without Ingress and HTTPRoute, of which the hosts are read as well. */
  private static final List<Kind> NAMED =
      List.of(
          Kind.NAMESPACE,
          Kind.DEPLOYMENT,
          Kind.STATEFUL_SET,
          Kind.DAEMON_SET,
          Kind.CRON_JOB,
          Kind.JOB,
          Kind.SERVICE,
          Kind.CLAIM,
          Kind.NODE);

  /** Labels that say what people call a thing. */
  private static final List<String> LABELS =
      List.of("app", "app.kubernetes.io/name", "app.kubernetes.io/instance", "k8s-app");

  /** API groups that only the controllers of these tools bring. */
  private static final Map<String, String> CONTROLLERS =
      Map.of(
          "argoproj.io", "Argo CD",
          "kustomize.toolkit.fluxcd.io", "Flux",
          "helm.toolkit.fluxcd.io", "Flux",
          "fleet.cattle.io", "Fleet",
          "core.cnrm.cloud.google.com", "Config Connector",
          "configsync.gke.io", "Config Sync",
          "pkg.crossplane.io", "Crossplane");

  @Override
  public Spec spec() {
    return SPEC;
  }

  @Override
  public Listing list(PluginContext context, Query query) {
    var place = access.get().place(Arguments.of());
    var items = new ArrayList<Item>();
    var missing = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var parts = new LinkedHashMap<String, Future<List<Item>>>();
      NAMED.forEach(kind -> parts.put(kind.plural(), threads.submit(() -> names(place, kind))));
      for (var kind : List.of(Kind.INGRESS, ROUTE)) {
        parts.put(kind.plural(), threads.submit(() -> hosts(place, kind)));
      }
      parts.put("kinds", threads.submit(() -> kinds(place)));
      parts.forEach((what, part) -> add(what, part, items, missing));
    }
    if (items.isEmpty() && !missing.isEmpty()) {
      throw new ToolFailure(ToolResult.Kind.UNAVAILABLE, missing.getFirst(), "");
    }
    return new Listing(items.stream().limit(query.most()).toList(), missing);
  }

  private static void add(
      String what, Future<List<Item>> part, List<Item> items, List<String> missing) {
    try {
      items.addAll(Waiting.on(part));
    } catch (ToolFailure failure) {
      missing.add(what + ": " + failure.result().problem());
    }
  }

  private static List<Item> names(Place place, Kind kind) {
    return read(place, kind, namespace -> place.cluster().names(kind, namespace)).stream()
        .filter(object -> !(kind.equals(Kind.JOB) && object.controller().isPresent()))
        .map(object -> item(kind, object).alsoCalled(labels(object)).with(managed(object)))
        .toList();
  }

  private static List<Item> hosts(Place place, Kind kind) {
    return read(place, kind, namespace -> place.cluster().items(kind, namespace, "")).stream()
        .map(
            object ->
                item(kind, object)
                    .alsoCalled(hosts(object))
                    .leadingTo(
                        backends(object).map(service -> new Link("Service", service)).toList()))
        .toList();
  }

  private static List<String> hosts(Json object) {
    return Stream.concat(
            object.list("spec.rules").stream().map(rule -> rule.text("host")),
            object.texts("spec.hostnames").stream())
        .filter(host -> !host.isEmpty())
        .distinct()
        .toList();
  }

  private static Stream<String> backends(Json object) {
    var ofIngress =
        object.list("spec.rules").stream()
            .flatMap(rule -> rule.list("http.paths").stream())
            .map(path -> path.text("backend.service.name"));
    var ofRoute =
        object.list("spec.rules").stream()
            .flatMap(rule -> rule.list("backendRefs").stream())
            .map(Json::name);
    var byDefault = Stream.of(object.text("spec.defaultBackend.service.name"));
    return Stream.of(ofIngress, ofRoute, byDefault)
        .flatMap(names -> names)
        .filter(name -> !name.isEmpty())
        .distinct();
  }

  /** Custom kinds; the built-in ones are words that everybody uses. */
  private List<Item> kinds(Place place) {
    return access.get().discovery().kinds(place.cluster()).stream()
        .filter(kind -> kind.group().contains(".") && !kind.group().endsWith(".k8s.io"))
        .map(
            kind ->
                Item.of(KIND, kind.name(), Map.of("group", kind.group()))
                    .alsoCalled(List.of(kind.plural()))
                    .with(
                        Optional.ofNullable(CONTROLLERS.get(kind.group()))
                            .map(by -> Map.of("of", by))
                            .orElse(Map.of())))
        .toList();
  }

  private interface Reading {
    List<Json> of(String namespace);
  }

  /** Of the whole cluster, else of the namespace; none where the cluster has no such kind. */
  private static List<Json> read(Place place, Kind kind, Reading reading) {
    try {
      return reading.of("");
    } catch (ToolFailure failure) {
      return switch (failure.result().kind()) {
        case NOT_FOUND -> List.of();
        case FORBIDDEN -> {
          if (kind.namespaced()) {
            yield reading.of(place.namespace());
          }
          throw failure;
        }
        case INVALID, CREDENTIALS, CONFLICT, UNAVAILABLE, LIMIT, UNKNOWN_OUTCOME -> throw failure;
      };
    }
  }

  private static Item item(Kind kind, Json object) {
    var namespace = object.namespace();
    var where = namespace.isEmpty() ? Map.<String, String>of() : Map.of("namespace", namespace);
    return Item.of(kind.name(), object.name(), where);
  }

  private static List<String> labels(Json object) {
    var names = new LinkedHashSet<String>();
    var labels = object.labels();
    LABELS.stream().map(labels::get).filter(Objects::nonNull).forEach(names::add);
    names.removeIf(name -> name.isEmpty() || name.toLowerCase(Locale.ROOT).equals(object.name()));
    return List.copyOf(names);
  }

  private static Map<String, String> managed(Json object) {
    return Source.of(object).map(source -> Map.of("by", source.manager())).orElse(Map.of());
  }
}
