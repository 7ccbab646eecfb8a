package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ingresses that send to a Service, a port, a class or a certificate that is not there. */
public record IngressFaults(Snapshot snapshot, Faults faults) {

  private static final String OLD_CLASS = "kubernetes.io/ingress.class";
  private static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";

  public void examine() {
    var routes = new HashMap<String, Json>();
    for (var ingress : snapshot.list(Kind.INGRESS)) {
      one(ingress, routes);
    }
  }

  private void one(Json ingress, Map<String, Json> routes) {
    backend(ingress, "every host", ingress.at("spec.defaultBackend"));
    for (var rule : ingress.list("spec.rules")) {
      for (var path : rule.list("http.paths")) {
        var url = rule.text("host", "*") + path.text("path", "/");
        backend(ingress, url, path.at("backend"));
        twice(ingress, url, path, routes);
      }
    }
    ofClass(ingress);
    for (var tls : ingress.list("spec.tls")) {
      var hosts =
          tls.texts("hosts").isEmpty()
              ? ingress.list("spec.rules").stream().map(r -> r.text("host")).toList()
              : tls.texts("hosts");
      tls.find("secretName").ifPresent(name -> certificate(ingress, name, hosts));
    }
  }

  private void twice(Json ingress, String url, Json path, Map<String, Json> routes) {
    var key = className(ingress) + " " + url + " " + path.text("pathType");
    var other = routes.putIfAbsent(key, ingress);
    if (other == null || other.uid().equals(ingress.uid())) {
      return;
    }
    faults.add(
        ingress.ref() + " route",
        Fault.warning(
            ingress.ref(),
            url
                + " goes to Service "
                + path.text("backend.service.name")
                + ", and "
                + other.ref()
                + " has the same host and path",
            "two ingresses want the same host and path: only one of them is served",
            "remove one, or change its host or path"));
  }

  private static String className(Json ingress) {
    return ingress.text("spec.ingressClassName", ingress.annotations().getOrDefault(OLD_CLASS, ""));
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
    var ref = "Service " + ingress.namespace() + "/" + name;
    faults.all().stream()
        .filter(fault -> fault.subject().equals(ref) || fault.finding().seen().contains(ref + " "))
        .findFirst()
        .ifPresent(fault -> fault.hence(ingress.ref() + ": " + url + " fails"));
  }

  private void missing(
      Json ingress, String url, String wanted, String name, List<String> services) {
    var near = Words.nearest(name, services);
    var elsewhere =
        snapshot.everywhere(Kind.SERVICE).stream()
            .filter(one -> one.name().equals(name))
            .map(Json::namespace)
            .findFirst()
            .map(ns -> "; one of that name is in namespace '" + ns + "', out of its reach")
            .orElse("");
    faults.add(
        Fault.error(
            ingress.ref(),
            url
                + " goes to Service '"
                + wanted
                + "', which does not exist; Services there: "
                + Words.joined(services)
                + elsewhere,
            "requests for "
                + url
                + " fail: no such Service"
                + near.map(other -> "; it is called '" + other + "'").orElse(""),
            near.map(other -> "send it to '" + other + "'").orElse("correct the backend")));
  }

  private void ofClass(Json ingress) {
    var classes = snapshot.list(Kind.INGRESS_CLASS);
    var names = classes.stream().map(Json::name).toList();
    var name = className(ingress);
    boolean served = !ingress.list("status.loadBalancer.ingress").isEmpty();
    if (!name.isEmpty() && !names.contains(name) && !served && !names.isEmpty()) {
      faults.add(
          ingress.ref() + " class",
          Fault.error(
              ingress.ref(),
              "ingressClassName '" + name + "'; classes there: " + Words.joined(names),
              "no controller serves that class"
                  + Words.nearest(name, names).map(o -> "; '" + o + "' is there").orElse(""),
              "correct the class"));
      return;
    }
    if (name.isEmpty()
        && !served
        && !names.isEmpty()
        && classes.stream().noneMatch(this::standard)) {
      faults.add(
          ingress.ref() + " class",
          Fault.warning(
              ingress.ref(),
              "no ingressClassName, and no IngressClass is the default; classes there: "
                  + Words.joined(names),
              "it has no class, so no controller may serve it",
              "set spec.ingressClassName"));
    }
  }

  private boolean standard(Json ingressClass) {
    return "true".equals(ingressClass.annotations().get(DEFAULT));
  }

  private void certificate(Json ingress, String name, List<String> hosts) {
    var known = snapshot.knownNames(Kind.SECRET, ingress.namespace());
    if (known.isPresent() && !known.get().contains(name)) {
      var names = List.copyOf(known.get());
      faults.add(
          ingress.ref() + " tls",
          Fault.error(
              ingress.ref(),
              "TLS Secret '" + name + "' does not exist; Secrets there: " + Words.joined(names),
              "the certificate is missing, so HTTPS fails or shows a default certificate"
                  + Words.nearest(name, names).map(o -> "; '" + o + "' is there").orElse(""),
              "create it, or see why cert-manager did not"));
      return;
    }
    new CertificateFaults(snapshot, faults).ofSecret(ingress, name, hosts);
  }
}
