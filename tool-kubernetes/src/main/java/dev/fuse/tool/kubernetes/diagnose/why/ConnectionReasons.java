package dev.fuse.tool.kubernetes.diagnose.why;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Address;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Reason;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a connection that a log speaks of is not made: policy, port or Service. */
record ConnectionReasons(Snapshot snapshot, Faults faults) {

  private static final Pattern TIMEOUT =
      Pattern.compile("(?i)i/o timeout|timed? ?out|ETIMEDOUT|deadline exceeded|no route to host");
  private static final Pattern REFUSED = Pattern.compile("(?i)connection refused|ECONNREFUSED");
  private static final Pattern TARGET =
      Pattern.compile(
          "(?<![\\w.-])([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\\[::1\\]):(\\d{2,5})(?!\\d|:\\d)");
  private static final Pattern URL_TARGET =
      Pattern.compile("://([a-z0-9][a-z0-9.-]*)(?:[/\"' ]|$)");

  Optional<Reason> of(String workload, Json pod, String container, List<String> log) {
    for (var line : log) {
      if (TIMEOUT.matcher(line).find()) {
        var found = dns(pod, line).or(() -> timedOut(pod, container, line));
        if (found.isPresent()) {
          return found;
        }
      }
      if (REFUSED.matcher(line).find()) {
        var found = refused(workload, pod, line);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Reason> dns(Json pod, String line) {
    if (!line.contains(":53") && !line.contains("lookup ") && !line.contains("resolv")) {
      return Optional.empty();
    }
    return new PolicyCheck(snapshot)
        .dns(pod)
        .map(
            said ->
                new Reason(
                    said.words() + " to cluster DNS (kube-system, UDP 53)",
                    "network policies cut the pod off from cluster DNS, so no name is resolved",
                    "allow egress to kube-system on UDP and TCP 53"));
  }

  private Optional<Reason> timedOut(Json pod, String container, String line) {
    var named = targets(pod, line);
    if (!named.isEmpty()) {
      return named.stream()
          .flatMap(service -> cut(pod, service, "(a time-out, not a refusal)").stream())
          .findFirst();
    }
    // a line that names nobody is laid to an address of the container that is cut
    return Containers.spec(pod, container).stream()
        .flatMap(spec -> Address.of(spec).stream())
        .flatMap(
            address ->
                service(pod, address.host()).stream()
                    .flatMap(service -> cut(pod, service, address.from() + " names it").stream()))
        .findFirst();
  }

  /** Services that a line names by name, by name and namespace, or by address. */
  private List<Json> targets(Json pod, String line) {
    var hosts = new java.util.LinkedHashSet<String>();
    for (var pattern : List.of(TARGET, URL_TARGET)) {
      pattern.matcher(line).results().forEach(match -> hosts.add(match.group(1)));
    }
    var found = hosts.stream().flatMap(host -> service(pod, host).stream()).toList();
    if (!found.isEmpty()) {
      return found;
    }
    return snapshot.list(Kind.SERVICE, pod.namespace()).stream()
        .filter(
            service ->
                line.matches(
                    "(?s).*(^|[^a-z0-9-])" + Pattern.quote(service.name()) + "($|[^a-z0-9-]).*"))
        .toList();
  }

  private Optional<Json> service(Json pod, String host) {
    if (host.matches("[\\d.]+")) {
      return snapshot.list(Kind.SERVICE, pod.namespace()).stream()
          .filter(service -> host.equals(service.text("spec.clusterIP")))
          .findFirst();
    }
    return new Address("", host, "")
        .namespace(pod.namespace(), snapshot.names(Kind.NAMESPACE, ""))
        .flatMap(ns -> snapshot.find(Kind.SERVICE, ns, host.split("\\.", -1)[0]));
  }

  private Optional<Reason> cut(Json from, Json service, String how) {
    var selector = service.map("spec.selector");
    var to =
        snapshot.list(Kind.POD, service.namespace()).stream()
            .filter(_ -> !selector.isEmpty())
            .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
            .findFirst();
    if (to.isEmpty() || to.get().uid().equals(from.uid())) {
      return Optional.empty();
    }
    var port = service.list("spec.ports").stream().findFirst().orElse(Json.EMPTY);
    var number = port.text("targetPort", port.text("port"));
    return new PolicyCheck(snapshot)
        .cut(from, to.get(), number, port.text("protocol", "TCP"))
        .map(
            why ->
                new Reason(
                    how
                        + "; "
                        + why.words()
                        + " from "
                        + place(from)
                        + " to "
                        + place(to.get())
                        + " on port "
                        + number,
                    "network policies cut the way to " + service.ref(),
                    "add a policy that allows it on port " + number,
                    why.policy().ref()));
  }

  private static String place(Json pod) {
    return Containers.labels(Containers.ownLabels(pod)) + " in " + pod.namespace();
  }

  private Optional<Reason> refused(String workload, Json pod, String line) {
    var target = TARGET.matcher(line);
    while (target.find()) {
      var host = target.group(1);
      var port = target.group(2);
      if (host.equals("localhost") || host.startsWith("127.") || host.startsWith("[")) {
        return Optional.of(local(pod, host + ":" + port, port));
      }
      var service = service(pod, host);
      if (service.isPresent()) {
        return refusedBy(workload, service.get(), target);
      }
    }
    return Optional.empty();
  }

  private static Reason local(Json pod, String where, String port) {
    var ports =
        Containers.of(pod.at("spec")).stream()
            .map(
                container ->
                    container.text("name")
                        + " "
                        + Words.joined(
                            container.list("ports").stream()
                                .map(one -> one.text("containerPort"))
                                .toList()))
            .toList();
    return new Reason(
        where + " is the pod itself; containers and their ports: " + String.join("; ", ports),
        "it looks for port " + port + " in its own pod, where nothing listens on it",
        "name the Service instead of localhost, or see the container that should listen");
  }

  /** A refusal by a Service that is already known to be at fault is a consequence of that. */
  private Optional<Reason> refusedBy(String workload, Json service, Matcher target) {
    var known = faults.behind(service.ref());
    if (known.isPresent()) {
      known.get().hence(workload + " logs a refused connection to " + target.group());
      return Optional.empty();
    }
    return new HostCheck(snapshot)
        .at(service, new Address("the log", target.group(1), target.group(2)));
  }
}
