package dev.fuse.tool.kubernetes.look;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.FactSource;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.ToolFailure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the cluster of this conversation is: its version, namespaces, who deploys to it and what
 * they manage; and which other contexts answer. What cannot be read is left out.
 */
public record ClusterFacts(Supplier<Access> access) implements FactSource {

  private static final Spec SPEC =
      new Spec(
          List.of(
              "kube-contexts",
              "kube-version",
              "kube-provider",
              "kube-nodes",
              "kube-namespaces",
              "kube-gitops",
              "kube-managed-by"),
          Cost.REMOTE);

  private static final int MOST_NAMES = 40;

  /** API groups that only the controllers of these tools bring. */
  private static final Map<String, String> CONTROLLERS =
      Map.of(
          "argoproj.io", "Argo CD",
          "kustomize.toolkit.fluxcd.io", "Flux",
          "helm.toolkit.fluxcd.io", "Flux",
          "fleet.cattle.io", "Fleet",
          "core.cnrm.cloud.google.com", "Config Connector",
          "configsync.gke.io", "Config Sync",
          "pkg.crossplane.io", "Crossplane");

  @Override
  public Spec spec() {
    return SPEC;
  }

  @Override
  public Map<String, String> read(PluginContext context) {
    var facts = new ConcurrentHashMap<String, String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var part :
          List.<Part>of(this::contexts, this::version, this::nodes, this::spaces, this::gitops)) {
        var _ = threads.submit(() -> known(part, facts));
      }
    }
    facts.values().removeIf(String::isBlank);
    return new TreeMap<>(facts);
  }

  /** Finds out some of the facts. */
  @FunctionalInterface
  private interface Part {
    void add(Map<String, String> facts);
  }

  private static void known(Part part, Map<String, String> facts) {
    try {
      part.add(facts);
    } catch (ToolFailure _) {
      return; // a fact that is not to be had is left out
    }
  }

  private Place place() {
    return access.get().place(Arguments.of());
  }

  private void contexts(Map<String, String> facts) {
    facts.put("kube-contexts", list(access.get().clusters().config().contexts()));
  }

  private void version(Map<String, String> facts) {
    var version = place().cluster().get("/version").text("gitVersion");
    facts.put("kube-version", version);
  }

  private void nodes(Map<String, String> facts) {
    var nodes = place().cluster().items(Kind.NODE, "", "");
    facts.put("kube-nodes", String.valueOf(nodes.size()));
    nodes.stream()
        .map(node -> node.text("spec.providerID").replaceFirst("://.*", ""))
        .filter(provider -> !provider.isEmpty())
        .findFirst()
        .ifPresent(provider -> facts.put("kube-provider", provider));
  }

  private void spaces(Map<String, String> facts) {
    var names = place().cluster().names(Kind.NAMESPACE, "").stream().map(Json::name).toList();
    facts.put("kube-namespaces", list(names));
  }

  private void gitops(Map<String, String> facts) {
    var place = place();
    var groups = access.get().discovery().kinds(place.cluster()).stream().map(Kind::group);
    facts.put(
        "kube-gitops",
        groups
            .flatMap(group -> Stream.ofNullable(CONTROLLERS.get(group)))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", ")));
    var managers = new TreeMap<String, Integer>();
    for (var kind : List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET)) {
      for (var workload : place.cluster().names(kind, "")) {
        Source.of(workload)
            .map(Source::manager)
            .ifPresent(by -> managers.merge(by, 1, Integer::sum));
      }
    }
    facts.put(
        "kube-managed-by",
        managers.entrySet().stream()
            .map(entry -> entry.getKey() + " (" + entry.getValue() + " workloads)")
            .collect(Collectors.joining(", ")));
  }

  private static String list(List<String> names) {
    var shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    return names.size() > MOST_NAMES
        ? shown + " and " + (names.size() - MOST_NAMES) + " more"
        : shown;
  }
}
