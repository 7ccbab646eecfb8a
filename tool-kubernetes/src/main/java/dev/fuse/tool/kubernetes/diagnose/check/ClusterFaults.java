package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.PodState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is wrong with the cluster's own parts: namespaces that do not go, DNS, API services, leases.
 */
public record ClusterFaults(Snapshot snapshot, Faults faults) {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SYSTEM = "kube-system";
  private static final Kind LEASE = Kind.of("coordination.k8s.io", "v1", "leases", "Lease", true);

  public void examine(Map<String, List<Json>> workloads) {
    namespaces();
    if (!snapshot.wholeCluster() && !snapshot.place().namespace().equals(SYSTEM)) {
      return;
    }
    dns(workloads);
    services();
    leases();
    if (snapshot.wholeCluster()) {
      definitions();
    }
  }

  private void namespaces() {
    for (var shape : snapshot.everywhere(Kind.NAMESPACE)) {
      boolean here = snapshot.wholeCluster() || shape.name().equals(snapshot.place().namespace());
      if (here && Sign.old(shape.text("metadata.deletionTimestamp"), PATIENCE, snapshot.now())) {
        snapshot.read(Kind.NAMESPACE, "", shape.name()).ifPresent(this::terminating);
      }
    }
  }

  private void terminating(Json namespace) {
    var said =
        namespace.list("status.conditions").stream()
            .filter(one -> one.text("status").equals("True"))
            .map(one -> one.text("type") + ": \"" + one.text("message") + "\"")
            .toList();
    var held = held(namespace.name());
    boolean discovery = said.stream().anyMatch(text -> text.startsWith("NamespaceDeletionDisc"));
    faults.add(
        Fault.error(
            "Namespace " + namespace.name(),
            "Terminating since "
                + namespace.text("metadata.deletionTimestamp")
                + (said.isEmpty() ? "" : "; " + String.join("; ", said))
                + (held.isEmpty() ? "" : "; held by " + String.join(", ", held)),
            discovery
                ? "an API service that does not answer keeps the cluster from listing what is left"
                : "something in it has a finalizer that nobody removes",
            discovery
                ? "repair or remove the API service"
                : "repair the controller behind the finalizer; remove the finalizer by hand only"
                    + " where it is gone for good"));
  }

  /** Objects of the namespace that have finalizers, as far as they are listed here. */
  private List<String> held(String namespace) {
    return List.of(Kind.POD, Kind.CONFIG_MAP, Kind.SECRET, Kind.SERVICE, Kind.CLAIM).stream()
        .flatMap(kind -> snapshot.shapes(kind, namespace).stream().flatMap(List::stream))
        .filter(object -> !object.texts("metadata.finalizers").isEmpty())
        .filter(object -> object.namespace().equals(namespace))
        .map(object -> object.ref() + " " + object.texts("metadata.finalizers"))
        .limit(5)
        .toList();
  }

  private void dns(Map<String, List<Json>> workloads) {
    var pods =
        snapshot.list(Kind.POD, SYSTEM).stream()
            .filter(pod -> "kube-dns".equals(pod.labels().get("k8s-app")))
            .toList();
    var service = snapshot.find(Kind.SERVICE, SYSTEM, "kube-dns");
    if (pods.isEmpty() && service.isEmpty()) {
      return; // this cluster's DNS runs elsewhere
    }
    boolean answered = service.isPresent() && snapshot.readyEndpoints(SYSTEM, "kube-dns") > 0;
    if (answered) {
      return;
    }
    var states =
        pods.stream()
            .collect(Collectors.groupingBy(PodState::status, Collectors.counting()))
            .toString();
    var told =
        workloads.entrySet().stream()
            .filter(entry -> entry.getValue().stream().anyMatch(pods::contains))
            .flatMap(entry -> faults.find(entry.getKey()).stream())
            .findFirst();
    var consequence = "cluster DNS does not answer, so no name in the cluster is resolved";
    if (told.isPresent()) {
      told.get().hence(consequence);
      return;
    }
    faults.add(
        Fault.error(
            "Service kube-system/kube-dns",
            (service.isEmpty() ? "does not exist" : "has no ready endpoint")
                + "; DNS pods: "
                + (pods.isEmpty() ? "none" : states),
            consequence,
            "bring CoreDNS back"));
  }

  /** Aggregated APIs whose server does not answer. */
  private void services() {
    for (var service : snapshot.list(Kind.API_SERVICE)) {
      if (!service.has("spec.service.name")) {
        continue;
      }
      var where = service.text("spec.service.namespace") + "/" + service.text("spec.service.name");
      service
          .condition("Available")
          .filter(one -> one.text("status").equals("False"))
          .ifPresent(
              one ->
                  faults.add(
                      Fault.error(
                          service.ref(),
                          "not available ("
                              + one.text("reason")
                              + "): \""
                              + one.text("message")
                              + "\"; it is served by Service "
                              + where,
                          "the server behind this API does not answer; what asks for it fails, and"
                              + " namespaces cannot be deleted",
                          "bring Service " + where + " back, or remove the APIService")));
      service
          .find("spec.caBundle")
          .ifPresent(
              bundle ->
                  new CertificateFaults(snapshot, faults)
                      .ofBundle(service, service.name(), bundle));
    }
  }

  /** Controllers that have stopped renewing their lease. */
  private void leases() {
    for (var lease : snapshot.list(LEASE, SYSTEM)) {
      long seconds = lease.number("spec.leaseDurationSeconds", 15);
      var renewed = lease.text("spec.renewTime");
      boolean old =
          Sign.old(renewed, Duration.ofSeconds(Math.max(60, seconds * 4)), snapshot.now());
      boolean held = !lease.text("spec.holderIdentity").isEmpty();
      if (old && held && !lease.name().startsWith("apiserver-")) {
        faults.add(
            Fault.warning(
                lease.ref(),
                "held by '"
                    + lease.text("spec.holderIdentity")
                    + "', last renewed "
                    + renewed
                    + ", "
                    + Duration.between(Instant.parse(renewed), snapshot.now()).toMinutes()
                    + " min ago, leaseDurationSeconds "
                    + seconds,
                "no instance of " + lease.name() + " leads, so its work is not done",
                "look at the pods of " + lease.name()));
      }
    }
  }

  private void definitions() {
    for (var definition : snapshot.list(Kind.DEFINITION)) {
      for (var type : List.of("NamesAccepted", "Established")) {
        definition
            .condition(type)
            .filter(one -> one.text("status").equals("False"))
            .filter(one -> !one.text("reason").equals("Installing"))
            .ifPresent(
                one ->
                    faults.add(
                        Fault.error(
                            definition.ref(),
                            type + " is False: \"" + one.text("message") + "\"",
                            "the server does not serve this kind",
                            "correct the definition")));
      }
    }
  }
}
