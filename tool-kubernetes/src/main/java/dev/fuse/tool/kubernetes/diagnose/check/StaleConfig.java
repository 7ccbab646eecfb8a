package dev.fuse.tool.kubernetes.diagnose.check;

import dev.fuse.spi.Finding.Severity;
import dev.fuse.tool.kubernetes.api.ItemReader;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.seen.Check;
import dev.fuse.tool.kubernetes.diagnose.seen.Problem;
import dev.fuse.tool.kubernetes.diagnose.seen.Snapshot;
import dev.fuse.tool.kubernetes.look.Containers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pods that go on with what a ConfigMap or Secret held when they started: environment variables and
 * files mounted by subPath are never brought up to date.
 */
public final class StaleConfig implements Check {

  private static final Duration TOGETHER = Duration.ofSeconds(3);

  @Override
  public Stream<Problem> problems(Snapshot cluster) {
    if (cluster.wholeCluster()) {
      return Stream.empty();
    }
    var owners = cluster.owners();
    var running =
        cluster.list(Kind.POD).stream()
            .filter(pod -> pod.text("status.phase").equals("Running"))
            .filter(pod -> !pod.has("metadata.deletionTimestamp"))
            .toList();
    return owners.grouped(running).entrySet().stream()
        .flatMap(entry -> problem(cluster, entry.getKey(), entry.getValue().getFirst()).stream());
  }

  private static Optional<Problem> problem(Snapshot cluster, String workload, Json pod) {
    for (var use : uses(pod).entrySet()) {
      var kind = use.getKey().startsWith("Secret ") ? Kind.SECRET : Kind.CONFIG_MAP;
      var name = use.getKey().substring(use.getKey().indexOf(' ') + 1);
      var object =
          cluster.glimpse(kind, pod.namespace()).stream()
              .filter(one -> one.name().equals(name))
              .findFirst();
      var changed = object.flatMap(one -> time(one.text("metadata." + ItemReader.CHANGED_AT)));
      var started = started(pod);
      if (changed.isPresent()
          && started.isPresent()
          && changed.get().isAfter(started.get().plus(TOGETHER))) {
        var asked = cluster.asksAbout(name) || cluster.asksAbout(workload.replaceFirst(".*/", ""));
        return Optional.of(
            new Problem(
                asked ? Severity.WARNING : Severity.INFO,
                workload,
                use.getKey()
                    + " was changed at "
                    + changed.get()
                    + ", after its pods started ("
                    + started.get()
                    + "); they read it as "
                    + use.getValue(),
                "running pods keep the values from before: what is read as environment or mounted"
                    + " by subPath is not updated",
                "restart the pods (k8s_rollout restart), or mount the whole object without"
                    + " subPath",
                List.of()));
      }
    }
    return Optional.empty();
  }

  /** What the pod reads in ways that are never updated, with how. */
  private static Map<String, String> uses(Json pod) {
    var found = new LinkedHashMap<String, String>();
    for (var container : Containers.of(pod.at("spec"))) {
      for (var entry : container.list("env")) {
        var how = "variable " + entry.text("name");
        use(found, "ConfigMap ", entry.text("valueFrom.configMapKeyRef.name"), how);
        use(found, "Secret ", entry.text("valueFrom.secretKeyRef.name"), how);
      }
      for (var source : container.list("envFrom")) {
        use(found, "ConfigMap ", source.text("configMapRef.name"), "environment (envFrom)");
        use(found, "Secret ", source.text("secretRef.name"), "environment (envFrom)");
      }
      for (var mount : container.list("volumeMounts")) {
        if (mount.has("subPath")) {
          var how = mount.text("mountPath") + ", mounted with subPath " + mount.text("subPath");
          pod.list("spec.volumes").stream()
              .filter(volume -> volume.text("name").equals(mount.text("name")))
              .forEach(
                  volume -> {
                    use(found, "ConfigMap ", volume.text("configMap.name"), how);
                    use(found, "Secret ", volume.text("secret.secretName"), how);
                  });
        }
      }
    }
    return found;
  }

  private static void use(Map<String, String> found, String kind, String name, String how) {
    if (!name.isEmpty()) {
      found.putIfAbsent(kind + name, how);
    }
  }

  /** When the container that runs longest started. */
  private static Optional<Instant> started(Json pod) {
    return pod.list("status.containerStatuses").stream()
        .flatMap(status -> time(status.text("state.running.startedAt")).stream())
        .min(Instant::compareTo);
  }

  private static Optional<Instant> time(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
