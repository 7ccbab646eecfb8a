package dev.fuse.tool.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gateways and routes: parents, listeners, host names, backends, grants and certificates. */
final class GatewayFaults {

  private static final String GROUP = "gateway.networking.k8s.io";
  private static final Kind CLASS = Kind.of(GROUP, "v1", "gatewayclasses", "GatewayClass", false);
  private static final Kind GATEWAY = Kind.of(GROUP, "v1", "gateways", "Gateway", true);
  private static final Kind ROUTE = Kind.of(GROUP, "v1", "httproutes", "HTTPRoute", true);
  private static final Kind GRANT =
      Kind.of(GROUP, "v1beta1", "referencegrants", "ReferenceGrant", true);

  private final Snapshot snapshot;
  private final Faults faults;
  private final Map<String, Optional<Json>> gateways = new HashMap<>();

  GatewayFaults(Snapshot snapshot, Faults faults) {
    this.snapshot = snapshot;
    this.faults = faults;
  }

  /** Asks for them only where the server has the Gateway API. */
  void examine() {
    if (!snapshot.serves(GROUP)) {
      return;
    }
    snapshot.want(List.of(GATEWAY, ROUTE, CLASS));
    snapshot.list(GATEWAY).forEach(this::gateway);
    snapshot.list(ROUTE).forEach(this::route);
  }

