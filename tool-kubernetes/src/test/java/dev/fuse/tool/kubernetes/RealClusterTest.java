package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.spi.Finding;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealClusterTest {

  private final String space = "fuse-test-" + UUID.randomUUID();

  private static final String HELM = "{meta.helm.sh/release-name: shop}";

  @TempDir Path directory;
  private Bench bench;

  @BeforeEach
  void make_a_namespace() throws Exception {
    bench = Bench.real(directory);
    apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + space + "}}");
  }

  @AfterEach
  void remove_it() throws Exception {
    if (bench != null) {
      bench.run("k8s_delete", "kind", "Namespace", "name", space);
    }
  }

  @Test
  void an_empty_namespace_has_no_fault() throws Exception {
    assertThat(bench.run("k8s_diagnose", "namespace", space).findings()).isEmpty();
  }

  @Test
  void a_selector_is_compared_with_the_labels_there() throws Exception {
    apply(service("web", "app: website", "80"));
    apply(deployment("web", "1"));
    assertThat(bench.run("k8s_diagnose", "namespace", space).findings())
        .filteredOn(finding -> finding.subject().startsWith("Service"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
              assertThat(finding.seen()).contains("app=website", "app=web");
            });
  }

  @Test
  void a_preview_changes_nothing() throws Exception {
    apply(deployment("web", "0"));
    var scale =
        bench.prepare(
            "k8s_scale", "namespace", space, "kind", "deploy", "name", "web", "replicas", 2L);
    assertThat(scale.preview().orElseThrow().get().body())
        .contains("-spec.replicas: 0", "+spec.replicas: 2");
    var delete = bench.prepare("k8s_delete", "namespace", space, "kind", "deploy", "name", "web");
    assertThat(delete.preview().orElseThrow().get().body()).contains("Deployment");
    assertThat(bench.run("k8s_get", "namespace", space, "kind", "deploy", "name", "web").text())
        .contains("replicas: 0");
  }

  @Test
  void a_change_of_what_was_changed_meanwhile_is_refused() throws Exception {
    apply(deployment("web", "0"));
    var seen =
        bench.prepare(
            "k8s_scale", "namespace", space, "kind", "deploy", "name", "web", "replicas", 2L);
    bench.run("k8s_scale", "namespace", space, "kind", "deploy", "name", "web", "replicas", 1L);
    assertThatThrownBy(() -> seen.body().run(dev.fuse.testkit.RecordedCall.create()))
        .isInstanceOf(ToolFailure.class)
        .hasMessageContaining("has changed since it was looked at");
  }

  @Test
  void an_undo_puts_back_what_was_there() throws Exception {
    apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '1'}}");
    var done =
        bench.run(
            "k8s_patch",
            "namespace",
            space,
            "kind",
            "cm",
            "name",
            "a",
            "patch",
            "data: {x: '2', y: '3'}");
    var undo = done.undo().orElseThrow();
    bench.run(undo.tool(), pairs(undo.arguments()));
    assertThat(bench.run("k8s_get", "namespace", space, "kind", "cm", "name", "a").text())
        .contains("x: \"1\"")
        .doesNotContain("y:");
  }

  @Test
  void a_secret_is_told_without_its_values_unless_they_are_asked_for() throws Exception {
    bench.run(
        "k8s_create_secret", "namespace", space, "name", "s", "key", "key", "value", "hunter22");
    var plain = bench.run("k8s_get", "namespace", space, "kind", "secret", "name", "s");
    assertThat(plain.text()).contains("(8 bytes)").doesNotContain("hunter22", "aHVudGVyMjI");
    var read =
        bench.run("k8s_get", "namespace", space, "kind", "secret", "name", "s", "values", true);
    assertThat(read.secrets()).extracting(secret -> secret.value()).contains("hunter22");
  }

  @Test
  void what_cannot_be_brought_back_is_critical() {
    var delete = bench.prepare("k8s_delete", "kind", "ns", "name", space);
    assertThat(delete.effects().getFirst().risk()).isEqualTo(Risk.CRITICAL);
    assertThatThrownBy(() -> bench.prepare("k8s_delete", "kind", "deploy", "name", "*"))
        .hasMessageContaining("does not name one object");
  }

  @Test
  void names_are_listed_with_where_they_are_and_who_manages_them() throws Exception {
    apply(
        deployment("web", "0")
            .replace("{name: web}, spec", "{name: web, annotations: " + HELM + "}, spec"));
    assertThat(bench.names().missing()).isEmpty();
    assertThat(bench.names().items())
        .anySatisfy(
            item -> {
              assertThat(item.kind() + " " + item.name()).isEqualTo("Deployment web");
              assertThat(item.coordinates()).containsEntry("namespace", space);
              assertThat(item.details()).containsEntry("by", "Helm");
            })
        .anySatisfy(item -> assertThat(item.name()).isEqualTo("kube-system"));
  }

  @Test
  void a_misspelt_kind_and_name_are_answered_with_what_was_meant() {
    assertThatThrownBy(() -> bench.prepare("k8s_list", "kind", "netwrkpolicies"))
        .hasMessageContaining("did you mean 'networkpolicies.networking.k8s.io'");
    assertThatThrownBy(() -> bench.run("k8s_diagnose", "namespace", space + "x"))
        .hasMessageContaining("did you mean '" + space);
  }

  private void apply(String manifest) throws Exception {
    bench.run("k8s_apply", "namespace", space, "manifest", manifest);
  }

  private static String service(String name, String selector, String target) {
    return "{apiVersion: v1, kind: Service, metadata: {name: "
        + name
        + "}, spec: {selector: {"
        + selector
        + "}, ports: [{port: 80, targetPort: "
        + target
        + "}]}}";
  }

  private static String deployment(String name, String replicas) {
    return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: "
        + name
        + "}, spec: {replicas: "
        + replicas
        + ", selector: {matchLabels: {app: "
        + name
        + "}}, template: {metadata: {labels:"
        + " {app: "
        + name
        + "}}, spec: {containers: [{name: main, image: 'example.com/a:1'}]}}}}";
  }

  private static Object[] pairs(java.util.Map<String, Object> arguments) {
    return arguments.entrySet().stream()
        .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
        .toArray();
  }
}
