package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.Owners;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Services whose selector or port meets no pod. */
public record ServiceFaults(Snapshot snapshot, Faults faults, Owners owners) {

  public void examine() {
    snapshot.list(Kind.SERVICE).forEach(this::one);
    snapshot.list(Kind.SERVICE).forEach(new BareServices(snapshot, faults)::examine);
  }

  private void one(Json service) {
    var selector = service.map("spec.selector");
    if (selector.isEmpty() || service.text("spec.type").equals("ExternalName")) {
      return;
    }
    var pods =
        snapshot.list(Kind.POD, service.namespace()).stream()
            .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
            .filter(pod -> !Containers.ended(pod))
            .toList();
    if (pods.isEmpty()) {
      selectsNothing(service, selector);
      return;
    }
    var own = clash(service, selector, pods);
    if (service.list("spec.ports").stream().anyMatch(port -> mismatch(service, port, own))) {
      return;
    }
    balancer(service);
  }

  /**
   * A selector that meets pods of several workloads, of which some do not listen on the Service's
   * port, is told; the pods that the Service is for come back.
   */
  private List<Json> clash(Json service, Map<String, String> selector, List<Json> pods) {
    var byOwner = pods.stream().collect(Collectors.groupingBy(owners::of));
    var ports = service.list("spec.ports");
    var right =
        pods.stream().filter(pod -> ports.stream().allMatch(port -> serves(pod, port))).toList();
    var wrong =
        byOwner.entrySet().stream()
            .filter(entry -> entry.getValue().stream().noneMatch(right::contains))
            .map(Map.Entry::getKey)
            .toList();
    if (byOwner.size() < 2 || right.isEmpty() || wrong.isEmpty()) {
      return pods;
    }
    faults.add(
        Fault.error(
            service.ref(),
            "selector "
                + Containers.labels(selector)
                + " meets pods of "
                + String.join(", ", byOwner.keySet())
                + ", of which "
                + String.join(", ", wrong)
                + " have no port "
                + ports.stream()
                    .map(port -> port.text("targetPort", port.text("port")))
                    .collect(Collectors.joining(",")),
            "part of the requests go to pods that do not serve them",
            "make the selector narrower (or the labels different)"));
    return right;
  }

  private static boolean serves(Json pod, Json port) {
    var target = port.text("targetPort", port.text("port"));
    return Containers.of(pod.at("spec")).stream()
        .flatMap(container -> container.list("ports").stream())
        .anyMatch(
            own -> own.text("name").equals(target) || own.text("containerPort").equals(target));
  }

  private void selectsNothing(Json service, Map<String, String> selector) {
    var stopped =
        workloads(service.namespace()).stream()
            .filter(one -> labels(one).entrySet().containsAll(selector.entrySet()))
            .findFirst();
    if (stopped.isPresent()) {
      var known = faults.find(stopped.get().ref());
      known.ifPresent(
          fault -> faults.hence(fault, service.ref(), service.ref() + " has no endpoints"));
      if (known.isEmpty()) {
        faults.add(
            Fault.info(
                service.ref(),
                "no endpoints: "
                    + stopped.get().ref()
                    + ", which it selects, has "
                    + stopped.get().text("spec.replicas", "0")
                    + " replicas wanted and no pod"));
      }
      return;
    }
    var behind = faults.behind(service.ref());
    if (behind.isPresent()) {
      faults.hence(behind.get(), service.ref(), service.ref() + " has no endpoints");
      return;
    }
    var near = nearest(service, selector);
    faults.add(
        Fault.error(
            service.ref(),
            "no endpoints: selector "
                + Containers.labels(selector)
                + " matches no pod; "
                + near.map(
                        one -> one.ref() + " has pods labelled " + Containers.labels(labels(one)))
                    .orElse("no workload has such a label"),
            "its selector names a label that no pod has",
            near.map(one -> "set the selector to what " + one.ref() + " has, or relabel its pods")
                .orElse("correct the selector, or deploy what it is for")));
  }

