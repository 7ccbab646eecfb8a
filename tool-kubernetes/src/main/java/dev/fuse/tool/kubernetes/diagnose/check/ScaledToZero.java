package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.ItemReader;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Words;
import dev.fuse.tool.kubernetes.diagnose.seen.Check;
import dev.fuse.tool.kubernetes.diagnose.seen.Dependencies;
import dev.fuse.tool.kubernetes.diagnose.seen.Problem;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A workload of which no pod is wanted, though others are told to use it, or it is asked about. */
public final class ScaledToZero implements Check {

  @Override
  public Stream<Problem> problems(Snapshot cluster) {
    var dependencies = Dependencies.of(cluster);
    return Stream.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET)
        .flatMap(kind -> cluster.list(kind).stream())
        .filter(one -> one.number("spec.replicas", 1) == 0)
        .flatMap(one -> problem(cluster, dependencies, one).stream());
  }

  private static Optional<Problem> problem(
      Snapshot cluster, Dependencies dependencies, Json workload) {
    var users =
        cluster.list(Kind.SERVICE, workload.namespace()).stream()
            .filter(
                service -> Dependencies.backing(cluster, service).equals(List.of(workload.ref())))
            .flatMap(service -> dependencies.users(service.ref()).stream())
            .distinct()
            .toList();
    if (users.isEmpty() && !cluster.asksAbout(workload.name())) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.error(
            workload,
            "0 replicas are wanted, so it has no pod"
                + (users.isEmpty() ? "" : "; told to use it: " + Words.joined(users))
                + changed(workload)
                + scalers(cluster, workload),
            "it is scaled to 0",
            "scale it up (k8s_scale); if it was scaled down on purpose, correct those that use"
                + " it"));
  }

  private static String changed(Json workload) {
    var at = workload.text("metadata." + ItemReader.CHANGED_AT);
    var writers =
        workload.texts(ItemReader.WRITTEN_AS).stream()
            .map(one -> one.replaceFirst(" .*", ""))
            .filter(one -> !one.equals("kube-controller-manager"))
            .distinct()
            .collect(Collectors.joining(", "));
    return at.isEmpty() ? "" : "; its spec was last changed at " + at + ", written by " + writers;
  }

  private static String scalers(Snapshot cluster, Json workload) {
    return cluster.list(Kind.AUTOSCALER, workload.namespace()).stream()
        .filter(one -> one.text("spec.scaleTargetRef.name").equals(workload.name()))
        .map(one -> "; " + one.ref() + " does not act while 0 are wanted")
        .collect(Collectors.joining());
  }
}
