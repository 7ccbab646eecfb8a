package dev.fuse.tool.fs.machine.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fuse.spi.Facts;
import dev.fuse.spi.Finding;
import dev.fuse.tool.fs.Desk;
import dev.fuse.tool.fs.place.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetCheckTest {

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new Desk(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "skaffold.yaml|  kubeContext: kind-dev",
        "deploy.sh|kubectl --context kind-dev -n shop apply -f k8s",
        "scripts/up.sh|helm upgrade --kube-context=kind-dev shop ./chart",
        "Makefile|\tkubectl config use-context kind-dev",
        "Tiltfile|allow_k8s_contexts('kind-dev')"
      })
  void a_kube_context_that_the_project_does_not_name(String file, String line) throws IOException {
    desk.write(file, "first\n" + line + "\n");
    assertThat(found(Map.of("kube-context", "prod")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.seen())
                  .isEqualTo("the kube context is 'prod'; " + file + ":2 names 'kind-dev'");
              assertThat(finding.next()).isEqualTo("kubectl config use-context kind-dev");
            });
    assertThat(found(Map.of("kube-context", "kind-dev"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "main.tf|  project = \"acme-staging\"",
        "infra/main.tf|  project     = \"acme-staging\"",
        ".github/workflows/deploy.yml|          project_id: acme-staging",
        "deploy.sh|gcloud container clusters get-credentials eu --project acme-staging",
        "Makefile|PROJECT_ID ?= acme-staging",
        ".firebaserc|  \"projects\": {\"default\": \"acme-staging\"}",
        "scripts/up.sh|kubectl --context=gke_acme-staging_europe-west1_eu get pods"
      })
  void a_google_project_that_the_project_does_not_name(String file, String line)
      throws IOException {
    desk.write(file, line + "\n");
    assertThat(found(Map.of("google-project", "acme-prod")))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.seen())
                    .isEqualTo(
                        "the project of gcloud is 'acme-prod'; "
                            + file
                            + ":1 names 'acme-staging'"));
    assertThat(found(Map.of("google-project", "acme-staging"))).isEmpty();
  }

  @Test
  void a_cluster_of_another_project_than_the_one_named() throws IOException {
    desk.write("main.tf", "project = \"acme-staging\"\n");
    assertThat(found(Map.of("kube-context", "gke_acme-prod_europe-west1_eu")))
        .extracting(Finding::subject)
        .containsExactly("kube context");
  }

  @Test
  void what_names_nothing_certain_is_no_reason_for_a_finding() throws IOException {
    desk.write("main.tf", "image { project = \"debian-cloud\" }\nproject = var.project\n");
    desk.write("deploy.sh", "# kubectl --context old\nkubectl --context \"$CTX\" get pods\n");
    desk.write("Makefile", "\tdocker --context remote ps\n\tkubectl --context ${CTX} get pods\n");
    assertThat(found(Map.of("kube-context", "prod", "google-project", "acme-prod"))).isEmpty();
  }

  @Test
  void a_kubeconfig_that_is_not_there() throws IOException {
    desk = new Desk(root, Map.of("KUBECONFIG", "/none/a:/none/b"));
    assertThat(found(Map.of())).extracting(Finding::subject).containsExactly("KUBECONFIG");
    desk = new Desk(root, Map.of("KUBECONFIG", "/none/a:" + root));
    assertThat(found(Map.of())).isEmpty();
  }

  private List<Finding> found(Map<String, String> facts) {
    var place = Place.of(desk.context);
    return new TargetCheck(
            new Place(
                place.directory(),
                place.home(),
                place.environment(),
                place.known(),
                () -> new Facts(facts)))
        .findings();
  }
}
