package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Check;
import dev.fuse.tool.kubernetes.diagnose.seen.Problem;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Experiments of Chaos Mesh that run: what they select is broken on purpose. */
public final class ChaosExperiments implements Check {

  private static final String GROUP = "chaos-mesh.org";
  private static final List<String> KINDS =
      List.of(
          "PodChaos",
          "NetworkChaos",
          "StressChaos",
          "IOChaos",
          "HTTPChaos",
          "DNSChaos",
          "TimeChaos",
          "JVMChaos",
          "KernelChaos");
  private static final String PAUSED = "experiment.chaos-mesh.org/pause";

  @Override
  public Stream<Problem> problems(Snapshot cluster) {
    var versions = cluster.served().getOrDefault(GROUP, List.of());
    if (versions.isEmpty()) {
      return Stream.empty();
    }
    return KINDS.stream()
        .map(
            kind ->
                Kind.of(
                    GROUP,
                    versions.getFirst(),
                    kind.toLowerCase(java.util.Locale.ROOT),
                    kind,
                    true))
        .flatMap(kind -> cluster.elsewhere(kind).stream())
        .filter(one -> !"true".equals(one.annotations().get(PAUSED)))
        .filter(one -> !one.text("status.experiment.desiredPhase").equals("Stop"))
        .flatMap(one -> problems(cluster, one));
  }

  private static Stream<Problem> problems(Snapshot cluster, Json experiment) {
    var targets = targets(cluster, experiment, "spec.selector");
    if (targets.isEmpty()) {
      return Stream.empty();
    }
    var others = targets(cluster, experiment, "spec.target.selector");
    var root =
        Problem.error(
            experiment,
            what(experiment)
                + " for "
                + Words.joined(List.copyOf(targets))
                + (others.isEmpty() ? "" : " towards " + Words.joined(List.copyOf(others))),
            "a chaos experiment is running: it breaks these pods on purpose",
            "delete the experiment, or pause it (annotation " + PAUSED + "=true)");
    return Stream.concat(
        Stream.of(root),
        targets.stream()
            .map(
                target ->
                    new Problem(
                        root.severity(),
                        target,
                        "is broken by it",
                        "",
                        "",
                        List.of(experiment.ref()))));
  }

  private static String what(Json experiment) {
    var action = experiment.text("spec.action", String.join(", ", stressors(experiment)));
    var amount =
        Stream.of(
                "spec.delay.latency",
                "spec.loss.loss",
                "spec.corrupt.corrupt",
                "spec.delay",
                "spec.errno",
                "spec.code",
                "spec.timeOffset")
            .flatMap(path -> experiment.find(path).stream())
            .findFirst();
    return "injects "
        + (action.isEmpty() ? experiment.kind() : action)
        + amount.map(one -> " (" + one + ")").orElse("");
  }

  private static Set<String> stressors(Json experiment) {
    return experiment.at("spec.stressors").fields().keySet();
  }

  private static Set<String> targets(Snapshot cluster, Json experiment, String path) {
    var namespaces = experiment.texts(path + ".namespaces");
    var labels = experiment.map(path + ".labelSelectors");
    var pods = experiment.at(path + ".pods").fields();
    if (!experiment.has(path)) {
      return Set.of();
    }
    var found = new LinkedHashSet<String>();
    var owners = cluster.owners();
    for (var pod : cluster.list(Kind.POD)) {
      boolean within =
          namespaces.isEmpty()
              ? pod.namespace().equals(experiment.namespace()) || !pods.isEmpty()
              : namespaces.contains(pod.namespace());
      boolean named =
          pods.isEmpty()
              || (pods.get(pod.namespace()) instanceof List<?> names && names.contains(pod.name()));
      if (within && named && pod.labels().entrySet().containsAll(labels.entrySet())) {
        found.add(owners.of(pod));
      }
    }
    return found;
  }
}
