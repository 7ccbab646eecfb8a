package dev.fuse.tool.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fuse.spi.Action;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.Undo;
import dev.fuse.testkit.RecordedCall;
import dev.fuse.tool.kubernetes.api.Access;
import dev.fuse.tool.kubernetes.api.Cluster;
import dev.fuse.tool.kubernetes.api.Clusters;
import dev.fuse.tool.kubernetes.api.Discovery;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Place;
import dev.fuse.tool.kubernetes.change.Took;
import dev.fuse.tool.kubernetes.look.Containers;
import dev.fuse.tool.kubernetes.look.Manifest;
import dev.fuse.tool.kubernetes.look.Pods;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A namespace of a test's own in the cluster that KUBECONFIG names. */
final class Space implements AutoCloseable {

  private final Path directory;
  private final Bench bench;
  private final Access access;
  private final String name = "fuse-test-" + UUID.randomUUID();

  private Space(Path directory, Bench bench) {
    this.directory = directory;
    this.bench = bench;
    this.access = new Access(new Clusters(bench.context), new Discovery());
  }

  static Space create(Path directory) throws Exception {
    assumeTrue(TestCluster.whole(), "skipped: KUBECONFIG names no cluster with controllers here");
    var space = new Space(directory, Bench.real(directory));
    space.bench.run(
        "k8s_apply",
        "manifest",
        "{apiVersion: v1, kind: Namespace, metadata: {name: " + space.name + "}}");
    return space;
  }

  /** The same cluster for another person of the test control plane. */
  Bench as(String person) {
    var file = Path.of(System.getenv("KUBECONFIG")).resolveSibling("kubeconfig-" + person);
    assumeTrue(Files.exists(file), "skipped: " + file + " is not there");
    return new Bench(directory, Map.of("KUBECONFIG", file.toString()));
  }

  String name() {
    return name;
  }

  Bench bench() {
    return bench;
  }

  /** Whether a workload has a ready pod. */
  boolean ready(String named) {
    return Pods.named(place(), named).stream().anyMatch(Containers::ready);
  }

  Action prepare(String tool, Object... pairs) {
    return bench.prepare(tool, here(pairs));
  }

  Action prepare(Undo undo) {
    return bench.prepare(undo.tool(), pairs(undo.arguments()));
  }

  ToolResult.Ok run(String tool, Object... pairs) throws Exception {
    return bench.run(tool, here(pairs));
  }

  ToolResult.Ok run(Undo undo) throws Exception {
    return bench.run(undo.tool(), pairs(undo.arguments()));
  }

  String preview(String tool, Object... pairs) {
    return prepare(tool, pairs).preview().orElseThrow().get().body();
  }

  void apply(String manifest) throws Exception {
    run("k8s_apply", "manifest", manifest);
  }

  /** Applies as somebody else does. */
  void foreign(String manager, String manifest) {
    var wanted = Manifest.read(manifest).getFirst().value();
    var kind = access.kind(place(), wanted.kind());
    place()
        .cluster()
        .change(
            "PATCH",
            kind.path(name, wanted.name()) + "?fieldManager=" + manager,
            "application/apply-patch+yaml",
            wanted.fields());
  }

  Place place() {
    return access.place(Arguments.of("namespace", name));
  }

  void deployment(String named, int replicas) throws Exception {
    apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: NAME}
        spec:
          replicas: COUNT
          selector: {matchLabels: {app: NAME}}
          template:
            metadata: {labels: {app: NAME}}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
              - name: main
                image: example.com/a:1
                ports: [{containerPort: 8080}]
        """
            .replace("NAME", named)
            .replace("COUNT", String.valueOf(replicas)));
  }

  void service(String named) throws Exception {
    apply(
        "{apiVersion: v1, kind: Service, metadata: {name: "
            + named
            + "}, spec: {selector: {app: "
            + named
            + "}, ports: [{port: 80, targetPort: 8080}]}}");
  }

  String yaml(String kind, String named) throws Exception {
    return run("k8s_get", "kind", kind, "name", named).text();
  }

  List<String> names(String kind) {
    var place = place();
    return place.cluster().names(access.kind(place, kind), name).stream().map(Json::name).toList();
  }

  /** Waits, bounded, until something holds. */
  void until(java.util.function.BooleanSupplier holds) {
    var end = Instant.now().plusSeconds(20);
    while (!holds.getAsBoolean() && Instant.now().isBefore(end)) {
      Took.ended(RecordedCall.create());
    }
    if (!holds.getAsBoolean()) {
      throw new AssertionError("did not come to hold within 20 s");
    }
  }

  private Object[] here(Object... pairs) {
    var all = new ArrayList<Object>(List.of("namespace", name));
    all.addAll(List.of(pairs));
    return all.toArray();
  }

  private static Object[] pairs(Map<String, Object> arguments) {
    var pairs = new ArrayList<Object>();
    new LinkedHashMap<>(arguments)
        .forEach(
            (key, value) -> {
              pairs.add(key);
              pairs.add(value);
            });
    return pairs.toArray();
  }

  @Override
  public void close() {
    place()
        .cluster()
        .change(
            "DELETE",
            Kind.NAMESPACE.path("", name),
            Cluster.JSON,
            Map.of("kind", "DeleteOptions", "apiVersion", "v1"));
  }
}
