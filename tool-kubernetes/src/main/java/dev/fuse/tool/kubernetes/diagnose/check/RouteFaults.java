package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Routes of the Gateway API against their parents, listeners, host names, backends and grants. */
public final class RouteFaults {

  static final Kind ROUTE =
      Kind.of("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute", true);

  private final Snapshot snapshot;
  private final Faults faults;
  private final Grants grants;
  private final Map<String, Optional<Json>> gateways = new HashMap<>();

  RouteFaults(Snapshot snapshot, Faults faults) {
    this.snapshot = snapshot;
    this.faults = faults;
    this.grants = new Grants(snapshot);
  }

  void examine() {
    snapshot.list(ROUTE).forEach(this::route);
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
            namespace + "/" + name, _ -> snapshot.find(GatewayFaults.GATEWAY, namespace, name));
    if (gateway.isEmpty()) {
      var there = snapshot.list(GatewayFaults.GATEWAY, namespace).stream().map(Json::name).toList();
      faults.add(
          Fault.error(
              route.ref(),
              "parentRef names Gateway '"
                  + namespace
                  + "/"
                  + name
                  + "', Gateways there: "
                  + Words.joined(there),
              "the Gateway that it wants to attach to does not exist"
                  + Words.nearest(name, there).map(o -> "; '" + o + "' does").orElse(""),
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
                  + Words.joined(all.stream().map(l -> l.text("name")).toList()),
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
  public static boolean meets(String listener, String route) {
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
                  + Words.joined(there),
              "the Service does not exist"
                  + Words.nearest(name, there).map(o -> "; '" + o + "' does").orElse(""),
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
                  + Words.joined(ports),
              "the Service has no such port (backendRefs take the Service's port, not targetPort)",
              "use port " + ports.getFirst()));
      return;
    }
    if (!namespace.equals(route.namespace())
        && !grants.granted("HTTPRoute", route.namespace(), "Service", namespace, name)) {
      faults.add(grants.ungranted(route, service.get().ref(), namespace));
      return;
    }
    faults
        .find(service.get().ref())
        .ifPresent(fault -> fault.hence(route.ref() + " reaches no backend"));
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