  /** The workload whose name or labels are most like the Service's. */
  private Optional<Json> nearest(Json service, Map<String, String> selector) {
    var all = workloads(service.namespace());
    return all.stream()
        .filter(one -> one.name().equals(service.name()))
        .findFirst()
        .or(() -> all.stream().filter(one -> shares(labels(one), selector)).findFirst())
        .or(
            () ->
                Words.nearest(service.name(), all.stream().map(Json::name).toList())
                    .flatMap(name -> all.stream().filter(o -> o.name().equals(name)).findFirst()));
  }

  private static boolean shares(Map<String, String> labels, Map<String, String> selector) {
    return selector.entrySet().stream()
        .anyMatch(
            wanted -> {
              var own = labels.getOrDefault(wanted.getKey(), "");
              return own.equals(wanted.getValue())
                  || Words.nearest(wanted.getValue(), List.of(own)).isPresent();
            });
  }

  private List<Json> workloads(String namespace) {
    return List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET).stream()
        .flatMap(kind -> snapshot.list(kind, namespace).stream())
        .toList();
  }

  private static Map<String, String> labels(Json workload) {
    return workload.map("spec.template.metadata.labels");
  }

  private boolean mismatch(Json service, Json port, List<Json> pods) {
    var target = port.text("targetPort", port.text("port"));
    var pod = pods.getFirst();
    var named = new LinkedHashSet<String>();
    var numbers = new LinkedHashSet<String>();
    for (var container : Containers.of(pod.at("spec"))) {
      for (var own : container.list("ports")) {
        named.add(own.text("name"));
        numbers.add(own.text("containerPort"));
      }
    }
    boolean number = target.matches("\\d+");
    if (number ? numbers.contains(target) : named.contains(target)) {
      return false;
    }
    var listens = listens(pod);
    if (number && (numbers.isEmpty() || listens.contains(target))) {
      return false; // containerPort is only a note; nothing contradicts the Service
    }
    var there = number ? joined(numbers) : joined(named) + " (" + joined(numbers) + ")";
    faults.add(
        Fault.error(
            service.ref(),
            "port "
                + port.text("port")
                + " goes to targetPort "
                + target
                + ", but the containers of "
                + owners.of(pod)
                + (number ? " have containerPort " : " have named ports ")
                + there
                + (listens.isEmpty()
                    ? ""
                    : " and its log says that it listens on " + listens.getFirst())
                + "; the selector is right ("
                + pods.size()
                + " pods)",
            number
                ? "connections are refused: nothing listens on port " + target
                : "no container has a port named '" + target + "', so there is nothing to send to",
            "set targetPort to " + (listens.isEmpty() ? there : listens.getFirst())));
    return true;
  }

  private static String joined(Set<String> texts) {
    var some = texts.stream().filter(text -> !text.isEmpty()).toList();
    return some.isEmpty() ? "none" : String.join(", ", some);
  }

  private List<String> listens(Json pod) {
    if (!pod.text("status.phase").equals("Running")) {
      return List.of();
    }
    return Containers.of(pod.at("spec")).stream()
        .map(container -> snapshot.glance(pod, container.text("name")))
        .flatMap(log -> ProbeFaults.listens(log.lines()).stream())
        .toList();
  }

  private void balancer(Json service) {
    boolean young =
        !Sign.old(
            service.text("metadata.creationTimestamp"),
            java.time.Duration.ofMinutes(2),
            snapshot.now());
    boolean waits =
        service.text("spec.type").equals("LoadBalancer")
            && service.list("status.loadBalancer.ingress").isEmpty();
    var event = snapshot.warnings(service);
    if (waits && !(young && event.isEmpty())) {
      faults.add(
          Fault.warning(
              service.ref(),
              "type LoadBalancer, and no external address"
                  + (event.isEmpty()
                      ? "; no event about it"
                      : ": \"" + event.getLast().message() + "\""),
              event.isEmpty() ? "no cloud controller has served it (yet)" : "",
              "see the cloud controller, its quota and permissions"));
    }
  }
}
