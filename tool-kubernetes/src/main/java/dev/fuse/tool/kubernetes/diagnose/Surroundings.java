package dev.fuse.tool.kubernetes.diagnose;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.diagnose.why.PolicyCheck;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What stands beside the workloads of a namespace, a line each: Services, claims, rules, rights.
 */
record Surroundings(Snapshot snapshot) {

  List<String> lines() {
    var lines = new ArrayList<String>();
    snapshot.list(Kind.SERVICE).forEach(service -> lines.add(service(service)));
    snapshot.list(Kind.INGRESS).forEach(ingress -> lines.add(ingress(ingress)));
    snapshot.list(Kind.CLAIM).forEach(claim -> lines.add(claim(claim)));
    snapshot.list(Kind.POLICY).forEach(policy -> lines.add(policy(policy)));
    snapshot.list(Kind.QUOTA).forEach(quota -> lines.add(quota(quota)));
    lines.addAll(accounts());
    return lines;
  }

  /** Port → targetPort → what the containers have, so that the chain can be compared. */
  private String service(Json service) {
    var selector = service.map("spec.selector");
    var pods =
        snapshot.list(Kind.POD, service.namespace()).stream()
            .filter(_ -> !selector.isEmpty())
            .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
            .toList();
    var there = new LinkedHashSet<String>();
    for (var pod : pods) {
      for (var container : Containers.of(pod.at("spec"))) {
        container.list("ports").forEach(port -> there.add(port.text("containerPort")));
      }
    }
    var ports =
        service.list("spec.ports").stream()
            .map(port -> port.text("port") + "→" + port.text("targetPort", port.text("port")))
            .collect(Collectors.joining(","));
    return "Service "
        + service.name()
        + type(service)
        + ": selector "
        + Containers.labels(selector)
        + " ("
        + pods.size()
        + " pods); "
        + ports
        + (there.isEmpty() ? "" : "→" + String.join(",", there))
        + "; ready endpoints "
        + snapshot.readyEndpoints(service.namespace(), service.name());
  }

  private static String type(Json service) {
    var type = service.text("spec.type");
    return type.isEmpty() || type.equals("ClusterIP") ? "" : " (" + type + ")";
  }

  private static String ingress(Json ingress) {
    return "Ingress "
        + ingress.name()
        + ": class "
        + ingress.text("spec.ingressClassName", "none")
        + "; "
        + ingress.list("spec.rules").stream()
            .flatMap(
                rule ->
                    rule.list("http.paths").stream()
                        .map(
                            path ->
                                rule.text("host", "*")
                                    + path.text("path", "/")
                                    + "→"
                                    + path.text("backend.service.name")
                                    + ":"
                                    + path.text(
                                        "backend.service.port.number",
                                        path.text("backend.service.port.name"))))
            .collect(Collectors.joining(", "));
  }

  private static String claim(Json claim) {
    return "Claim "
        + claim.name()
        + ": "
        + claim.text("status.phase")
        + " "
        + claim.text("spec.resources.requests.storage")
        + " class "
        + claim.text("spec.storageClassName", "none")
        + claim.find("spec.volumeName").map(volume -> " volume " + volume).orElse("");
  }

  private static String policy(Json policy) {
    var selector = Containers.query(policy.at("spec.podSelector"));
    var types =
        PolicyCheck.types(policy).stream()
            .map(
                type -> {
                  var side = type.equals("Ingress") ? "from" : "to";
                  var rules = policy.list("spec." + type.toLowerCase(Locale.ROOT));
                  return type
                      + " "
                      + (rules.isEmpty()
                          ? "nothing"
                          : rules.stream()
                              .limit(3)
                              .map(rule -> PolicyCheck.words(rule, side))
                              .collect(Collectors.joining(" or ")));
                })
            .collect(Collectors.joining("; "));
    return "NetworkPolicy "
        + policy.name()
        + ": pods "
        + (selector.isEmpty() ? "all" : selector)
        + " allow "
        + types;
  }

  private static String quota(Json quota) {
    Map<String, String> used = quota.map("status.used");
    return "ResourceQuota "
        + quota.name()
        + ": "
        + quota.map("status.hard").entrySet().stream()
            .map(
                hard ->
                    hard.getKey()
                        + " "
                        + used.getOrDefault(hard.getKey(), "?")
                        + " of "
                        + hard.getValue())
            .collect(Collectors.joining(", "));
  }

  /** The roles bound to the service accounts that pods run as, but for the default one. */
  private List<String> accounts() {
    var accounts =
        snapshot.list(Kind.POD).stream()
            .map(pod -> pod.text("spec.serviceAccountName", "default"))
            .filter(name -> !name.equals("default"))
            .distinct()
            .limit(5)
            .toList();
    return accounts.stream().map(this::account).toList();
  }

  private String account(String name) {
    var bound =
        snapshot.list(Kind.ROLE_BINDING).stream()
            .filter(
                binding ->
                    binding.list("subjects").stream()
                        .anyMatch(
                            one ->
                                one.text("kind").equals("ServiceAccount")
                                    && one.text("name").equals(name)))
            .map(
                binding ->
                    binding.text("roleRef.kind")
                        + " "
                        + binding.text("roleRef.name")
                        + rules(binding))
            .toList();
    return "ServiceAccount "
        + name
        + ": "
        + (bound.isEmpty() ? "no role of this namespace" : String.join(", ", bound));
  }

  private String rules(Json binding) {
    if (!binding.text("roleRef.kind").equals("Role")) {
      return "";
    }
    return snapshot.find(Kind.ROLE, binding.namespace(), binding.text("roleRef.name")).stream()
        .flatMap(role -> role.list("rules").stream())
        .limit(3)
        .map(
            rule ->
                String.join(",", rule.texts("verbs"))
                    + " "
                    + String.join(",", rule.texts("resources")))
        .collect(Collectors.joining("; ", " (", ")"));
  }
}