  private void gateway(Json gateway) {
    var classes = snapshot.list(CLASS).stream().map(Json::name).toList();
    var name = gateway.text("spec.gatewayClassName");
    if (!classes.contains(name)) {
      faults.add(
          Fault.error(
              gateway.ref(),
              "gatewayClassName '" + name + "'; classes there: " + ConfigFaults.joined(classes),
              "no controller serves that class"
                  + ConfigFaults.nearest(name, classes)
                      .map(o -> "; '" + o + "' is there")
                      .orElse(""),
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
                  + ConfigFaults.joined(List.copyOf(known.get())),
              "the certificate of the listener does not exist",
              "create it, or correct certificateRefs"));
      return;
    }
    if (!namespace.equals(gateway.namespace())
        && !granted("Gateway", gateway.namespace(), "Secret", namespace, name)) {
      faults.add(ungranted(gateway, "Secret " + namespace + "/" + name, namespace));
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

  private void route(Json route) {
    for (var parent : route.list("spec.parentRefs")) {
      if (parent.text("kind", "Gateway").equals("Gateway")) {
        parent(route, parent);
      }
    }
    for (var rule : route.list("spec.rules")) {
      for (var backend : rule.list("backendRefs")) {
        if (backend.text("kind", "Service").equals("Service")) {
          backend(route, backend);
        }
      }
    }
    refused(route);
  }

  private void parent(Json route, Json parent) {
    var namespace = parent.text("namespace", route.namespace());
    var name = parent.text("name");
    var gateway =
        gateways.computeIfAbsent(
            namespace + "/" + name, _ -> snapshot.find(GATEWAY, namespace, name));
    if (gateway.isEmpty()) {
      var there = snapshot.list(GATEWAY, namespace).stream().map(Json::name).toList();
      faults.add(
          Fault.error(
              route.ref(),
              "parentRef names Gateway '"
                  + namespace
                  + "/"
                  + name
                  + "', Gateways there: "
                  + ConfigFaults.joined(there),
              "the Gateway that it wants to attach to does not exist"
                  + ConfigFaults.nearest(name, there).map(o -> "; '" + o + "' does").orElse(""),
              "correct parentRefs"));
      return;
    }
    var section = parent.text("sectionName");
    var all = gateway.get().list("spec.listeners");
    var listeners =
        all.stream().filter(l -> section.isEmpty() || l.text("name").equals(section)).toList();
    if (listeners.isEmpty()) {
      faults.add(
          Fault.error(
              route.ref(),
              "sectionName '"
                  + section
                  + "', listeners of "
                  + gateway.get().ref()
                  + ": "
                  + ConfigFaults.joined(all.stream().map(l -> l.text("name")).toList()),
              "the Gateway has no listener of that name",
              "correct sectionName"));
      return;
    }
    hosts(route, gateway.get(), listeners);
    allowed(route, gateway.get(), listeners);
  }

  private void hosts(Json route, Json gateway, List<Json> listeners) {
    var hosts = route.texts("spec.hostnames");
    boolean meet =
        hosts.isEmpty()
            || listeners.stream()
                .anyMatch(
                    listener ->
                        listener.text("hostname").isEmpty()
                            || hosts.stream()
                                .anyMatch(host -> meets(listener.text("hostname"), host)));
    if (!meet) {
      faults.add(
          Fault.error(
              route.ref(),
              "hostnames "
                  + hosts
                  + ", listeners of "
                  + gateway.ref()
                  + " are for "
                  + listeners.stream().map(l -> l.text("hostname")).toList(),
              "no listener of the Gateway serves a host of the route",
              "correct hostnames of the route or hostname of the listener"));
    }
  }

  /** As the API intersects names: a wildcard covers any number of labels before it. */
  static boolean meets(String listener, String route) {
    if (listener.equals(route)) {
      return true;
    }
    if (listener.startsWith("*.")) {
      return route.replaceFirst("^\\*", "").endsWith(listener.substring(1));
    }
    return route.startsWith("*.") && listener.endsWith(route.substring(1));
  }

  private void allowed(Json route, Json gateway, List<Json> listeners) {
    boolean open =
        listeners.stream()
            .anyMatch(
                listener ->
                    switch (listener.text("allowedRoutes.namespaces.from", "Same")) {
                      case "All" -> true;
                      case "Selector" -> selected(route, listener);
                      default -> route.namespace().equals(gateway.namespace());
                    });
    if (open) {
      return;
    }
    var rules =
        listeners.stream()
            .map(
                l ->
                    "listener '"
                        + l.text("name")
                        + "' allows routes from "
                        + l.text("allowedRoutes.namespaces.from", "Same")
                        + " "
                        + Containers.query(l.at("allowedRoutes.namespaces.selector")))
            .map(String::strip)
            .toList();
    faults.add(
        Fault.error(
            route.ref(),
            "it is in namespace '"
                + route.namespace()
                + "', "
                + gateway.ref()
                + ": "
                + String.join("; ", rules),
            "the Gateway does not let routes of this namespace attach",
            "set allowedRoutes.namespaces of the listener, or label the namespace"));
  }

  private boolean selected(Json route, Json listener) {
    var selector = listener.at("allowedRoutes.namespaces.selector");
    return snapshot.everywhere(Kind.NAMESPACE).stream()
        .filter(one -> one.name().equals(route.namespace()))
        .anyMatch(one -> Containers.selects(selector, one.labels()));
  }

  private void backend(Json route, Json backend) {
    var namespace = backend.text("namespace", route.namespace());
    var name = backend.text("name");
    var services = snapshot.list(Kind.SERVICE, namespace);
    var service = services.stream().filter(one -> one.name().equals(name)).findFirst();
    if (service.isEmpty()) {
      var there = services.stream().map(Json::name).toList();
      faults.add(
          Fault.error(
              route.ref(),
              "backendRef names Service '"
                  + namespace
                  + "/"
                  + name
                  + "', Services there: "
                  + ConfigFaults.joined(there),
              "the Service does not exist"
                  + ConfigFaults.nearest(name, there).map(o -> "; '" + o + "' does").orElse(""),
              "correct backendRefs"));
      return;
    }
    var ports = service.get().list("spec.ports").stream().map(p -> p.text("port")).toList();
    var port = backend.text("port");
    if (!port.isEmpty() && !ports.contains(port)) {
      faults.add(
          Fault.error(
              route.ref(),
              "backendRef asks port "
                  + port
                  + " of "
                  + service.get().ref()
                  + ", which has ports "
                  + ConfigFaults.joined(ports),
              "the Service has no such port (backendRefs take the Service's port, not targetPort)",
              "use port " + ports.getFirst()));
      return;
    }
    if (!namespace.equals(route.namespace())
        && !granted("HTTPRoute", route.namespace(), "Service", namespace, name)) {
      faults.add(ungranted(route, service.get().ref(), namespace));
      return;
    }
    faults
        .find(service.get().ref())
        .ifPresent(fault -> fault.hence(route.ref() + " reaches no backend"));
  }

  private boolean granted(
      String kind, String from, String toKind, String namespace, String toName) {
    return snapshot.list(GRANT, namespace).stream()
        .anyMatch(
            grant ->
                grant.list("spec.from").stream()
                        .anyMatch(
                            one ->
                                one.text("kind").equals(kind) && one.text("namespace").equals(from))
                    && grant.list("spec.to").stream()
                        .anyMatch(
                            one ->
                                one.text("kind").equals(toKind)
                                    && one.text("name", toName).equals(toName)));
  }

  private Fault ungranted(Json from, String to, String namespace) {
    var grants = new ArrayList<String>();
    for (var grant : snapshot.list(GRANT, namespace)) {
      grants.add(
          grant.name()
              + " from "
              + grant.list("spec.from").stream()
                  .map(one -> one.text("kind") + " of " + one.text("namespace"))
                  .toList()
              + " to "
              + grant.list("spec.to").stream().map(one -> one.text("kind")).toList());
    }
    return Fault.error(
        from.ref(),
        "it refers to "
            + to
            + " in another namespace; ReferenceGrants in '"
            + namespace
            + "': "
            + ConfigFaults.joined(grants),
        "no ReferenceGrant in '"
            + namespace
            + "' allows a "
            + from.kind()
            + " of '"
            + from.namespace()
            + "' to refer to it",
        "add a ReferenceGrant there");
  }

  /** What a controller says, where nothing was found by comparing. */
  private void refused(Json route) {
    if (faults.has(route.ref())) {
      return;
    }
    for (var parent : route.list("status.parents")) {
      for (var condition : parent.list("conditions")) {
        boolean bad =
            List.of("Accepted", "ResolvedRefs").contains(condition.text("type"))
                && condition.text("status").equals("False");
        if (bad) {
          faults.add(
              Fault.error(
                  route.ref(),
                  condition.text("type")
                      + " is False ("
                      + condition.text("reason")
                      + "): \""
                      + condition.text("message")
                      + "\"",
                  "the Gateway's controller refuses it",
                  "correct what the message names"));
          return;
        }
      }
    }
  }
}
