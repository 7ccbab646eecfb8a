package dev.fuse.tool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.tool.kubernetes.api.ItemReader;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.diagnose.check.CertificateFaults;
import dev.fuse.tool.kubernetes.diagnose.check.RouteFaults;
import dev.fuse.tool.kubernetes.diagnose.seen.Address;
import dev.fuse.tool.kubernetes.diagnose.seen.CronTimes;
import dev.fuse.tool.kubernetes.diagnose.seen.Sign;
import dev.fuse.tool.kubernetes.diagnose.why.PolicyCheck;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ComparisonsTest {

  @Test
  void a_list_is_read_without_what_the_server_keeps_and_alike_parts_are_one() {
    var page =
        """
        {"kind":"PodList","metadata":{"continue":"next"},"items":[%s,%s]}\
        """
            .formatted(pod("a"), pod("b"));
    var more = new StringBuilder();
    var items =
        new ItemReader(new JsonMapper(), Kind.POD)
            .read(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), more::append);
    assertThat(more).hasToString("next");
    assertThat(items).extracting(Json::ref).containsExactly("Pod a", "Pod b");
    assertThat(items.getFirst().texts(ItemReader.WRITTEN_AS))
        .containsExactly("helm apps/v1beta1", "kubectl v1");
    assertThat(items.getFirst().annotations()).isEmpty();
    assertThat(items.getFirst().has("metadata.managedFields")).isFalse();
    assertThat(items.getFirst().value("spec")).isSameAs(items.get(1).value("spec"));
  }

  private static String pod(String name) {
    return """
    {"metadata":{"name":"%s","managedFields":[{"manager":"helm","apiVersion":"apps/v1beta1",
      "fieldsV1":{"f:spec":{}}}],"annotations":{"kubectl.kubernetes.io/last-applied-configuration":
      "{\\"apiVersion\\":\\"v1\\"}"}},"spec":{"volumes":[{"name":"kube-api-access-%s1234"}]}}\
    """
        .formatted(name, name);
  }

  @Test
  void a_schedule_comes_due_as_cron_says() {
    assertThat(due("*/5 * * * *", "2026-03-01T10:01:00Z")).isEqualTo("2026-03-01T10:05:00Z");
    assertThat(due("0 3 * * mon-fri", "2026-03-06T04:00:00Z")).isEqualTo("2026-03-09T03:00:00Z");
    assertThat(due("30 1 1 jan *", "2026-03-06T04:00:00Z")).isEqualTo("2027-01-01T01:30:00Z");
    assertThat(due("0 0 13 * 5", "2026-03-07T00:00:00Z")).isEqualTo("2026-03-13T00:00:00Z");
    assertThat(CronTimes.of("every day")).isEmpty();
  }

  private static String due(String schedule, String after) {
    return CronTimes.of(schedule)
        .orElseThrow()
        .after(Instant.parse(after))
        .orElseThrow()
        .toString();
  }

  @Test
  void an_address_is_within_its_block() {
    assertThat(PolicyCheck.within("10.1.0.0/16", "10.1.200.3")).isTrue();
    assertThat(PolicyCheck.within("10.1.0.0/17", "10.1.200.3")).isFalse();
    assertThat(PolicyCheck.within("fd00::/8", "fd12::1")).isTrue();
    assertThat(PolicyCheck.within("10.0.0.0/8", "fd12::1")).isFalse();
  }

  @Test
  void names_of_hosts_meet_as_certificates_and_gateways_say() {
    assertThat(CertificateFaults.covers("*.example.com", "a.example.com")).isTrue();
    assertThat(CertificateFaults.covers("*.example.com", "a.b.example.com")).isFalse();
    assertThat(RouteFaults.meets("*.example.com", "a.b.example.com")).isTrue();
    assertThat(RouteFaults.meets("a.example.com", "b.example.com")).isFalse();
  }

  @Test
  void hosts_are_found_where_people_write_them() {
    var container =
        Json.of(
            Map.of(
                "env",
                List.of(
                    Map.of("name", "DATABASE_URL", "value", "postgres://u:p@pg-main:5432/shop"),
                    Map.of("name", "CACHE_HOST", "value", "cache"),
                    Map.of("name", "MODE", "value", "fast"),
                    Map.of("name", "BIND", "value", "0.0.0.0:8080")),
                "command",
                List.of("sh", "-c", "until nc -z orders-db.data 5432; do sleep 1; done")));
    assertThat(Address.of(container))
        .extracting(Address::host, Address::port)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("pg-main", "5432"),
            org.assertj.core.groups.Tuple.tuple("cache", ""),
            org.assertj.core.groups.Tuple.tuple("orders-db.data", "5432"));
  }

  @Test
  void a_pod_is_given_the_time_that_it_needs() {
    var pod =
        Json.of(
            Map.of(
                "metadata",
                Map.of("creationTimestamp", "2026-01-01T00:00:00Z"),
                "spec",
                Map.of("containers", List.of()),
                "status",
                Map.of("phase", "Pending")));
    assertThat(Sign.of(pod, Instant.parse("2026-01-01T00:00:10Z"))).isEmpty();
    assertThat(Sign.of(pod, Instant.parse("2026-01-01T00:01:10Z"))).contains(Sign.UNSEEN);
  }
}
