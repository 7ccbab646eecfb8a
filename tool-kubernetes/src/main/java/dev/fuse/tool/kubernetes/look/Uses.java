package dev.fuse.tool.kubernetes.look;

import dev.fuse.tool.kubernetes.api.Json;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a pod refers to in its namespace: {@code configmaps/NAME}, {@code secrets/NAME} and so on.
 */
public final class Uses {

  private Uses() {}

  public static Set<String> of(Json pod) {
    var uses = new TreeSet<String>();
    var spec = pod.at("spec");
    for (var container : Containers.of(spec)) {
      for (var from : container.list("envFrom")) {
        add(uses, "configmaps", from.text("configMapRef.name"));
        add(uses, "secrets", from.text("secretRef.name"));
      }
      for (var one : container.list("env")) {
        add(uses, "configmaps", one.text("valueFrom.configMapKeyRef.name"));
        add(uses, "secrets", one.text("valueFrom.secretKeyRef.name"));
      }
    }
    for (var volume : spec.list("volumes")) {
      volume(uses, volume);
      volume.list("projected.sources").forEach(source -> volume(uses, source));
    }
    spec.list("imagePullSecrets").forEach(one -> add(uses, "secrets", one.text("name")));
    add(uses, "serviceaccounts", spec.text("serviceAccountName"));
    return uses;
  }

  private static void volume(Set<String> uses, Json volume) {
    add(uses, "configmaps", volume.text("configMap.name"));
    add(uses, "secrets", volume.text("secret.secretName"));
    add(uses, "secrets", volume.text("secret.name"));
    add(uses, "persistentvolumeclaims", volume.text("persistentVolumeClaim.claimName"));
  }

  private static void add(Set<String> uses, String plural, String name) {
    if (!name.isEmpty()) {
      uses.add(plural + "/" + name);
    }
  }
}
