package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.testkit.RecordedCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes against a real control plane. */
class ChangeTest {

  @TempDir Path directory;
  private Space space;

  @BeforeEach
  void make_a_namespace() throws Exception {
    space = Space.create(directory);
  }

  @AfterEach
  void remove_it() throws Exception {
    if (space != null) {
      space.close();
    }
  }

  @Test
  void a_new_image_is_looked_at_until_its_pods_are_ready_and_is_taken_back() throws Exception {
    space.deployment("web", 2);
    space.service("web");
    var done =
        space.run("k8s_set_image", "kind", "deploy", "name", "web", "image", "example.com/a:2");
    assertThat(done.text()).contains("2 of 2 pods updated, 2 ready", "Service web has 2 ready");
    var undo = done.undo().orElseThrow();
    var back = space.prepare(undo);
    assertThat(back.version()).isEqualTo(undo.precondition());
    space.run(undo);
    assertThat(space.yaml("deploy", "web")).contains("example.com/a:1");
  }

  @Test
  void an_undo_does_not_fit_what_was_changed_since() throws Exception {
    space.deployment("web", 0);
    var undo =
        space
            .run("k8s_set_image", "kind", "deploy", "name", "web", "image", "example.com/a:2")
            .undo()
            .orElseThrow();
    space.run("k8s_label", "kind", "deploy", "name", "web", "labels", Map.of("a", "b"));
    assertThat(space.prepare(undo).version()).isNotEqualTo(undo.precondition());
  }

  @Test
  void a_bad_image_is_said_not_to_take_with_the_registrys_reason() throws Exception {
    space.deployment("web", 1);
    var bad = "registry.example.com/shop/catalog:2.7.0-rc"; // a rule of the test control plane
    var done = space.run("k8s_set_image", "kind", "deploy", "name", "web", "image", bad);
    assertThat(done.text()).contains("it does not take", "ImagePullBackOff");
    assertThat(done.undo()).isPresent();
  }

  @Test
  void what_the_server_refuses_is_never_proposed() throws Exception {
    space.deployment("web", 0);
    assertThatThrownBy(
            () ->
                space.prepare(
                    "k8s_patch",
                    "kind",
                    "deploy",
                    "name",
                    "web",
                    "patch",
                    "spec: {selector: {matchLabels: {app: other}}}"))
        .hasMessageContaining("spec.selector: Invalid value");
  }

  @Test
  void somebody_who_changes_it_while_the_person_is_asked_is_not_overwritten() throws Exception {
    space.deployment("web", 0);
    var asked = space.prepare("k8s_scale", "kind", "deploy", "name", "web", "replicas", 3L);
    space.run("k8s_set_image", "kind", "deploy", "name", "web", "image", "example.com/a:9");
    assertThatThrownBy(() -> asked.body().run(RecordedCall.create()))
        .hasMessageContaining("has changed since it was looked at")
        .hasMessageContaining("example.com/a:9");
    assertThat(space.yaml("deploy", "web")).contains("replicas: 0");
  }

  @Test
  void status_that_moves_meanwhile_is_no_change() throws Exception {
    space.deployment("web", 1);
    var asked = space.prepare("k8s_scale", "kind", "deploy", "name", "web", "replicas", 2L);
    space.run("k8s_rollout", "kind", "deploy", "name", "web", "action", "restart");
    var after = space.prepare("k8s_scale", "kind", "deploy", "name", "web", "replicas", 2L);
    assertThat(after.version()).isNotEqualTo(asked.version());
    assertThat(space.run("k8s_scale", "kind", "deploy", "name", "web", "replicas", 2L).text())
        .contains("2 of 2 pods updated, 2 ready");
  }

  @Test
  void an_object_of_argo_is_changed_only_where_the_person_insists() throws Exception {
    space.deployment("web", 0);
    var id =
        Map.of("argocd.argoproj.io/tracking-id", "shop:apps/Deployment:" + space.name() + "/web");
    space.run("k8s_label", "kind", "deploy", "name", "web", "annotations", id);
    assertThatThrownBy(
            () -> space.prepare("k8s_scale", "kind", "deploy", "name", "web", "replicas", 1L))
        .hasMessageContaining("managed by Argo CD 'shop'");
    var insisted =
        space.run("k8s_scale", "kind", "deploy", "name", "web", "replicas", 1L, "insist", true);
    space.run(insisted.undo().orElseThrow());
    assertThat(space.yaml("deploy", "web")).contains("replicas: 0");
  }

  @Test
  void a_helm_release_is_named_with_the_command_that_changes_it() throws Exception {
    space.deployment("web", 0);
    space.run(
        "k8s_label",
        "kind",
        "deploy",
        "name",
        "web",
        "annotations",
        Map.of(
            "meta.helm.sh/release-name", "shop", "meta.helm.sh/release-namespace", space.name()));
    assertThatThrownBy(
            () -> space.prepare("k8s_set_image", "kind", "deploy", "name", "web", "image", "a:2"))
        .hasMessageContaining("helm upgrade shop CHART -n " + space.name());
  }

  @Test
  void what_a_controller_owns_is_changed_at_its_owner() throws Exception {
    space.deployment("web", 1);
    var set = space.names("rs").getFirst();
    assertThatThrownBy(() -> space.prepare("k8s_scale", "kind", "rs", "name", set, "replicas", 0L))
        .hasMessageContaining("change Deployment web, which owns it");
  }

