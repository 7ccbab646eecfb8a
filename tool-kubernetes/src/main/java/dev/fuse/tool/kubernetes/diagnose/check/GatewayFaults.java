package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.List;
import java.util.Map;

/** Gateways whose class, controller, listeners or certificates are amiss. */
public final class GatewayFaults {

  private static final String GROUP = "gateway.networking.k8s.io";
  private static final Kind CLASS = Kind.of(GROUP, "v1", "gatewayclasses", "GatewayClass", false);
  static final Kind GATEWAY = Kind.of(GROUP, "v1", "gateways", "Gateway", true);

  private final Snapshot snapshot;
  private final Faults faults;
  private final Grants grants;

  public GatewayFaults(Snapshot snapshot, Faults faults) {
    this.snapshot = snapshot;
    this.faults = faults;
    this.grants = new Grants(snapshot);
  }

  /** Asks for them only where the server has the Gateway API. */
  public void examine() {
    if (!snapshot.serves(GROUP)) {
      return;
    }
    snapshot.want(List.of(GATEWAY, RouteFaults.ROUTE, CLASS));
    snapshot.list(GATEWAY).forEach(this::gateway);
    new RouteFaults(snapshot, faults).examine();
  }

  private void gateway(Json gateway) {
    var classes = snapshot.list(CLASS).stream().map(Json::name).toList();
    var name = gateway.text("spec.gatewayClassName");
    if (!classes.contains(name)) {
      faults.add(
          Fault.error(
              gateway.ref(),
              "gatewayClassName '" + name + "'; classes there: " + Words.joined(classes),
              "no controller serves that class"
                  + Words.nearest(name, classes).map(o -> "; '" + o + "' is there").orElse(""),
              "correct the class"));
      return;
    }
    for (var type : List.of("Accepted", "Programmed")) {
      gateway
          .condition(type)
          .filter(one -> one.text("status").equals("False"))
          .ifPresent(
              one ->
                  faults.add(
                      Fault.error(
                          gateway.ref(),
                          type
                              + " is False ("
                              + one.text("reason")
                              + "): \""
                              + one.text("message")
                              + "\"",
                          "its controller does not take it",
                          "correct what the message names")));
    }
    for (var listener : gateway.list("spec.listeners")) {
      for (var reference : listener.list("tls.certificateRefs")) {
        certificate(gateway, listener, reference);
      }
    }
  }

  private void certificate(Json gateway, Json listener, Json reference) {
    var namespace = reference.text("namespace", gateway.namespace());
    var name = reference.text("name");
    var known = snapshot.knownNames(Kind.SECRET, namespace);
    if (known.isPresent() && !known.get().contains(name)) {
      faults.add(
          Fault.error(
              gateway.ref(),
              "listener '"
                  + listener.text("name")
                  + "' wants TLS Secret '"
                  + namespace
                  + "/"
                  + name
                  + "', Secrets there: "
                  + Words.joined(List.copyOf(known.get())),
              "the certificate of the listener does not exist",
              "create it, or correct certificateRefs"));
      return;
    }
    if (!namespace.equals(gateway.namespace())
        && !grants.granted("Gateway", gateway.namespace(), "Secret", namespace, name)) {
      faults.add(grants.ungranted(gateway, "Secret " + namespace + "/" + name, namespace));
      return;
    }
    var host = listener.text("hostname").replaceFirst("^\\*", "any");
    new CertificateFaults(snapshot, faults)
        .ofSecret(
            gateway.namespace().equals(namespace) ? gateway : moved(gateway, namespace),
            name,
            List.of(host));
  }

  /** The gateway as if it were where its Secret is, for reading that. */
  private static Json moved(Json gateway, String namespace) {
    return Json.of(
        Map.of(
            "kind",
            gateway.kind(),
            "metadata",
            Map.of("name", gateway.name(), "namespace", namespace)));
  }
}
