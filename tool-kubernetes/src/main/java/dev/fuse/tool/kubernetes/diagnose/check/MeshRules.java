package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Address;
import dev.fuse.tool.kubernetes.diagnose.seen.Check;
import dev.fuse.tool.kubernetes.diagnose.seen.Problem;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules of the Istio mesh that break requests: injected faults, subsets and policies of nobody. */
public final class MeshRules implements Check {

  private static final String NETWORKING = "networking.istio.io";
  private static final String SECURITY = "security.istio.io";

  @Override
  public Stream<Problem> problems(Snapshot cluster) {
    var found = new ArrayList<Problem>();
    var rules = list(cluster, NETWORKING, "destinationrules", "DestinationRule");
    for (var service : list(cluster, NETWORKING, "virtualservices", "VirtualService")) {
      injected(service).forEach(one -> add(cluster, service, one, found));
      for (var destination : destinations(service)) {
        subset(service, destination, rules).ifPresent(found::add);
        absent(cluster, service, destination).ifPresent(found::add);
      }
    }
    for (var rule : rules) {
      empty(cluster, rule).ifPresent(found::add);
      narrow(rule).ifPresent(found::add);
    }
    list(cluster, SECURITY, "authorizationpolicies", "AuthorizationPolicy")
        .forEach(policy -> denying(cluster, policy, found));
    return found.stream();
  }

  private static List<Json> list(Snapshot cluster, String group, String plural, String kind) {
    var versions = cluster.served().getOrDefault(group, List.of());
    return versions.isEmpty()
        ? List.of()
        : cluster.list(Kind.of(group, versions.getFirst(), plural, kind, true));
  }

  /** What a VirtualService does to requests on purpose, in words. */
  private static List<String> injected(Json service) {
    var found = new ArrayList<String>();
    for (var route : service.list("spec.http")) {
      var abort = route.at("fault.abort");
      if (!abort.fields().isEmpty()) {
        found.add(
            "answers "
                + abort.text("httpStatus", abort.text("grpcStatus"))
                + " to "
                + abort.text("percentage.value", "all")
                + " % of the requests");
      }
      var delay = route.at("fault.delay");
      if (!delay.fields().isEmpty()) {
        found.add(
            "holds "
                + delay.text("percentage.value", "all")
                + " % of the requests for "
                + delay.text("fixedDelay"));
      }
    }
    return found;
  }

  private static void add(Snapshot cluster, Json service, String what, List<Problem> found) {
    var hosts = service.texts("spec.hosts");
    found.add(
        Problem.error(
            service,
            what + " to " + Words.joined(hosts) + " (spec.http.fault)",
            "a fault is injected on purpose by the mesh",
            "remove spec.http.fault of " + service.ref()));
    for (var host : hosts) {
      service(cluster, service, host)
          .ifPresent(
              one ->
                  found.add(
                      Problem.warning(one, "gets such answers", "", "")
                          .behind(List.of(service.ref()))));
    }
  }

  private static List<Json> destinations(Json service) {
    return Stream.of("http", "tcp", "tls")
        .flatMap(how -> service.list("spec." + how).stream())
        .flatMap(route -> route.list("route").stream())
        .map(route -> route.at("destination"))
        .toList();
  }

  private static Optional<Problem> subset(Json service, Json destination, List<Json> rules) {
    var subset = destination.text("subset");
    var host = destination.text("host");
    if (subset.isEmpty()) {
      return Optional.empty();
    }
    var there =
        rules.stream()
            .filter(rule -> same(rule.text("spec.host"), host))
            .flatMap(rule -> rule.list("spec.subsets").stream())
            .map(one -> one.text("name"))
            .toList();
    return there.contains(subset)
        ? Optional.empty()
        : Optional.of(
            Problem.error(
                service,
                "sends to subset '"
                    + subset
                    + "' of "
                    + host
                    + "; subsets that DestinationRules define: "
                    + Words.joined(there),
                "no DestinationRule defines that subset, so such requests get 503",
                "define the subset, or correct its name"));
  }

