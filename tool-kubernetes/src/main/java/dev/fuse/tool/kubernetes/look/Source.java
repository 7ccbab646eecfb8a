package dev.fuse.tool.kubernetes.look;

import dev.fuse.tool.kubernetes.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What manages an object, so that a change made by hand is put back.
 *
 * @param manager such as {@code Argo CD}
 * @param name the application, release or owner there
 * @param namespace of the application or release; empty where it is not told
 */
public record Source(String manager, String name, String namespace) {

  public static final String ARGO = "Argo CD";
  public static final String FLUX = "Flux";
  public static final String FLUX_HELM = "Flux HelmRelease";
  public static final String HELM = "Helm";
  public static final String CONFIG_CONNECTOR = "Config Connector";
  static final String CONFIG_SYNC = "Config Sync";
  static final String ADDON = "addon manager";

  /** A label or annotation that names a manager's thing, and the one with its namespace. */
  private record Mark(String manager, String key, String namespaceKey) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark(ARGO, "argocd.argoproj.io/tracking-id", ""),
          new Mark(ARGO, "argocd.argoproj.io/instance", ""),
          new Mark(
              FLUX, "kustomize.toolkit.fluxcd.io/name", "kustomize.toolkit.fluxcd.io/namespace"),
          new Mark(FLUX_HELM, "helm.toolkit.fluxcd.io/name", "helm.toolkit.fluxcd.io/namespace"),
          new Mark(HELM, "meta.helm.sh/release-name", "meta.helm.sh/release-namespace"),
          new Mark(CONFIG_SYNC, "configsync.gke.io/declared-fields", ""),
          new Mark(CONFIG_SYNC, "configmanagement.gke.io/managed", ""),
          new Mark(ADDON, "addonmanager.kubernetes.io/mode", ""),
          new Mark("kapp", "kapp.k14s.io/app", ""),
          new Mark("Operator Lifecycle", "olm.owner", "olm.owner.namespace"));

  /** Words of {@code app.kubernetes.io/managed-by} that name no manager of objects. */
  private static final Pattern NO_MANAGER =
      Pattern.compile("kubectl|fuse|helm|.*-controller", Pattern.CASE_INSENSITIVE);

  public static Optional<Source> of(Json object) {
    var marked = marked(object);
    return marked.isPresent()
        ? marked
        : object
            .controller()
            .map(owner -> new Source(owner.text("kind"), owner.text("name"), object.namespace()));
  }

  /** What outside the cluster, or an operator's pack in it, declares this object. */
  public static Optional<Source> marked(Json object) {
    var marks = object.annotations();
    object.labels().forEach(marks::putIfAbsent);
    for (var mark : MARKS) {
      var value = marks.get(mark.key());
      if (value != null && !value.equals("disabled") && !value.equals("EnsureExists")) {
        return Optional.of(of(mark, value, marks));
      }
    }
    if (object.text("apiVersion").contains(".cnrm.cloud.google.com/")) {
      return Optional.of(new Source(CONFIG_CONNECTOR, object.name(), object.namespace()));
    }
    var by = marks.getOrDefault("app.kubernetes.io/managed-by", "");
    return by.isEmpty() || NO_MANAGER.matcher(by).matches()
        ? Optional.empty()
        : Optional.of(new Source(by, marks.getOrDefault("app.kubernetes.io/instance", by), ""));
  }

  private static Source of(Mark mark, String value, Map<String, String> marks) {
    var namespace = marks.getOrDefault(mark.namespaceKey(), "");
    if (mark.key().equals("argocd.argoproj.io/tracking-id")) {
      return new Source(ARGO, value.replaceFirst(":.*", ""), "");
    }
    if (mark.manager().equals(CONFIG_SYNC) || mark.manager().equals(ADDON)) {
      return new Source(mark.manager(), "", "");
    }
    return new Source(mark.manager(), value, namespace);
  }

  public String sentence() {
    var what = "managed by " + manager + (name.isEmpty() ? "" : " '" + name + "'");
    return switch (manager) {
      case HELM -> what + ": the next upgrade of the release puts a change by hand back";
      case CONFIG_CONNECTOR -> what + ": it stands for a resource of Google Cloud";
      default -> what + ": change it there, or it is put back";
    };
  }
}
