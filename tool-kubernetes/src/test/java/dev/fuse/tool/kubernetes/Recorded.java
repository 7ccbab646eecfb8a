package dev.fuse.tool.kubernetes;

import dev.fuse.spi.Finding;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Objects in namespace {@code shop} of a server that holds nothing else, to be diagnosed. */
final class Recorded implements AutoCloseable {

  private static final List<Kind> KINDS =
      List.of(
          Kind.POD,
          Kind.DEPLOYMENT,
          Kind.REPLICA_SET,
          Kind.SERVICE,
          Kind.SLICE,
          Kind.POLICY,
          Kind.INGRESS,
          Kind.INGRESS_CLASS,
          Kind.SECRET,
          Kind.CONFIG_MAP,
          Kind.NODE,
          Kind.NAMESPACE,
          Kind.EVENT,
          Kind.ROLE_BINDING,
          Kind.CLUSTER_ROLE,
          Kind.CLUSTER_ROLE_BINDING,
          Kind.JOB,
          Kind.CRON_JOB);
  private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---$");

  private final FakeApi api = new FakeApi();
  private final Bench bench;

  /**
   * @param objects YAML documents with everything that a server would have set
   */
  Recorded(Path directory, String... objects) throws IOException {
    bench = api.bench(directory);
    Map<String, List<Object>> byKind = new LinkedHashMap<>();
    for (var text : DOCUMENTS.split(String.join("\n---\n", objects), -1)) {
      Map<?, ?> object = Serialization.unmarshal(text, Map.class);
      byKind
          .computeIfAbsent(String.valueOf(object.get("kind")), _ -> new ArrayList<>())
          .add(object);
    }
    for (var kind : KINDS) {
      var items = byKind.getOrDefault(kind.name(), List.of());
      var body = Serialization.asJson(Map.of("kind", "List", "metadata", Map.of(), "items", items));
      api.json(kind.path("shop"), body);
      api.json(kind.path(""), body);
      for (var item : items) {
        api.json(kind.path("shop", Json.of(item).name()), Serialization.asJson(item));
      }
    }
  }

  /** What the containers of a pod have written. */
  Recorded log(String pod, String lines) {
    api.answer(
        Kind.POD.path("shop", pod) + "/log",
        exchange -> FakeApi.send(exchange, 200, "text/plain", lines));
    return this;
  }

  /** What is found, without what is only worth knowing. */
  List<Finding> faults(Object... arguments) throws Exception {
    return bench.run("k8s_diagnose", arguments).findings().stream()
        .filter(finding -> finding.severity() != Finding.Severity.INFO)
        .toList();
  }

  String digest(Object... arguments) throws Exception {
    return bench.run("k8s_diagnose", arguments).text();
  }

  static String running(String name, String app, String spec) {
    return """
    kind: Pod
    metadata: {name: %s, namespace: shop, uid: u-%s, labels: {app: %s}}
    spec: {nodeName: n1, containers: [{name: main, image: 'a/b:1'%s}]}
    status:
      phase: Running
      conditions: [{type: Ready, status: 'True'}]
      containerStatuses:
      - {name: main, ready: true, restartCount: 0, state: {running: {startedAt: '2026-01-01T00:00:00Z'}}}
    """
        .formatted(name, name, app, spec.isEmpty() ? "" : ", " + spec);
  }

  static String service(String name, String app, int port) {
    return """
    kind: Service
    metadata: {name: %s, namespace: shop, uid: s-%s}
    spec: {clusterIP: 10.0.0.9, selector: {app: %s}, ports: [{port: %d}]}
    ---
    kind: EndpointSlice
    metadata: {name: %s-1, namespace: shop, labels: {kubernetes.io/service-name: %s}}
    endpoints: [{conditions: {ready: true}}]
    """
        .formatted(name, name, app, port, name, name)
        .strip();
  }

  @Override
  public void close() {
    api.close();
  }
}
