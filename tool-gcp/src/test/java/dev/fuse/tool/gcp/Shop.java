package dev.fuse.tool.gcp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small shop on Google Cloud in which everything is right. */
final class Shop {

  static final String CHECKOUT = "checkout@shop-prod.iam.gserviceaccount.com";
  static final String CLUSTER = "v1/projects/shop-prod/locations/europe-west1/clusters/prod";
  static final String MEMBER = "serviceAccount:shop-prod.svc.id.goog[shop/checkout]";
  static final String ACCOUNT =
      "v1/projects/-/serviceAccounts/checkout%40shop-prod.iam.gserviceaccount.com";
  static final String TOPIC = "v1/projects/shop-prod/topics/orders";

  private Shop() {}

  static FakeGoogle open(Path folder) throws IOException {
    var google = new FakeGoogle(folder);
    google.on("v3/projects/shop-prod", "name", "projects/11", "projectId", "shop-prod");
    google.on(
        "v1/projects/shop-prod:getAncestry",
        "ancestor",
        List.of(Map.of("resourceId", Map.of("type", "project", "id", "shop-prod"))));
    google.on("v3/projects/shop-prod:getIamPolicy", "etag", "e0", "bindings", List.of());
    google.on(
        "v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fshop-prod/denypolicies");
    google.on(CLUSTER, cluster("GKE_METADATA"));
    google.on(
        "v1/projects/shop-prod/locations/-/clusters",
        "clusters",
        List.of(dev.fuse.tool.gcp.api.Json.of(cluster("GKE_METADATA")).fields()));
    google.on(ACCOUNT, "email", CHECKOUT, "projectId", "shop-prod", "uniqueId", "7");
    google.on(ACCOUNT + ":getIamPolicy", policy("roles/iam.workloadIdentityUser", MEMBER));
    google.on(TOPIC, "name", "projects/shop-prod/topics/orders");
    google.on(
        TOPIC + ":getIamPolicy", policy("roles/pubsub.publisher", "serviceAccount:" + CHECKOUT));
    google.on(
        "v1/roles/iam.workloadIdentityUser",
        "includedPermissions",
        List.of("iam.serviceAccounts.getAccessToken"));
    google.on("v1/roles/pubsub.publisher", "includedPermissions", List.of("pubsub.topics.publish"));
    google.on("v1/roles/pubsub.subscriber", "includedPermissions", List.of("pubsub.topics.attach"));
    for (var api : List.of("pubsub", "iamcredentials", "artifactregistry")) {
      google.on("v1/projects/shop-prod/services/" + api + ".googleapis.com", "state", "ENABLED");
    }
    return workload(google);
  }

  private static FakeGoogle workload(FakeGoogle google) {
    google.object("deployments", "shop", "checkout", deployment());
    annotated(google, CHECKOUT);
    return google;
  }

  static void annotated(FakeGoogle google, String email) {
    var annotations = Map.of("iam.gke.io/gcp-service-account", email);
    google.object(
        "serviceaccounts",
        "shop",
        "checkout",
        Map.of("metadata", Map.of("annotations", email.isEmpty() ? Map.of() : annotations)));
  }

  private static Map<String, Object> deployment() {
    var container =
        Map.of(
            "name", "main",
            "image", "europe-west1-docker.pkg.dev/shop-prod/apps/checkout:1",
            "env", List.of(Map.of("name", "TOPIC", "value", "projects/shop-prod/topics/orders")));
    var pod = Map.of("serviceAccountName", "checkout", "containers", List.of(container));
    return Map.of(
        "kind", "Deployment",
        "metadata", Map.of("namespace", "shop", "name", "checkout"),
        "spec", Map.of("template", Map.of("spec", pod)));
  }

  static Object[] cluster(String mode) {
    var config =
        Map.of(
            "serviceAccount", "nodes@shop-prod.iam.gserviceaccount.com",
            "oauthScopes", List.of("https://www.googleapis.com/auth/devstorage.read_only"),
            "workloadMetadataConfig", Map.of("mode", mode));
    return new Object[] {
      "name", "prod",
      "location", "europe-west1",
      "currentMasterVersion", "1.33.4",
      "workloadIdentityConfig", Map.of("workloadPool", "shop-prod.svc.id.goog"),
      "nodePools", List.of(Map.of("name", "general", "config", config, "version", "1.33.4"))
    };
  }

  static Object[] policy(String role, String... members) {
    var binding = Map.of("role", role, "members", List.of(members));
    return new Object[] {"etag", "e1", "bindings", List.of(binding)};
  }
}
