package dev.fuse.tool.kubernetes;

import java.util.Optional;

/**
 * What manages an object, so that a change made by hand is put back.
 *
 * @param manager such as {@code Argo CD}
 * @param name the application, release or owner there
 */
record Source(String manager, String name) {

  static Optional<Source> of(Json object) {
    var labels = object.labels();
    var notes = object.annotations();
    if (notes.containsKey("argocd.argoproj.io/tracking-id")) {
      var id = notes.getOrDefault("argocd.argoproj.io/tracking-id", "");
      return Optional.of(new Source("Argo CD", id.replaceFirst(":.*", "")));
    }
    if (labels.containsKey("argocd.argoproj.io/instance")) {
      return Optional.of(
          new Source("Argo CD", labels.getOrDefault("argocd.argoproj.io/instance", "")));
    }
    if (labels.containsKey("kustomize.toolkit.fluxcd.io/name")) {
      return Optional.of(
          new Source("Flux", labels.getOrDefault("kustomize.toolkit.fluxcd.io/name", "")));
    }
    if (labels.containsKey("helm.toolkit.fluxcd.io/name")) {
      return Optional.of(
          new Source("Flux", labels.getOrDefault("helm.toolkit.fluxcd.io/name", "")));
    }
    if (notes.containsKey("meta.helm.sh/release-name")) {
      return Optional.of(new Source("Helm", notes.getOrDefault("meta.helm.sh/release-name", "")));
    }
    if (object.text("apiVersion").contains("cnrm.cloud.google.com")) {
      return Optional.of(new Source("Config Connector", object.name()));
    }
    return object.controller().map(owner -> new Source(owner.text("kind"), owner.text("name")));
  }

  String sentence() {
    return "managed by " + manager + " '" + name + "': change it there, or it is put back";
  }
}
