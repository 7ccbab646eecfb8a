package dev.fuse.tool.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Finding;
import dev.fuse.spi.Finding.Severity;
import dev.fuse.spi.ToolResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainTest {

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
  void a_chain_in_which_all_is_right_is_told_without_a_fault() throws Exception {
    var found = diagnose("can checkout publish to the topic orders?");
    assertThat(found).extracting(Finding::severity).containsExactly(Severity.INFO);
    assertThat(found.get(0).seen()).startsWith("every hop is right");
    assertThat(google.asked.size()).as("calls").isLessThanOrEqualTo(30);
  }

  @Test
  void a_hop_that_may_not_be_seen_is_not_checked_and_never_right() throws Exception {
    google.refusing(Shop.TOPIC + ":getIamPolicy", 403, "IAM_PERMISSION_DENIED", "no");
    var found = diagnose("can checkout publish to the topic orders?");
    assertThat(found).extracting(Finding::severity).containsExactly(Severity.INFO);
    assertThat(found.get(0).seen()).doesNotContain("every hop is right");
    assertThat(String.join(" ", found.get(0).notChecked())).contains("policy of topic orders");
  }

  @Test
  void a_role_that_is_for_a_deleted_account_of_the_same_name_gives_nothing() throws Exception {
    google.on(
        Shop.TOPIC + ":getIamPolicy",
        Shop.policy(
            "roles/pubsub.publisher", "deleted:serviceAccount:" + Shop.CHECKOUT + "?uid=1"));
    assertThat(error("why may checkout not publish?").cause()).contains("created again");
  }

  @Test
  void a_binding_for_another_namespace_is_compared_with_the_pods_own() throws Exception {
    google.on(
        Shop.ACCOUNT + ":getIamPolicy",
        Shop.policy(
            "roles/iam.workloadIdentityUser",
            "serviceAccount:shop-prod.svc.id.goog[other/checkout]"));
    var error = error("why is checkout refused?");
    assertThat(error.seen()).contains("[other/checkout]").contains("[shop/checkout]");
    assertThat(error.cause()).contains("namespace other");
  }

  @Test
  void without_an_annotation_a_workload_is_a_principal_of_its_own() throws Exception {
    Shop.annotated(google, "");
    var own =
        "principal://iam.googleapis.com/projects/11/locations/global/workloadIdentityPools/"
            + "shop-prod.svc.id.goog/subject/ns/shop/sa/checkout";
    google.on(Shop.TOPIC + ":getIamPolicy", Shop.policy("roles/pubsub.publisher", own));
    assertThat(diagnose("may checkout publish?"))
        .extracting(Finding::severity)
        .containsExactly(Severity.INFO);
  }

  @Test
  void a_pool_without_the_metadata_server_of_gke_makes_the_pod_the_node() throws Exception {
    google.on(Shop.CLUSTER, Shop.cluster("GCE_METADATA"));
    var error = error("why is checkout refused?");
    assertThat(error.subject()).isEqualTo("node pool general");
    assertThat(error.cause()).contains("nodes@shop-prod.iam.gserviceaccount.com");
  }

  @Test
  void a_condition_that_has_expired_is_the_cause() throws Exception {
    var binding =
        Map.of(
            "role",
            "roles/pubsub.publisher",
            "members",
            List.of("serviceAccount:" + Shop.CHECKOUT),
            "condition",
            Map.of("expression", "request.time < timestamp(\"2020-01-01T00:00:00Z\")"));
    google.on(Shop.TOPIC + ":getIamPolicy", "etag", "e", "bindings", List.of(binding));
    assertThat(error("why may checkout not publish?").cause()).contains("expired");
  }

  private Finding error(String question) throws Exception {
    var found = diagnose(question);
    assertThat(found).extracting(Finding::severity).startsWith(Severity.ERROR);
    return found.get(0);
  }

  private List<Finding> diagnose(String question) throws Exception {
    return ((ToolResult.Ok) google.run("gke_diagnose", "question", question)).findings();
  }
}
