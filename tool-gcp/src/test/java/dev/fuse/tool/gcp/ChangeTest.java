package dev.fuse.tool.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Risk;
import dev.fuse.spi.ToolResult;
import dev.fuse.spi.ToolResult.Kind;
import dev.fuse.testkit.RecordedCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeTest {

  private static final String TOPIC = "projects/shop-prod/topics/orders";

  @TempDir Path root;
  private FakeGoogle google;

  @BeforeEach
  void open() throws IOException {
    google = Shop.open(root);
  }

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void a_grant_is_written_with_the_etag_that_was_read_and_leaves_the_rest_alone() throws Exception {
    google.on(Shop.TOPIC + ":setIamPolicy", "etag", "e2");
    var result = grant(TOPIC, "roles/pubsub.publisher", "user:ann@example.com");
    var sent = google.sent.get(google.sent.size() - 1);
    assertThat(sent).contains("\"etag\":\"e1\"", Shop.CHECKOUT, "user:ann@example.com");
    var undo = ((ToolResult.Ok) result).undo().orElseThrow();
    assertThat(undo.tool()).isEqualTo("gcp_iam_revoke");
    assertThat(undo.precondition()).contains("e2");
  }

  @Test
  void a_policy_that_somebody_changed_meanwhile_is_not_written() throws Exception {
    google.refusing(Shop.TOPIC + ":setIamPolicy", 409, "", "There were concurrent policy changes.");
    var result = grant(TOPIC, "roles/pubsub.publisher", "user:ann@example.com");
    assertThat(((ToolResult.Failed) result).kind()).isEqualTo(Kind.CONFLICT);
  }

  @Test
  void wide_grants_are_critical() {
    assertThat(risk(TOPIC, "roles/pubsub.subscriber", "user:ann@example.com")).isEqualTo(Risk.HIGH);
    assertThat(risk(TOPIC, "roles/pubsub.subscriber", "allUsers")).isEqualTo(Risk.CRITICAL);
    assertThat(risk(TOPIC, "roles/owner", "user:ann@example.com")).isEqualTo(Risk.CRITICAL);
    assertThat(risk("projects/shop-prod", "roles/pubsub.subscriber", "user:ann@example.com"))
        .isEqualTo(Risk.CRITICAL);
  }

  @Test
  void a_change_whose_end_was_not_seen_is_not_told_as_failed() throws Exception {
    google.on(Shop.CLUSTER + "/nodePools/general:setSize", "name", "op", "status", "RUNNING");
    google.on(
        "v1/projects/shop-prod/locations/europe-west1/operations/op",
        "name",
        "op",
        "status",
        "DONE",
        "error",
        Map.of("message", "quota"));
    var result =
        google.run(
            "gke_pool_change",
            "action",
            "resize",
            "cluster",
            "prod",
            "pool",
            "general",
            "nodes",
            3L);
    assertThat(((ToolResult.Failed) result).problem()).contains("quota");
  }

  @Test
  void a_member_or_role_that_is_none_is_refused_before_anything_is_sent() throws Exception {
    for (var wrong : List.of(List.of("roles/x y", "user:a@b"), List.of("roles/x", "somebody"))) {
      var result = grant(TOPIC, wrong.get(0), wrong.get(1));
      assertThat(((ToolResult.Failed) result).kind()).isEqualTo(Kind.INVALID);
    }
    assertThat(google.sent).noneMatch(one -> one.contains("setIamPolicy"));
  }

  private ToolResult grant(String resource, String role, String member) throws Exception {
    return google.run("gcp_iam_grant", "resource", resource, "role", role, "member", member);
  }

  private Risk risk(String resource, String role, String member) {
    var tool =
        google.plugin().tools().stream()
            .filter(one -> one.spec().name().equals("gcp_iam_grant"))
            .findFirst()
            .orElseThrow();
    var arguments = Arguments.of("resource", resource, "role", role, "member", member);
    return tool.prepare(arguments, RecordedCall.create()).effects().get(0).risk();
  }
}
