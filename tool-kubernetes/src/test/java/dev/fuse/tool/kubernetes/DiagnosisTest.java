package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Finding;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons on objects as a server holds them. */
class DiagnosisTest {

  @TempDir Path directory;

  @Test
  void what_looks_like_a_fault_and_is_none_is_not_told() throws Exception {
    try (var world =
        new Recorded(
            directory,
            Recorded.running(
                "web-1", "web", "env: [{name: CACHE_URL, value: 'redis://cache:6379'}]"),
            Recorded.running("cache-1", "cache", "ports: [{containerPort: 6379}]"),
            Recorded.service("cache", "cache", 6379),
            """
            kind: Pod
            metadata: {name: done-1, namespace: shop, uid: d, labels: {app: done}}
            spec: {nodeName: n1, containers: [{name: main, image: 'a/b:1'}]}
            status:
              phase: Succeeded
              containerStatuses: [{name: main, state: {terminated: {exitCode: 0, reason: Completed}}}]
            ---
            kind: Deployment
            metadata: {name: off, namespace: shop, uid: o}
            spec: {replicas: 0, selector: {matchLabels: {app: off}}, template: {metadata: {labels: {app: off}}, spec: {containers: [{name: main}]}}}
            ---
            kind: Service
            metadata: {name: off, namespace: shop, uid: os}
            spec: {selector: {app: off}, ports: [{port: 80}]}
            """)) {
      world.log("web-1", "ERROR cache:6379: connection refused, again\nconnected to cache\n");
      assertThat(world.faults()).isEmpty();
    }
  }

  @Test
  void a_policy_that_cuts_dns_is_laid_to_the_pod_that_cannot_resolve() throws Exception {
    try (var world =
        new Recorded(
            directory,
            Recorded.running("quotes-1", "quotes", ""),
            Recorded.running("rates-1", "rates", "ports: [{containerPort: 8080}]"),
            Recorded.service("rates", "rates", 8080),
            """
            kind: NetworkPolicy
            metadata: {name: only-rates, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: quotes}}
              policyTypes: [Egress]
              egress: [{to: [{podSelector: {matchLabels: {app: rates}}}]}]
            """)) {
      world.log("quotes-1", "ERROR dial tcp: lookup rates on 10.0.0.10:53: i/o timeout");
      assertThat(world.faults())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.subject()).isEqualTo("Pod shop/quotes-1");
                assertThat(finding.seen()).contains("'only-rates'", "app=rates", "UDP 53");
                assertThat(finding.cause()).contains("cut the pod off from cluster DNS");
              });
    }
  }

  @Test
  void a_binding_of_one_namespace_does_not_allow_what_is_asked_of_the_cluster() throws Exception {
    try (var world =
        new Recorded(
            directory,
            Recorded.running("watch-1", "watch", ""),
            """
            kind: ClusterRole
            metadata: {name: view}
            rules: [{apiGroups: [''], resources: [pods], verbs: [get, list]}]
            ---
            kind: RoleBinding
            metadata: {name: watch, namespace: shop}
            roleRef: {kind: ClusterRole, name: view}
            subjects: [{kind: ServiceAccount, name: watcher, namespace: shop}]
            """)) {
      world.log(
          "watch-1",
          "pods is forbidden: User \"system:serviceaccount:shop:watcher\" cannot list resource"
              + " \"pods\" in API group \"\" at the cluster scope");
      assertThat(world.faults())
          .singleElement()
          .satisfies(
              finding ->
                  assertThat(finding.seen())
                      .contains("get,list on pods", "only in namespace 'shop'", "whole cluster"));
    }
  }

  @Test
  void a_variable_that_is_missing_is_compared_with_those_there() throws Exception {
    try (var world =
        new Recorded(
            directory,
            Recorded.running("bill-1", "bill", "env: [{name: DATABASE_HOST, value: pg}]")
                .replace(
                    "ready: true, restartCount: 0, state: {running: {startedAt:"
                        + " '2026-01-01T00:00:00Z'}}",
                    "ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}},"
                        + " lastState: {terminated: {exitCode: 1, reason: Error}}"))) {
      world.log("bill-1", "required environment variable DB_HOST is not set");
      assertThat(world.faults())
          .singleElement()
          .satisfies(
              finding ->
                  assertThat(finding.cause())
                      .isEqualTo("variable DB_HOST is not set; DATABASE_HOST is"));
    }
  }

  @Test
  void many_alike_pending_pods_are_one_finding_with_their_number() throws Exception {
    var pods =
        IntStream.range(0, 40)
            .mapToObj(
                number ->
                    """
                    kind: Pod
                    metadata: {name: p-%d, namespace: shop, uid: p%d}
                    spec: {containers: [{name: main, resources: {requests: {cpu: '8'}}}]}
                    status:
                      phase: Pending
                      conditions: [{type: PodScheduled, status: 'False', message: '0/1 nodes are available: 1 Insufficient cpu.'}]
                    """
                        .formatted(number, number))
            .toArray(String[]::new);
    var node =
        """
        kind: Node
        metadata: {name: n1, uid: n1}
        status: {allocatable: {cpu: '4'}, conditions: [{type: Ready, status: 'True'}]}
        """;
    try (var world = new Recorded(directory, node, String.join("---\n", pods))) {
      assertThat(world.faults())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.seen())
                    .contains("40 pods of 40", "requests cpu 8", "4 allocatable");
                assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
              });
    }
  }

  @Test
  void what_follows_from_a_fault_stands_under_it() throws Exception {
    try (var world =
        new Recorded(
            directory,
            Recorded.running("b-1", "b", "")
                .replace("Running", "Pending")
                .replace("status: 'True'", "status: 'False'")
                .replace(
                    "state: {running: {startedAt: '2026-01-01T00:00:00Z'}}",
                    "state: {waiting: {reason: ImagePullBackOff, message: 'manifest unknown'}}")
                .replace("ready: true", "ready: false"),
            Recorded.running("a-1", "a", "env: [{name: B_URL, value: 'http://b'}]"),
            """
            kind: Service
            metadata: {name: b, namespace: shop, uid: sb}
            spec: {selector: {app: b}, ports: [{port: 80}]}
            """)) {
      assertThat(world.faults())
          .singleElement()
          .satisfies(
              finding ->
                  assertThat(finding.seen())
                      .contains("manifest unknown", "Service shop/b has no", "Pod shop/a-1"));
    }
  }
}
