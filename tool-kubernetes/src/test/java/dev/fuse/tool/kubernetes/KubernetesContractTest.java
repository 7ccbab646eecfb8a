package dev.fuse.tool.kubernetes;

import dev.fuse.spi.FusePlugin;
import dev.fuse.testkit.ToolContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class KubernetesContractTest extends ToolContract {

  private static final String MANIFEST =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, labels: {app: web}}
      spec:
        replicas: 0
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: main, image: 'example.com/a:1'}]}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: odd, annotations: {note: "\\e[2J\\u202e\\r\\n"}}
      data: {screen: "\\e[31mred\\r\\n\\u200b"}
      ---
      {apiVersion: v1, kind: ServiceAccount, metadata: {name: default}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: lone}
      spec: {containers: [{name: main, image: 'example.com/a:1'}]}
      """;

  private final String space = "fuse-test-" + UUID.randomUUID();

  @TempDir Path directory;
  private @Nullable Bench bench;

  @AfterEach
  void remove_what_was_made() throws Exception {
    if (bench != null) {
      bench.run("k8s_delete", "kind", "Namespace", "name", space);
    }
  }

  @Override
  protected FusePlugin plugin() {
    return new KubernetesPlugin();
  }

  @Override
  protected FusePlugin opened() throws Exception {
    if (bench == null) {
      bench = Bench.real(directory);
      bench.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + space + "}}");
      for (var document : MANIFEST.split("(?m)^---$", -1)) {
        bench.apply(document, "namespace", space);
      }
      if (TestCluster.whole()) {
        bench.run("k8s_wait", pairs("for", "rollout", "kind", "deploy", "name", "web"));
      }
    }
    return bench.plugin;
  }

  @Override
  protected Path world() {
    return directory;
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        Sample.of("k8s_diagnose", "namespace", space),
        here("k8s_list", "kind", "deploy", "grep", "web", "limit", 1L),
        here("k8s_list", "kind", "cm", "count_by", "DATA"),
        web("k8s_get", "fields", List.of("spec.replicas")),
        here("k8s_get", "kind", "cm", "name", "odd"),
        here("k8s_describe", "kind", "cm", "name", "odd"),
        here("k8s_logs", "name", "web", "since", "10m", "grep", "x"),
        here("k8s_events", "kind", "deploy", "name", "web", "normal", true),
        Sample.of("k8s_contexts"),
        here("k8s_can_i", "verb", "get", "kind", "pods", "subject", "serviceaccount:default"),
        web("k8s_rollout_status"),
        here("k8s_top", "selector", "app=web"),
        Sample.of("k8s_explain", "kind", "deploy", "field", "spec.strategy"),
        here("k8s_diff", "manifest", MANIFEST),
        web("k8s_wait", "for", "create", "seconds", 1L),
        web("k8s_scale", "replicas", 0L),
        web("k8s_rollout", "action", "restart"),
        web("k8s_set_image", "container", "main", "image", "example.com/a:2"),
        web("k8s_set_resources", "container", "main", "limits", Map.of("memory", "1Gi")),
        web("k8s_set_env", "container", "main", "env", Map.of("A", "b")),
        web("k8s_label", "labels", Map.of("a", "b")),
        Sample.of("k8s_cordon", "name", "worker-1"),
        web("k8s_patch", "patch", "spec: {paused: true}"),
        here("k8s_apply", "manifest", MANIFEST),
        web("k8s_delete"),
        here("k8s_create", "kind", "serviceaccount", "name", "bot"),
        here("k8s_create_secret", "name", "db", "key", "password", "value", "env:HOME"),
        Sample.of("k8s_drain", "name", "worker-1", "delete_local_data", true, "unmanaged", true),
        Sample.of("k8s_taint", "name", "worker-1", "key", "a", "effect", "NoSchedule"),
        here("k8s_exec", "name", "lone", "argv", List.of("ls")),
        here(
            "k8s_copy", "name", "lone", "direction", "from_pod", "pod_path", "/etc/x", "path", "x"),
        here("k8s_port_forward", "name", "lone", "port", 8080L),
        here("k8s_debug", "name", "lone", "image", "busybox:1.37"),
        Sample.of(
            "k8s_restore",
            "objects",
            List.of(Map.of("kind", "deploy", "name", "web", "namespace", space))));
  }

  private Sample web(String tool, Object... more) {
    var pairs = new ArrayList<Object>(List.of("kind", "deploy", "name", "web"));
    pairs.addAll(List.of(more));
    return here(tool, pairs.toArray());
  }

  private Sample here(String tool, Object... more) {
    return Sample.of(tool, pairs(more));
  }

  private Object[] pairs(Object... more) {
    var pairs = new ArrayList<Object>(List.of(more));
    pairs.addAll(List.of("namespace", space));
    return pairs.toArray();
  }
}
