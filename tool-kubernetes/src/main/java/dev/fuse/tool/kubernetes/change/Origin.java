package dev.fuse.tool.kubernetes.change;

import dev.fuse.spi.ToolFailure;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.look.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the source of a managed object is and how it is changed there, as far as the cluster tells.
 *
 * @param lines for the person and the model, the manager first
 */
record Origin(Source source, List<String> lines) {

  private static final String ARGO = "argoproj.io/v1alpha1/applications";

  Origin {
    lines = List.copyOf(lines);
  }

  /**
   * The source that puts a change of this object back; empty where there is none.
   *
   * <p>Argo CD's older way of tracking is a label that others use too, so its word is checked.
   */
  static Optional<Origin> of(Place place, Json live) {
    var source = Source.marked(live);
    if (source.isPresent()) {
      return source.map(one -> of(place, live, one));
    }
    var instance = live.labels().getOrDefault("app.kubernetes.io/instance", "");
    if (!instance.isEmpty()) {
      var application = named(place, "/apis/" + ARGO, instance);
      if (application.filter(one -> tracks(one, live)).isPresent()) {
        return Optional.of(of(place, live, new Source(Source.ARGO, instance, "")));
      }
    }
    return live.controller().map(owner -> owned(owner, live));
  }

  /** Fails with the way to the source, unless the person insists. */
  static void check(Place place, Json live, boolean insist) {
    if (insist) {
      return;
    }
    of(place, live)
        .ifPresent(
            origin -> {
              throw ToolFailure.invalid(
                  live.ref() + " is " + String.join("\n", origin.lines()),
                  "nothing was done. Propose the change at its source, with what is known of it"
                      + " above; if the person wants it here all the same, call again with"
                      + " insist=true");
            });
  }

  private static boolean tracks(Json application, Json live) {
    return application.list("status.resources").stream()
        .anyMatch(
            one ->
                one.text("kind").equals(live.kind())
                    && one.text("name").equals(live.name())
                    && one.text("namespace").equals(live.namespace()));
  }

  private static Origin owned(Json owner, Json live) {
    var source = new Source(owner.text("kind"), owner.text("name"), live.namespace());
    return new Origin(
        source,
        List.of(
            source.sentence(),
            "change " + owner.text("kind") + " " + owner.text("name") + ", which owns it"));
  }

  private static Origin of(Place place, Json live, Source source) {
    var lines = new ArrayList<String>();
    lines.add(source.sentence());
    switch (source.manager()) {
      case Source.ARGO -> argo(place, source, lines);
      case Source.FLUX -> kustomization(place, source, lines);
      case Source.FLUX_HELM -> helmRelease(place, source, lines);
      case Source.HELM -> helm(live, source, lines);
      case Source.CONFIG_CONNECTOR -> connector(live, lines);
      default -> lines.add("its objects: k8s_list; its own documentation says how");
    }
    return new Origin(source, lines);
  }

  private static void argo(Place place, Source source, List<String> lines) {
    var found = named(place, "/apis/" + ARGO, source.name());
    if (found.isEmpty()) {
      lines.add("Application '" + source.name() + "' was not found or may not be read");
      return;
    }
    var application = found.get();
    var sources = new ArrayList<>(application.list("spec.sources"));
    sources.add(application.at("spec.source"));
    for (var one : sources) {
      if (one.has("repoURL")) {
        lines.add(
            "Application "
                + application.namespace()
                + "/"
                + source.name()
                + ": "
                + repository(one));
      }
    }
    lines.add(
        application.bool("spec.syncPolicy.automated.selfHeal")
            ? "self-heal is on: a change by hand is put back within minutes"
            : application.has("spec.syncPolicy.automated")
                ? "it syncs by itself at the next commit, without self-heal until then"
                : "it syncs when somebody asks for it");
  }

