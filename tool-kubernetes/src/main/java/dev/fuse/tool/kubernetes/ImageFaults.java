package dev.fuse.tool.kubernetes;

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
    if (lower.contains("not found") || lower.contains("manifest unknown")) {
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
          "the registry refuses: the pod sends no credentials that it accepts",
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
    var there = registrySecrets(pod.namespace());
    return "; imagePullSecrets of the pod: "
        + shown(ofPod)
        + ", of service account '"
        + account
        + "': "
        + shown(ofAccount)
        + "; registry secrets in the namespace: "
        + shown(there);
  }

  /** By the server's columns, which tell a Secret's type and never its value. */
  private List<String> registrySecrets(String namespace) {
    try {
      var table = new Table(false, false);
      table.add(
          snapshot
              .place()
              .cluster()
              .get(Kind.SECRET.path(namespace) + "?limit=500", Cluster.TABLE));
      return table.rows().stream()
          .filter(row -> row.text().contains("kubernetes.io/dockerc"))
          .map(row -> row.cells().getFirst())
          .toList();
    } catch (dev.fuse.spi.ToolFailure failure) {
      snapshot.notChecked("secrets: " + failure.result().problem());
      return List.of();
    }
  }

  private static List<String> names(List<Json> references) {
    return references.stream().map(one -> one.text("name")).toList();
  }

  private static String shown(List<String> names) {
    return names.isEmpty()
        ? "none"
        : names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }
}
