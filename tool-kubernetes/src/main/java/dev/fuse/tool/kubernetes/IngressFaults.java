package dev.fuse.tool.kubernetes;

import java.util.ArrayList;
import java.util.List;

/** Ingresses that send to a Service, a port, a class or a certificate that is not there. */
record IngressFaults(Snapshot snapshot, Faults faults) {

  void examine() {
    snapshot.list(Kind.INGRESS).forEach(this::one);
  }

  private void one(Json ingress) {
    backend(ingress, "every host", ingress.at("spec.defaultBackend"));
    for (var rule : ingress.list("spec.rules")) {
      for (var path : rule.list("http.paths")) {
        var url = rule.text("host", "*") + path.text("path", "/");
        backend(ingress, url, path.at("backend"));
      }
    }
    ingress.find("spec.ingressClassName").ifPresent(name -> ofClass(ingress, name));
    for (var tls : ingress.list("spec.tls")) {
      tls.find("secretName").ifPresent(name -> certificate(ingress, name));
    }
  }

  private void backend(Json ingress, String url, Json backend) {
    var name = backend.text("service.name");
    if (name.isEmpty()) {
      return;
    }
    var port = backend.text("service.port.number", backend.text("service.port.name"));
    var services = snapshot.list(Kind.SERVICE, ingress.namespace());
    var service = services.stream().filter(one -> one.name().equals(name)).findFirst();
    if (service.isEmpty()) {
      missing(ingress, url, name + ":" + port, name, services.stream().map(Json::name).toList());
      return;
    }
    var ports = new ArrayList<String>();
    for (var own : service.get().list("spec.ports")) {
      ports.add(own.text("port"));
      own.find("name").ifPresent(ports::add);
    }
    if (!port.isEmpty() && !ports.contains(port)) {
      faults.add(
          Fault.error(
              ingress.ref(),
              url
                  + " goes to Service "
                  + name
                  + " port "
                  + port
                  + ", which has ports "
                  + String.join(", ", ports),
              "the Service has no such port",
              "correct the backend's port"));
      return;
    }
    faults.all().stream()
        .filter(fault -> fault.concerns("Service " + ingress.namespace() + "/" + name))
        .findFirst()
        .ifPresent(fault -> fault.hence(ingress.ref() + ": " + url + " fails"));
  }

  private void missing(
      Json ingress, String url, String wanted, String name, List<String> services) {
    var near = ConfigFaults.nearest(name, services);
    faults.add(
        Fault.error(
            ingress.ref(),
            url
                + " goes to Service '"
                + wanted
                + "', which does not exist; Services there: "
                + ConfigFaults.joined(services),
            "requests for "
                + url
                + " fail: no such Service"
                + near.map(other -> "; it is called '" + other + "'").orElse(""),
            near.map(other -> "send it to '" + other + "'").orElse("correct the backend")));
  }

  private void ofClass(Json ingress, String name) {
    var classes = snapshot.list(Kind.INGRESS_CLASS).stream().map(Json::name).toList();
    boolean known = classes.contains(name);
    if (!known && !classes.isEmpty()) {
      faults.add(
          Fault.error(
              ingress.ref(),
              "ingressClassName '" + name + "'; classes there: " + String.join(", ", classes),
              "no controller serves that class",
              "correct the class"));
    }
  }

  private void certificate(Json ingress, String name) {
    var names = snapshot.names(Kind.SECRET, ingress.namespace());
    if (!names.isEmpty() && !names.contains(name)) {
      faults.add(
          Fault.error(
              ingress.ref(),
              "TLS Secret '"
                  + name
                  + "' does not exist; Secrets there: "
                  + ConfigFaults.joined(names),
              "the certificate is missing, so HTTPS fails or shows a default certificate",
              "create it, or see why cert-manager did not"));
    }
  }
}
