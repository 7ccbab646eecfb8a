package dev.fuse.tool.gcp;

import dev.fuse.spi.FusePlugin;
import dev.fuse.testkit.ToolContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class GcpContractTest extends ToolContract {

  @TempDir Path root;
  private FakeGoogle google;

  @BeforeEach
  void open() throws IOException {
    google = Shop.open(root);
    google.on("v3/projects:search", "projects", List.of(Map.of("projectId", "od\u001bd")));
    google.on("v1/projects/shop-prod/services", "services", List.of());
    google.on("v1/projects/shop-prod/locations/-/operations");
    google.on("v1/projects/shop-prod/serviceAccounts", "accounts", List.of());
    google.on("v2/entries:list", "entries", List.of(Map.of("textPayload", "\u001b[31mred\r\n")));
    google.on("projects/shop-prod", "quotas", List.of());
    google.on("projects/shop-prod/regions", "items", List.of());
    google.on("v2/projects/shop-prod/policies", "policies", List.of());
    google.on("v1/projects/shop-prod/topics", "topics", List.of(Map.of("name", "a/\u202eb")));
    google.on("v1/projects/shop-prod/services/sqladmin.googleapis.com", "state", "DISABLED");
  }

  @AfterEach
  void close() {
    google.close();
  }

  @Override
  protected FusePlugin plugin() {
    return new GcpPlugin();
  }

  @Override
  protected FusePlugin opened() {
    return google.plugin();
  }

  @Override
  protected Path world() {
    return root;
  }

  @Override
  protected List<Sample> samples() {
    var topic = "projects/shop-prod/topics/orders";
    return List.of(
        Sample.of("gke_diagnose", "question", "why is checkout refused"),
        Sample.of("gke_identity_chain", "workload", "checkout"),
        Sample.of(
            "gcp_iam_explain",
            "principal",
            Shop.CHECKOUT,
            "permission",
            "pubsub.topics.publish",
            "resource",
            topic),
        Sample.of("gcp_iam_policy", "resource", topic),
        Sample.of("gcp_role", "role", "roles/pubsub.publisher"),
        Sample.of("gcp_accounts"),
        Sample.of("gcp_restrictions"),
        Sample.of("gke_clusters", "cluster", "prod"),
        Sample.of("gke_operations"),
        Sample.of("gcp_projects"),
        Sample.of("gcp_services"),
        Sample.of("gcp_list", "kind", "topic"),
        Sample.of("gcp_logs", "kind", "containers", "filter", "severity>=ERROR"),
        Sample.of("gcp_quotas"),
        Sample.of(
            "gcp_iam_grant",
            "resource",
            topic,
            "role",
            "roles/pubsub.subscriber",
            "member",
            "user:ann@example.com"),
        Sample.of(
            "gcp_iam_revoke",
            "resource",
            topic,
            "role",
            "roles/pubsub.publisher",
            "member",
            "serviceAccount:" + Shop.CHECKOUT),
        Sample.of("gcp_account_change", "action", "disable", "account", Shop.CHECKOUT),
        Sample.of("gcp_service_enable", "service", "sqladmin.googleapis.com"),
        Sample.of(
            "gke_pool_change",
            "action",
            "resize",
            "cluster",
            "prod",
            "pool",
            "general",
            "nodes",
            3L),
        Sample.of("gke_labels", "cluster", "prod", "labels", Map.of("a", "b")));
  }
}
