package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Finding.Severity;
import dev.fuse.tool.kubernetes.diagnose.seen.Causes;
import dev.fuse.tool.kubernetes.diagnose.seen.Fault;
import dev.fuse.tool.kubernetes.diagnose.seen.Faults;
import dev.fuse.tool.kubernetes.diagnose.seen.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CausesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 12})
  void a_client_of_any_of_many_services_is_a_consequence_of_the_one_crash(int service)
      throws Exception {
    var objects = new ArrayList<String>();
    objects.add(
        Recorded.running(
                "web-1", "web", "env: [{name: WEB_HOST, value: 'web-%d'}]".formatted(service))
            .replace("name: web-1", "name: client-1")
            .replace("u-web-1", "u-client-1")
            .replace("{app: web}", "{app: client}"));
    objects.add(
        """
        kind: Pod
        metadata: {name: web-1, namespace: shop, uid: u-web-1, labels: {app: web}}
        spec: {nodeName: n1, containers: [{name: main, image: 'a/b:1', ports: [{containerPort: 80}]}]}
        status:
          phase: Running
          conditions: [{type: Ready, status: 'False'}]
          containerStatuses:
          - name: main
            ready: false
            restartCount: 5
            state: {waiting: {reason: CrashLoopBackOff}}
            lastState: {terminated: {exitCode: 1, reason: Error}}
        """);
    for (int i = 1; i <= 12; i++) {
      objects.add(
          """
          kind: Service
          metadata: {name: web-%d, namespace: shop, uid: s-%d}
          spec: {clusterIP: 10.0.0.9, selector: {app: web}, ports: [{port: 80}]}
          """
              .formatted(i, i));
    }
    try (var world = new Recorded(directory, objects.toArray(String[]::new))) {
      assertThat(world.faults())
          .singleElement()
          .satisfies(finding -> assertThat(finding.subject()).isEqualTo("Pod shop/web-1"));
    }
  }

  @Test
  void what_points_at_each_other_ends_and_what_follows_is_told_with_the_root() {
    var faults = new Faults();
    Causes.join(
        List.of(
            symptom("Service shop/a", "Deployment shop/a"),
            new Problem(
                Severity.ERROR,
                "Deployment shop/a",
                "waits",
                "b is gone",
                "see b",
                List.of("Deployment shop/b")),
            new Problem(
                Severity.ERROR,
                "Deployment shop/b",
                "crashes",
                "no memory",
                "raise it",
                List.of("Deployment shop/a", "Deployment shop/b"))),
        faults);
    assertThat(faults.all()).hasSizeLessThanOrEqualTo(2);
    var alone = new Faults();
    alone.add(Fault.error("Deployment shop/b", "crashes", "no memory", "raise it"));
    Causes.join(
        List.of(
            symptom("Service shop/a", "Deployment shop/a"),
            symptom("Deployment shop/a", "Deployment shop/b"),
            symptom("Service shop/lonely", "Deployment shop/well")),
        alone);
    assertThat(alone.all())
        .singleElement()
        .satisfies(
            fault ->
                assertThat(fault.finding().seen())
                    .contains("Service shop/a is in trouble", "Deployment shop/a is in trouble")
                    .doesNotContain("lonely"));
  }

  @Test
  void of_two_problems_of_one_object_the_first_leads_and_the_second_follows() {
    var faults = new Faults();
    Causes.join(
        List.of(
            new Problem(Severity.ERROR, "Node n1", "is gone", "power", "plug it in", List.of()),
            new Problem(Severity.WARNING, "Node n1", "is full", "disk", "clean it", List.of())),
        faults);
    assertThat(faults.all())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.finding().cause()).isEqualTo("power");
              assertThat(fault.finding().seen()).isEqualTo("is gone. Hence: is full");
            });
  }

  private static Problem symptom(String about, String behind) {
    return new Problem(Severity.WARNING, about, "is in trouble", "", "", List.of(behind));
  }
}