  private static Optional<Problem> absent(Snapshot cluster, Json service, Json destination) {
    var host = destination.text("host");
    var namespace = new Address("", host, "").namespace(service.namespace(), List.of());
    if (namespace.isEmpty() || service(cluster, service, host).isPresent()) {
      return Optional.empty();
    }
    var there = cluster.list(Kind.SERVICE, namespace.get()).stream().map(Json::name).toList();
    return Optional.of(
        Problem.error(
            service,
            "sends to host '" + host + "'; Services there: " + Words.joined(there),
            "that Service does not exist, so such requests get 503",
            "correct the host of the destination"));
  }

  private static Optional<Json> service(Snapshot cluster, Json near, String host) {
    var address = new Address("", host, "");
    return address
        .namespace(near.namespace(), List.of())
        .flatMap(ns -> cluster.find(Kind.SERVICE, ns, address.service()));
  }

  private static boolean same(String one, String other) {
    return one.replaceFirst("\\..*", "").equals(other.replaceFirst("\\..*", ""));
  }

  /** A subset whose labels no pod of the Service has. */
  private static Optional<Problem> empty(Snapshot cluster, Json rule) {
    var service = service(cluster, rule, rule.text("spec.host"));
    if (service.isEmpty()) {
      return Optional.empty();
    }
    var selector = service.get().map("spec.selector");
    var pods =
        cluster.list(Kind.POD, service.get().namespace()).stream()
            .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
            .toList();
    return rule.list("spec.subsets").stream()
        .filter(one -> !pods.isEmpty())
        .filter(
            one ->
                pods.stream()
                    .noneMatch(
                        pod -> pod.labels().entrySet().containsAll(one.map("labels").entrySet())))
        .findFirst()
        .map(
            one ->
                Problem.warning(
                    rule,
                    "subset '"
                        + one.text("name")
                        + "' wants labels "
                        + one.map("labels")
                        + ", which no pod of Service "
                        + service.get().name()
                        + " has",
                    "requests to that subset find no pod",
                    "correct the labels of the subset"));
  }

  private static Optional<Problem> narrow(Json rule) {
    var pool = rule.at("spec.trafficPolicy.connectionPool");
    return Stream.of("tcp.maxConnections", "http.http1MaxPendingRequests", "http.http2MaxRequests")
        .filter(path -> pool.number(path, Long.MAX_VALUE) <= 1)
        .findFirst()
        .map(
            path ->
                Problem.warning(
                    rule,
                    "connectionPool."
                        + path
                        + " is "
                        + pool.text(path)
                        + " for "
                        + rule.text("spec.host"),
                    "the mesh lets hardly a request through at a time and answers 503 to the rest",
                    "raise the limit of the connection pool"));
  }

  private static void denying(Snapshot cluster, Json policy, List<Problem> found) {
    boolean nothing =
        policy.list("spec.rules").isEmpty() && policy.text("spec.action", "ALLOW").equals("ALLOW");
    boolean deny = policy.text("spec.action").equals("DENY");
    if (!nothing && !deny) {
      return;
    }
    var labels = policy.map("spec.selector.matchLabels");
    var owners = cluster.owners();
    var targets =
        cluster.list(Kind.POD, policy.namespace()).stream()
            .filter(pod -> pod.labels().entrySet().containsAll(labels.entrySet()))
            .map(owners::of)
            .distinct()
            .toList();
    if (targets.isEmpty()) {
      return;
    }
    found.add(
        Problem.warning(
            policy,
            (nothing ? "allows nothing (no rules) to " : "denies requests to ")
                + Words.joined(targets),
            nothing
                ? "the mesh refuses all requests to them (403, RBAC: access denied)"
                : "the mesh refuses what its rules match (403, RBAC: access denied)",
            nothing ? "add rules for who may call them" : "see its rules"));
  }
}
