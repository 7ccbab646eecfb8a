package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether network policies let one pod reach another, as the API defines it. */
public record PolicyCheck(Snapshot snapshot) {

  private static final String NAME_LABEL = "kubernetes.io/metadata.name";
  private static final Json DNS =
      Json.of(
          Map.of(
              "metadata",
              Map.of("namespace", "kube-system", "labels", Map.of("k8s-app", "kube-dns"))));

  /**
   * Policies that cut a connection.
   *
   * @param words how
   * @param policy the first of them
   */
  record Cut(String words, Json policy) {}

  /** Why a connection is cut, with the policies; empty where it is allowed. */
  Optional<Cut> cut(Json from, Json to, String port, String protocol) {
    return blocking("Ingress", to, from, to, port, protocol)
        .or(() -> blocking("Egress", from, to, to, port, protocol));
  }

  /** Why a pod cannot ask cluster DNS; empty where it can. */
  Optional<Cut> dns(Json pod) {
    return blocking("Egress", pod, DNS, DNS, "53", "UDP");
  }

  /**
   * @param pod the one that policies select
   * @param other the one at the other end
   * @param server which of them is connected to
   */
  private Optional<Cut> blocking(
      String type, Json pod, Json other, Json server, String port, String protocol) {
    var selecting =
        snapshot.list(Kind.POLICY, pod.namespace()).stream()
            .filter(policy -> types(policy).contains(type))
            .filter(policy -> Containers.selects(policy.at("spec.podSelector"), pod.labels()))
            .toList();
    var field = type.toLowerCase(Locale.ROOT);
    boolean allowed =
        selecting.isEmpty()
            || selecting.stream()
                .anyMatch(
                    policy ->
                        policy.list("spec." + field).stream()
                            .anyMatch(
                                rule -> allows(policy, rule, type, other, server, port, protocol)));
    if (allowed) {
      return Optional.empty();
    }
    var names = selecting.stream().map(policy -> "'" + policy.name() + "'").toList();
    return Optional.of(
        new Cut(
            "NetworkPolicy "
                + String.join(", ", names)
                + " selects "
                + Containers.labels(Containers.ownLabels(pod))
                + " for "
                + type
                + ", and no policy allows "
                + field
                + rules(selecting, type)
                + ", so not",
            selecting.getFirst()));
  }

  /** What the policies do allow, so that it can be compared. */
  private static String rules(List<Json> policies, String type) {
    var field = type.toLowerCase(Locale.ROOT);
    var said =
        policies.stream()
            .flatMap(policy -> policy.list("spec." + field).stream())
            .map(rule -> words(rule, type.equals("Ingress") ? "from" : "to"))
            .distinct()
            .limit(4)
            .collect(Collectors.joining("; "));
    return said.isEmpty() ? " at all" : " but " + said;
  }

  public static String words(Json rule, String side) {
    var peers =
        rule.list(side).stream()
            .map(
                peer ->
                    peer.has("ipBlock")
                        ? peer.text("ipBlock.cidr")
                        : (peer.has("namespaceSelector")
                                ? "namespaces "
                                    + orAll(Containers.query(peer.at("namespaceSelector")))
                                    + " "
                                : "")
                            + (peer.has("podSelector")
                                ? "pods " + orAll(Containers.query(peer.at("podSelector")))
                                : ""))
            .map(String::strip)
            .toList();
    var ports =
        rule.list("ports").stream()
            .map(
                one ->
                    one.text("protocol", "TCP").replace("TCP", "")
                        + one.text("port", "any")
                        + (one.has("endPort") ? "-" + one.text("endPort") : ""))
            .toList();
    return side
        + " "
        + (peers.isEmpty() ? "anywhere" : String.join(" or ", peers))
        + (ports.isEmpty() ? "" : " on " + String.join(",", ports));
  }

  private static String orAll(String selector) {
    return selector.isEmpty() ? "(all)" : selector;
  }

  public static List<String> types(Json policy) {
    var types = policy.texts("spec.policyTypes");
    if (!types.isEmpty()) {
      return types;
    }
    return policy.has("spec.egress") ? List.of("Ingress", "Egress") : List.of("Ingress");
  }

  private boolean allows(
      Json policy, Json rule, String type, Json other, Json server, String port, String protocol) {
    var ports = rule.list("ports");
    boolean portAllowed =
        ports.isEmpty() || ports.stream().anyMatch(one -> port(one, server, port, protocol));
    var peers = rule.list(type.equals("Ingress") ? "from" : "to");
    return portAllowed
        && (peers.isEmpty() || peers.stream().anyMatch(one -> peer(policy, one, other)));
  }

  private static boolean port(Json one, Json server, String port, String protocol) {
    if (!one.text("protocol", "TCP").equals(protocol)) {
      return false;
    }
    var wanted = number(server, port);
    var allowed = number(server, one.text("port"));
    return allowed.isEmpty() || allowed.equals(wanted) || inRange(one, wanted);
  }

  /** The number of a container port that may be named. */
  private static String number(Json pod, String port) {
    return Containers.of(pod.at("spec")).stream()
        .flatMap(container -> container.list("ports").stream())
        .filter(one -> one.text("name").equals(port))
        .map(one -> one.text("containerPort"))
        .findFirst()
        .orElse(port);
  }

  private static boolean inRange(Json one, String port) {
    return port.matches("\\d{1,5}")
        && one.has("endPort")
        && Long.parseLong(port) >= one.number("port", 0)
        && Long.parseLong(port) <= one.number("endPort", 0);
  }

  private boolean peer(Json policy, Json peer, Json other) {
    if (peer.has("ipBlock")) {
      var address = other.text("status.podIP");
      return within(peer.text("ipBlock.cidr"), address)
          && peer.texts("ipBlock.except").stream().noneMatch(cidr -> within(cidr, address));
    }
    boolean namespace =
        peer.has("namespaceSelector")
            ? Containers.selects(peer.at("namespaceSelector"), namespaceLabels(other.namespace()))
            : other.namespace().equals(policy.namespace());
    return namespace
        && (!peer.has("podSelector") || Containers.selects(peer.at("podSelector"), other.labels()));
  }

  private Map<String, String> namespaceLabels(String namespace) {
    return snapshot.everywhere(Kind.NAMESPACE).stream()
        .filter(one -> one.name().equals(namespace))
        .map(Json::labels)
        .findFirst()
        .orElse(Map.of(NAME_LABEL, namespace));
  }

  /** An address that is not known is within every block, so that nothing wrong is claimed. */
  public static boolean within(String cidr, String address) {
    int slash = cidr.indexOf('/');
    if (address.isEmpty() || slash < 0) {
      return true;
    }
    try {
      var network = InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress();
      var own = InetAddress.ofLiteral(address).getAddress();
      int bits = Integer.parseInt(cidr.substring(slash + 1));
      if (network.length != own.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((network[bit / 8] & mask) != (own[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
