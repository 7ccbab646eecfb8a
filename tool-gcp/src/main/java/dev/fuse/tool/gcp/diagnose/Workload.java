package dev.fuse.tool.gcp.diagnose;

import dev.fuse.tool.gcp.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runs pods, and what its pods are.
 *
 * @param kind as Kubernetes writes it
 * @param spec of the pod; empty where only a Kubernetes service account is known
 * @param texts values of variables and arguments by where they stand
 */
record Workload(String kind, String namespace, String name, Json spec, Map<String, String> texts) {

  /** What an object's pods are; empty where the object has none. */
  static Optional<Workload> of(Json object) {
    var kind = object.text("kind");
    var spec =
        switch (kind) {
          case "Pod" -> object.at("spec");
          case "CronJob" -> object.at("spec.jobTemplate.spec.template.spec");
          default -> object.at("spec.template.spec");
        };
    if (spec.list("containers").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Workload(
            kind,
            object.text("metadata.namespace"),
            object.text("metadata.name"),
            spec,
            texts(spec)));
  }

  /** A Kubernetes service account of which no workload is known. */
  static Workload ofAccount(String namespace, String name) {
    var spec = Json.of("serviceAccountName", name);
    return new Workload("ServiceAccount", namespace, name, spec, Map.of());
  }

  private static Map<String, String> texts(Json spec) {
    var texts = new LinkedHashMap<String, String>();
    containers(spec)
        .forEach(
            container -> {
              container.list("env").forEach(one -> texts.put(one.text("name"), one.text("value")));
              int at = 0;
              for (var word : container.texts("args")) {
                texts.put("args " + at++, word);
              }
              for (var word : container.texts("command")) {
                texts.put("command " + at++, word);
              }
            });
    spec.list("volumes").stream()
        .filter(one -> one.text("csi.driver").equals("gcsfuse.csi.storage.gke.io"))
        .forEach(
            one ->
                texts.put(
                    "volume " + one.text("name"),
                    "gs://" + one.text("csi.volumeAttributes.bucketName")));
    return texts;
  }

  private static Stream<Json> containers(Json spec) {
    return Stream.concat(spec.list("containers").stream(), spec.list("initContainers").stream());
  }

  /** The same workload with values of the ConfigMaps that it reads. */
  Workload with(Map<String, String> more) {
    var all = new LinkedHashMap<>(texts);
    all.putAll(more);
    return new Workload(kind, namespace, name, spec, all);
  }

  /** Names of ConfigMaps that its variables come from. */
  List<String> configMaps() {
    return containers(spec)
        .flatMap(
            container ->
                Stream.concat(
                    container.list("envFrom").stream().map(one -> one.text("configMapRef.name")),
                    container.list("env").stream()
                        .map(one -> one.text("valueFrom.configMapKeyRef.name"))))
        .filter(one -> !one.isEmpty())
        .distinct()
        .toList();
  }

  String account() {
    return spec.find("serviceAccountName").or(() -> spec.find("serviceAccount")).orElse("default");
  }

  /** {@code namespace/account}, as Workload Identity writes it. */
  String identity() {
    return namespace + "/" + account();
  }

  List<String> images() {
    return containers(spec)
        .map(one -> one.text("image"))
        .filter(one -> !one.isEmpty())
        .distinct()
        .toList();
  }

  boolean hostNetwork() {
    return spec.truth("hostNetwork");
  }

  /** The pool that a token of its own is for, where it projects one. */
  Optional<String> projectedPool() {
    return spec.list("volumes").stream()
        .flatMap(volume -> volume.list("projected.sources").stream())
        .map(source -> source.text("serviceAccountToken.audience"))
        .map(audience -> audience.replaceFirst("^identitynamespace:", ""))
        .map(audience -> audience.replaceFirst("(svc\\.id\\.goog).*$", "$1"))
        .map(audience -> audience.replaceFirst("^.*workloadIdentityPools/", ""))
        .filter(audience -> audience.endsWith(".svc.id.goog"))
        .findFirst();
  }

  /** The Secret that holds a Google key for it, where its credentials come from a file of one. */
  Optional<String> keySecret() {
    var file = texts.getOrDefault("GOOGLE_APPLICATION_CREDENTIALS", "");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    var mounts = new ArrayList<Json>();
    containers(spec).forEach(one -> mounts.addAll(one.list("volumeMounts")));
    return mounts.stream()
        .filter(mount -> file.startsWith(mount.text("mountPath")))
        .flatMap(
            mount ->
                spec.list("volumes").stream()
                    .filter(volume -> volume.text("name").equals(mount.text("name"))))
        .map(volume -> volume.text("secret.secretName"))
        .filter(one -> !one.isEmpty())
        .findFirst();
  }

  String words() {
    return kind + " " + namespace + "/" + name;
  }
}
