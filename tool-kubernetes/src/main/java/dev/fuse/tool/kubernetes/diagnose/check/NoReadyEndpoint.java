package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Check;
import dev.fuse.tool.kubernetes.diagnose.seen.Problem;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Service whose pods are all unready; what is wrong with the pods or their nodes is the cause.
 */
public final class NoReadyEndpoint implements Check {

  @Override
  public Stream<Problem> problems(Snapshot cluster) {
    return cluster.list(Kind.SERVICE).stream().flatMap(one -> problem(cluster, one).stream());
  }

  private static Optional<Problem> problem(Snapshot cluster, Json service) {
    var selector = service.map("spec.selector");
    if (selector.isEmpty() || service.text("spec.type").equals("ExternalName")) {
      return Optional.empty();
    }
    var pods =
        cluster.list(Kind.POD, service.namespace()).stream()
            .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
            .filter(pod -> !Containers.ended(pod))
            .toList();
    if (pods.isEmpty() || pods.stream().anyMatch(Containers::ready)) {
      return Optional.empty();
    }
    var owners = cluster.owners();
    var behind =
        Stream.concat(
                pods.stream().map(owners::of),
                pods.stream().map(pod -> "Node " + pod.text("spec.nodeName")))
            .distinct()
            .toList();
    return Optional.of(
        Problem.warning(service, "has no ready endpoint", "", "").behind(List.copyOf(behind)));
  }
}