  @Test
  void a_manifest_that_stops_half_way_says_what_was_applied_and_keeps_its_undo() throws Exception {
    space.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: old}, data: {x: '1'}}");
    var action =
        space.prepare(
            "k8s_apply",
            "manifest",
            """
            {apiVersion: v1, kind: ConfigMap, metadata: {name: old}, data: {x: '2', y: '3'}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: new}, data: {x: '1'}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: taken}, data: {x: '1'}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: last}}
            """);
    space.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: taken}, data: {mine: '1'}}");
    var failed = (ToolResult.Failed) action.body().run(RecordedCall.create());
    assertThat(failed.kind()).isEqualTo(ToolResult.Kind.CONFLICT);
    assertThat(failed.problem())
        .contains("line 5")
        .contains("applied before it: update ConfigMap old, create ConfigMap new")
        .contains("not applied after it: create ConfigMap last");
    var undo = failed.undo().orElseThrow();
    assertThat(space.prepare(undo).version()).isEqualTo(undo.precondition());
    space.run(undo);
    assertThat(space.names("cm")).contains("old", "taken").doesNotContain("new", "last");
    assertThat(space.yaml("cm", "old")).contains("x: \"1\"").doesNotContain("y:");
  }

  @Test
  void an_error_in_a_manifest_is_told_with_its_line() {
    assertThatThrownBy(
            () ->
                space.prepare(
                    "k8s_apply",
                    "manifest",
                    """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: a
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: b
                    spec:
                      replcas: 2
                    """))
        .hasMessageContaining("line 11")
        .hasMessageContaining("replcas");
    assertThatThrownBy(() -> space.prepare("k8s_apply", "manifest", "a: 1\nb: [1\nc: 2\n"))
        .hasMessageContaining("not YAML in line 3");
    assertThat(space.names("cm")).doesNotContain("a");
  }

  @Test
  void fields_of_another_manager_are_a_conflict_that_names_it() throws Exception {
    space.foreign(
        "kubectl", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '1'}}");
    var theirs = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '2'}}";
    assertThatThrownBy(() -> space.prepare("k8s_apply", "manifest", theirs))
        .isInstanceOfSatisfying(
            ToolFailure.class,
            failure -> {
              assertThat(failure.result().kind()).isEqualTo(ToolResult.Kind.CONFLICT);
              assertThat(failure.result().problem()).contains("\"kubectl\"", ".data.x");
              assertThat(failure.result().hint()).contains("force=true");
            });
    space.run("k8s_apply", "manifest", theirs, "force", true);
    assertThat(space.yaml("cm", "a")).contains("x: \"2\"");
  }

  @Test
  void a_variable_goes_back_to_where_it_came_from() throws Exception {
    space.deployment("web", 0);
    space.run(
        "k8s_set_env", "kind", "deploy", "name", "web", "from_secret", Map.of("DB", "db/password"));
    var done =
        space.run(
            "k8s_set_env", "kind", "deploy", "name", "web", "env", Map.of("DB", "none", "B", "1"));
    assertThat(space.yaml("deploy", "web"))
        .contains("value: \"none\"")
        .doesNotContain("secretKeyRef");
    space.run(done.undo().orElseThrow());
    assertThat(space.yaml("deploy", "web"))
        .contains("secretKeyRef")
        .doesNotContain("none", "name: \"B\"");
  }

  @Test
  void a_deleted_deployment_and_service_are_made_again() throws Exception {
    space.deployment("web", 1);
    space.service("web");
    for (var kind : List.of("deploy", "svc")) {
      var action = space.prepare("k8s_delete", "kind", kind, "name", "web");
      var shown = action.preview().orElseThrow().get().body();
      assertThat(shown).contains(kind.equals("svc") ? "ready endpoints" : "goes with it: 1 Pod");
      space.run(space.run("k8s_delete", "kind", kind, "name", "web").undo().orElseThrow());
      assertThat(space.names(kind)).contains("web");
    }
  }

  @Test
  void the_preview_of_a_change_tells_what_it_reaches() throws Exception {
    space.deployment("web", 2);
    space.service("web");
    space.apply(
        "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec:"
            + " {minAvailable: 2, selector: {matchLabels: {app: web}}}}");
    space.apply(
        "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web}, spec:"
            + " {minReplicas: 2, maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind:"
            + " Deployment, name: web}}}");
    assertThat(space.preview("k8s_scale", "kind", "deploy", "name", "web", "replicas", 0L))
        .contains("ends 2 of its 2 pods")
        .contains("Service web is left without endpoints")
        .contains("HorizontalPodAutoscaler web sets replicas itself, between 2 and 5")
        .contains("PodDisruptionBudget web allows")
        .contains("-spec.replicas: 2", "+spec.replicas: 0");
  }

  @Test
  void a_finalizer_is_not_taken_off_lightly() throws Exception {
    space.apply(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [example.com/x]}}");
    var patch =
        space.prepare(
            "k8s_patch", "kind", "cm", "name", "a", "patch", "metadata: {finalizers: null}");
    assertThat(patch.effects().getFirst().risk()).isEqualTo(Risk.CRITICAL);
    patch.body().run(RecordedCall.create());
  }

  @Test
  void a_person_without_the_right_is_told_before_anything_is_proposed() {
    var viewer = space.as("viewer");
    assertThatThrownBy(
            () ->
                viewer.prepare(
                    "k8s_delete",
                    "namespace",
                    space.name(),
                    "kind",
                    "cm",
                    "name",
                    "kube-root-ca.crt"))
        .hasMessageContaining("you may not delete configmaps 'kube-root-ca.crt'");
  }
}
