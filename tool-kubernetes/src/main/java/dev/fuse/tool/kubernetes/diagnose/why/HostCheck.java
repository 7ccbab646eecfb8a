package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Address;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares a host that a container wants with the Services that are there. */
public record HostCheck(Snapshot snapshot) {

  private static final List<Pattern> UNKNOWN =
      List.of(
          Pattern.compile("lookup ([a-z0-9.-]+)(?: on \\S+)?: (?:no such host|server misbehaving)"),
          Pattern.compile("(?:ENOTFOUND|EAI_AGAIN) ([a-z0-9.-]+)"),
          Pattern.compile(
              "(?i)could not (?:resolve|translate) host(?: name)?:? [\"']?([a-z0-9.-]+)"),
          Pattern.compile("(?i)unknown ?host(?:exception)?:? [\"']?([a-z0-9.-]+)"),
          Pattern.compile("(?i)(?:can't|cannot|unable to) resolve [\"']?([a-z0-9.-]+)"),
          Pattern.compile("(?i)host(?:name)? not found[:,]? (?:in upstream )?[\"']?([a-z0-9.-]+)"),
          Pattern.compile("(?i)host not found in upstream [\"']?([a-z0-9.-]+)"),
          Pattern.compile("(?i)NXDOMAIN[^a-z0-9]+([a-z0-9.-]+)"),
          Pattern.compile("(?i)name or service not known:? \"?([a-z0-9.-]+)"),
          Pattern.compile(
              "(?i)([a-z0-9.-]+): (?:temporary failure in name resolution"
                  + "|name or service not known|nodename nor servname|name does not resolve)"));

  /** Of a host that a log says is unknown. */
  Optional<Reason> compare(Json pod, String container, List<String> log) {
    return log.stream()
        .flatMap(line -> host(line).stream())
        .findFirst()
        .map(host -> result(pod, variable(pod, container, host), host));
  }

  static Optional<String> host(String line) {
    return UNKNOWN.stream()
        .map(pattern -> pattern.matcher(line))
        .filter(Matcher::find)
        .map(match -> match.group(1).replaceFirst("\\.+$", ""))
        .filter(host -> !host.isEmpty())
        .findFirst();
  }

  /** Of a host that a container waits for by its command, its environment or its log. */
  public Optional<Reason> mentioned(Json pod, String container, List<String> log) {
    var said = compare(pod, container, log);
    if (said.isPresent()) {
      return said;
    }
    return Containers.spec(pod, container).stream()
        .flatMap(spec -> Address.of(spec).stream())
        .flatMap(address -> trouble(pod, address).stream())
        .findFirst();
  }

  /** What is wrong with an address as the cluster stands; empty where nothing can be said. */
  public Optional<Reason> trouble(Json pod, Address address) {
    var namespace = address.namespace(pod.namespace(), namespaces());
    if (namespace.isEmpty() || aliased(pod, address.host())) {
      return Optional.empty();
    }
    var service = snapshot.find(Kind.SERVICE, namespace.get(), address.service());
    if (service.isEmpty()) {
      return Optional.of(result(pod, Optional.of(address.from()), address.host()));
    }
    return at(service.get(), address);
  }

  /** What is wrong with asking that Service at that address. */
  Optional<Reason> at(Json service, Address address) {
    return port(address, service).or(() -> silent(address, service));
  }

  private Optional<Reason> port(Address address, Json service) {
    var ports = service.list("spec.ports").stream().map(one -> one.text("port")).toList();
    boolean free =
        service.text("spec.clusterIP").equals("None")
            || service.text("spec.type").equals("ExternalName");
    if (free || address.port().isEmpty() || ports.contains(address.port())) {
      return Optional.empty();
    }
    return Optional.of(
        new Reason(
            address.from()
                + " asks "
                + address.host()
                + " on port "
                + address.port()
                + "; "
                + service.ref()
                + " has ports "
                + Words.joined(ports),
            "it asks a port that the Service does not have",
            "use port " + ports.getFirst() + ", or add the port to the Service"));
  }

  private Optional<Reason> silent(Address address, Json service) {
    boolean headless = service.map("spec.selector").isEmpty();
    if (headless || snapshot.readyEndpoints(service.namespace(), service.name()) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Reason(
            address.from() + " names " + service.ref() + ", which has no ready endpoint",
            "what it waits for, " + service.ref() + ", has no ready pod",
            "see why " + service.ref() + " has no ready endpoint"));
  }

  private List<String> namespaces() {
    return snapshot.names(Kind.NAMESPACE, "");
  }

  private static boolean aliased(Json pod, String host) {
    return pod.list("spec.hostAliases").stream()
        .anyMatch(alias -> alias.texts("hostnames").contains(host));
  }

  private Reason result(Json pod, Optional<String> variable, String host) {
    var parts = host.split("\\.", -1);
    var inside = new Address("", host, "").namespace(pod.namespace(), namespaces());
    var from = variable.map(name -> name + " names it").orElse("the log names it");
    if (inside.isEmpty()) {
      return new Reason(
          from,
          "the name '" + host + "' is outside the cluster and is not resolved",
          "check the name, cluster DNS (its upstream) and network policies that cut port 53");
    }
    var namespace = inside.get();
    var services = snapshot.list(Kind.SERVICE, namespace).stream().map(Json::name).toList();
    if (services.contains(parts[0])) {
      return there(pod, host, from + ", and Service '" + parts[0] + "' is there");
    }
    var near = Words.nearest(parts[0], services);
    var elsewhere = near.isPresent() ? List.<String>of() : elsewhere(parts[0], namespace);
    var cause =
        "it wants host '"
            + host
            + "', which does not exist"
            + near.map(other -> "; the Service is called '" + other + "'").orElse("")
            + (elsewhere.isEmpty()
                ? ""
                : "; the Service is in namespace " + String.join(", ", elsewhere));
    return new Reason(
        from
            + "; there is no Service '"
            + parts[0]
            + "' in namespace '"
            + namespace
            + "', Services there: "
            + Words.joined(services),
        cause,
        near.map(other -> "set it to '" + other + "'")
            .orElse(
                elsewhere.isEmpty()
                    ? "correct the host name, or create the Service"
                    : "set it to '" + parts[0] + "." + elsewhere.getFirst() + "'"));
  }

  private Reason there(Json pod, String host, String seen) {
    var cut = new PolicyCheck(snapshot).dns(pod);
    return new Reason(
        seen + cut.map(why -> "; " + why.words()).orElse(""),
        cut.isPresent()
            ? "network policies cut the pod off from cluster DNS (port 53), so no name is resolved"
            : "the name '"
                + host
                + "' is not resolved though its Service exists: cluster DNS fails",
        cut.isPresent()
            ? "allow egress to kube-system on UDP and TCP 53"
            : "look at the DNS pods (kube-system) and at network policies that cut port 53");
  }

  /** Other namespaces that have a Service of that name. */
  private List<String> elsewhere(String service, String namespace) {
    return snapshot.everywhere(Kind.SERVICE).stream()
        .filter(one -> one.name().equals(service) && !one.namespace().equals(namespace))
        .map(Json::namespace)
        .limit(3)
        .toList();
  }

  private static Optional<String> variable(Json pod, String container, String host) {
    return Containers.spec(pod, container).stream()
        .flatMap(spec -> spec.list("env").stream())
        .filter(entry -> entry.text("value").contains(host))
        .map(entry -> "variable " + entry.text("name"))
        .findFirst();
  }
}