  private static String repository(Json one) {
    return "repository "
        + one.text("repoURL")
        + one.find("path").map(path -> ", path " + path).orElse("")
        + one.find("chart").map(chart -> ", chart " + chart).orElse("")
        + one.find("targetRevision").map(revision -> ", revision " + revision).orElse("");
  }

  private static void kustomization(Place place, Source source, List<String> lines) {
    var path = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/" + source.namespace();
    var found = find(place, path + "/kustomizations/" + source.name());
    var where = source.namespace() + "/" + source.name();
    if (found.isEmpty()) {
      lines.add("Kustomization " + where + " was not found or may not be read");
      return;
    }
    var spec = found.get().at("spec");
    lines.add(
        "Kustomization "
            + where
            + ": "
            + reference(place, spec.at("sourceRef"), source.namespace())
            + ", path "
            + spec.text("path", "./")
            + ", every "
            + spec.text("interval", "?")
            + (spec.bool("suspend") ? ", suspended: nothing is put back now" : ""));
  }

  private static void helmRelease(Place place, Source source, List<String> lines) {
    var path = "/apis/helm.toolkit.fluxcd.io/v2/namespaces/" + source.namespace();
    var found = find(place, path + "/helmreleases/" + source.name());
    var chart = found.map(one -> one.at("spec.chart.spec")).orElse(Json.EMPTY);
    lines.add(
        "HelmRelease "
            + source.namespace()
            + "/"
            + source.name()
            + (found.isEmpty()
                ? " was not found or may not be read"
                : ": chart "
                    + chart.text("chart", "?")
                    + " from "
                    + reference(place, chart.at("sourceRef"), source.namespace())
                    + "; values are in its spec.values, which is itself in a repository"));
  }

  private static String reference(Place place, Json reference, String otherwise) {
    var namespace = reference.text("namespace", otherwise);
    var plural =
        reference.text("kind").toLowerCase(java.util.Locale.ROOT).replaceAll("y$", "ie") + "s";
    var path = "/apis/source.toolkit.fluxcd.io/v1/namespaces/" + namespace + "/" + plural;
    var url = find(place, path + "/" + reference.text("name")).map(one -> one.at("spec"));
    return url.map(
            spec ->
                "repository "
                    + spec.text("url")
                    + spec.find("ref.branch").map(branch -> ", branch " + branch).orElse(""))
        .orElse(reference.text("kind") + " " + namespace + "/" + reference.text("name"));
  }

  private static void helm(Json live, Source source, List<String> lines) {
    var namespace = source.namespace().isEmpty() ? live.namespace() : source.namespace();
    lines.add(
        "release "
            + source.name()
            + " in namespace "
            + namespace
            + live.labels().entrySet().stream()
                .filter(label -> label.getKey().equals("helm.sh/chart"))
                .map(label -> ", chart " + label.getValue())
                .findFirst()
                .orElse("")
            + ": change its values, then 'helm upgrade "
            + source.name()
            + " CHART -n "
            + namespace
            + " --reuse-values --set …'; 'helm get values "
            + source.name()
            + " -n "
            + namespace
            + "' shows them");
  }

  private static void connector(Json live, List<String> lines) {
    var project = live.annotations().get("cnrm.cloud.google.com/project-id");
    lines.add(
        "a change goes on to Google Cloud"
            + (project == null ? "" : ", project " + project)
            + (Danger.takesCloudResource(live)
                ? "; deleting it deletes the resource there"
                : "; deleting it leaves the resource there"));
  }

  private static Optional<Json> named(Place place, String path, String name) {
    return find(place, path + "?fieldSelector=" + Kind.encode("metadata.name=" + name))
        .flatMap(list -> list.list("items").stream().findFirst());
  }

  /** What cannot be read is not known; the change itself does not depend on it. */
  private static Optional<Json> find(Place place, String path) {
    try {
      return place.cluster().find(path);
    } catch (ToolFailure _) {
      return Optional.empty();
    }
  }
}
