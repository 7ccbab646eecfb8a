package dev.fuse.tool.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Connections that time out because a network policy does not allow them. */
record PolicyFaults(Snapshot snapshot, Faults faults) {

  private static final Pattern TIMEOUT =
      Pattern.compile("(?i)i/o timeout|timed? ?out|ETIMEDOUT|deadline exceeded|no route to host");

  /** Looks at what the log of a pod cannot reach. */
  void examine(String workload, Json pod, List<String> log) {
    var policies = snapshot.list(Kind.POLICY, pod.namespace());
    var said = log.stream().filter(line -> TIMEOUT.matcher(line).find()).findFirst();
    if (policies.isEmpty() || said.isEmpty()) {
      return;
    }
    for (var service : snapshot.list(Kind.SERVICE, pod.namespace())) {
      if (names(said.get(), service)) {
        cut(workload, pod, service, said.get());
      }
    }
  }

  private static boolean names(String line, Json service) {
    var ip = service.text("spec.clusterIP", "none");
    return line.matches("(?s).*(^|[^a-z0-9-])" + Pattern.quote(service.name()) + "($|[^a-z0-9-]).*")
        || line.contains(ip + ":");
  }

  private void cut(String workload, Json from, Json service, String said) {
    var to =
        snapshot.list(Kind.POD, service.namespace()).stream()
            .filter(
                pod -> pod.labels().entrySet().containsAll(service.map("spec.selector").entrySet()))
            .findFirst();
    if (to.isEmpty() || to.get().uid().equals(from.uid())) {
      return;
    }
    var port = service.list("spec.ports").stream().findFirst().orElse(Json.EMPTY);
    var number = port.text("targetPort", port.text("port"));
    blocking("Ingress", "from", to.get(), from, number)
        .or(() -> blocking("Egress", "to", from, to.get(), number))
        .ifPresent(
            why ->
                faults.add(
                    Fault.error(
                        workload,
                        "log: \""
                            + said
                            + "\" (a time-out, not a refusal); "
                            + why
                            + " from "
                            + Containers.labels(Containers.ownLabels(from))
                            + " to "
                            + Containers.labels(Containers.ownLabels(to.get()))
                            + " on port "
                            + number,
                        "network policies cut the way from "
                            + workload
                            + " to Service "
                            + service.name(),
                        "add a policy that allows it on port " + number)));
  }

  /** The policies that select a pod in a direction, if none of them lets the other one through. */
  private Optional<String> blocking(String type, String side, Json pod, Json other, String port) {
    var selecting =
        snapshot.list(Kind.POLICY, pod.namespace()).stream()
            .filter(policy -> types(policy).contains(type))
            .filter(policy -> Containers.selects(policy.at("spec.podSelector"), pod.labels()))
            .toList();
    boolean allowed =
        selecting.isEmpty()
            || selecting.stream()
                .flatMap(
                    policy ->
                        policy.list("spec." + type.toLowerCase(java.util.Locale.ROOT)).stream())
                .anyMatch(rule -> allows(rule, side, other, port));
    if (allowed) {
      return Optional.empty();
    }
    var names = selecting.stream().map(policy -> "'" + policy.name() + "'").toList();
    return Optional.of(
        "NetworkPolicy "
            + String.join(", ", names)
            + " selects the pod for "
            + type
            + ", and no policy allows "
            + type.toLowerCase(java.util.Locale.ROOT));
  }

  private static List<String> types(Json policy) {
    var types = policy.texts("spec.policyTypes");
    if (!types.isEmpty()) {
      return types;
    }
    return policy.has("spec.egress") ? List.of("Ingress", "Egress") : List.of("Ingress");
  }

  private boolean allows(Json rule, String side, Json other, String port) {
    var ports = rule.list("ports");
    boolean portAllowed =
        ports.isEmpty()
            || ports.stream()
                .anyMatch(
                    one -> !one.has("port") || one.text("port").equals(port) || inRange(one, port));
    var peers = rule.list(side);
    return portAllowed && (peers.isEmpty() || peers.stream().anyMatch(one -> peer(one, other)));
  }

  private static boolean inRange(Json one, String port) {
    return port.matches("\\d+")
        && one.has("endPort")
        && Long.parseLong(port) >= one.number("port", 0)
        && Long.parseLong(port) <= one.number("endPort", 0);
  }

  private boolean peer(Json peer, Json other) {
    if (peer.has("ipBlock")) {
      return peer.text("ipBlock.cidr").equals("0.0.0.0/0");
    }
    boolean namespace =
        peer.has("namespaceSelector")
            ? snapshot
                .read(Kind.NAMESPACE, "", other.namespace())
                .filter(one -> Containers.selects(peer.at("namespaceSelector"), one.labels()))
                .isPresent()
            : true;
    return namespace
        && (!peer.has("podSelector") || Containers.selects(peer.at("podSelector"), other.labels()));
  }
}
