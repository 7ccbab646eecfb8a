package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.SecretKeys;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.EventText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why an image is not pulled: the registry's own reason, and what it is compared with. */
record ImageFaults(Snapshot snapshot) {

  Fault fault(String workload, Json pod, String count) {
    var status =
        Containers.statuses(pod).stream()
            .filter(one -> one.text("state.waiting.reason").contains("Image"))
            .findFirst()
            .orElse(Json.EMPTY);
    var image =
        Containers.spec(pod, status.text("name")).map(spec -> spec.text("image")).orElse("");
    var said = reason(pod, status);
    var seen = count + " cannot pull '" + image + "': \"" + said + "\"";
    var lower = said.toLowerCase(Locale.ROOT);
    if (status.text("state.waiting.reason").equals("InvalidImageName")
        || lower.contains("invalid reference format")) {
      return Fault.error(
          workload,
          seen + earlier(pod, status.text("name"), image),
          "'" + image + "' is no image name (lower case, no blanks, one tag)",
          "correct the image's name");
    }
    if (status.text("state.waiting.reason").equals("ErrImageNeverPull")) {
      return Fault.error(
          workload,
          seen + "; imagePullPolicy Never, node " + pod.text("spec.nodeName"),
          "the image is not on the node, and imagePullPolicy Never forbids to pull it",
          "set imagePullPolicy to IfNotPresent, or load the image onto the nodes");
    }
    if (lower.contains("no match for platform") || lower.contains("no matching manifest")) {
      var node = snapshot.find(Kind.NODE, "", pod.text("spec.nodeName")).orElse(Json.EMPTY);
      return Fault.error(
          workload,
          seen
              + "; node "
              + node.name()
              + " is of architecture "
              + node.text("status.nodeInfo.architecture"),
          "the image is not built for the architecture of the node",
          "build it for that architecture, or select nodes by kubernetes.io/arch");
    }
    if (lower.contains("toomanyrequests") || lower.contains("rate limit")) {
      return Fault.error(
          workload,
          seen + secrets(pod),
          "the registry's rate limit is reached, as for pulls without an account",
          "pull with credentials or from a mirror; it heals by itself when the limit resets");
    }
    if (lower.contains("x509") || lower.contains("http response to https client")) {
      return Fault.error(
          workload,
          seen,
          "the node does not trust the registry's TLS, or the registry speaks plain HTTP",
          "give the nodes the registry's CA, or configure it as insecure in the runtime");
    }
    if (absent(lower)) {
      return Fault.error(
          workload,
          seen + earlier(pod, status.text("name"), image),
          "the registry has no such tag or repository (it is not a matter of credentials)",
          "set a tag that exists, or push it; k8s_rollout undo goes back to the revision before");
    }
    if (lower.matches("(?s).*(401|403|unauthorized|denied|authori[sz]ation|forbidden).*")) {
      return Fault.error(
          workload,
          seen + secrets(pod),
          sendsSome(pod)
              ? "the registry refuses the credentials that the pod sends" + unusable(pod)
              : "the registry refuses: the pod sends no credentials that it accepts",
          "name the pull secret in imagePullSecrets of the pod or of its service account");
    }
    if (lower.matches("(?s).*(no such host|timeout|connection refused|i/o).*")) {
      return Fault.error(
          workload,
          seen,
          "the node cannot reach the registry",
          "check the registry's host name in the image, the node's DNS and egress");
    }
    return Fault.error(workload, seen, "the image cannot be pulled", "check the image's name");
  }

  /** A pull secret that is missing or of another type is not sent at all. */
  private String unusable(Json pod) {
    var types = new SecretKeys(snapshot).types(pod.namespace());
    return names(pod.list("spec.imagePullSecrets")).stream()
        .filter(name -> !types.getOrDefault(name, "").startsWith("kubernetes.io/dockerc"))
        .findFirst()
        .filter(_ -> !types.isEmpty())
        .map(name -> ": pull secret '" + name + "' cannot be used (missing, or of another type)")
        .orElse("");
  }

  private static boolean sendsSome(Json pod) {
    return !pod.list("spec.imagePullSecrets").isEmpty();
  }

  private static boolean absent(String said) {
    return said.contains("not found")
        || said.contains("manifest unknown")
        || said.contains("name unknown");
  }

  private String reason(Json pod, Json status) {
    return snapshot.warnings(pod).reversed().stream()
        .filter(event -> event.reason().equals("Failed"))
        .map(EventText::message)
        .filter(message -> message.contains("pull"))
        .map(message -> message.replaceFirst("^Failed to pull image \"[^\"]*\": ", ""))
        .map(message -> message.replaceFirst("^(rpc error: code = \\w+ desc = )", "$1"))
        .findFirst()
        .orElseGet(() -> status.text("state.waiting.message", "ImagePullBackOff"));
  }

  /** The image of the same container in an older revision. */
  private String earlier(Json pod, String container, String image) {
    return snapshot.list(Kind.REPLICA_SET, pod.namespace()).stream()
        .filter(set -> sameOwner(set, pod))
        .flatMap(set -> Containers.of(set.at("spec.template.spec")).stream())
        .filter(spec -> spec.text("name").equals(container))
        .map(spec -> spec.text("image"))
        .filter(other -> !other.equals(image))
        .findFirst()
        .map(other -> "; the revision before used '" + other + "'")
        .orElse("");
  }

  private boolean sameOwner(Json set, Json pod) {
    var own =
        pod.controller()
            .flatMap(by -> snapshot.find(Kind.REPLICA_SET, pod.namespace(), by.text("name")))
            .flatMap(Json::controller)
            .map(by -> by.text("uid"))
            .orElse("none");
    return set.controller().filter(by -> by.text("uid").equals(own)).isPresent();
  }

  private String secrets(Json pod) {
    var account = pod.text("spec.serviceAccountName", "default");
    var ofAccount =
        snapshot
            .find(Kind.SERVICE_ACCOUNT, pod.namespace(), account)
            .map(one -> names(one.list("imagePullSecrets")))
            .orElse(List.of());
    var ofPod = names(pod.list("spec.imagePullSecrets"));
    var types = new SecretKeys(snapshot).types(pod.namespace());
    var there =
        types.entrySet().stream()
            .filter(one -> one.getValue().startsWith("kubernetes.io/dockerc"))
            .map(java.util.Map.Entry::getKey)
            .toList();
    return "; imagePullSecrets of the pod: "
        + shown(ofPod, types)
        + ", of service account '"
        + account
        + "': "
        + shown(ofAccount, types)
        + "; registry secrets in the namespace: "
        + shown(there, types);
  }

  /** Names of pull secrets, with what is wrong with each. */
  private static String shown(List<String> names, java.util.Map<String, String> types) {
    return names.isEmpty()
        ? "none"
        : names.stream()
            .map(
                name -> {
                  var type = types.getOrDefault(name, "");
                  if (type.isEmpty()) {
                    return "'" + name + "'" + (types.isEmpty() ? "" : " (does not exist)");
                  }
                  return type.startsWith("kubernetes.io/dockerc")
                      ? "'" + name + "'"
                      : "'" + name + "' (of type " + type + ", not kubernetes.io/dockerconfigjson)";
                })
            .collect(Collectors.joining(", "));
  }

  private static List<String> names(List<Json> references) {
    return references.stream().map(one -> one.text("name")).toList();
  }
}
