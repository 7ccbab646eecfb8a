package dev.fuse.tool.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fuse.tool.kubernetes.api.Json;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

/**
 * The real API server that tests run against: the one of {@code KUBECONFIG} if that is on this
 * machine, else one started from the programs in {@code KUBEBUILDER_ASSETS}.
 */
final class TestCluster {

  private static final String SKIPPED =
      "skipped: KUBECONFIG names no cluster on this machine, and KUBEBUILDER_ASSETS no folder with"
          + " etcd and kube-apiserver";

  private TestCluster() {}

  /** Its kubeconfig; where there is none the test is skipped and says so. */
  static Path kubeconfig() {
    var found = Found.KUBECONFIG;
    assumeTrue(found.isPresent(), SKIPPED);
    return found.orElseThrow();
  }

  /** Whether there are controllers and nodes, not the API server alone. */
  static boolean whole() {
    return Found.GIVEN.isPresent();
  }

  private static final class Found {
    static final Optional<Path> GIVEN = given();
    static final Optional<Path> KUBECONFIG = GIVEN.or(Found::started);

    /** Never a cluster elsewhere: the tests create and delete. */
    private static Optional<Path> given() {
      return Optional.ofNullable(System.getenv("KUBECONFIG"))
          .map(Path::of)
          .filter(Files::isRegularFile)
          .filter(Found::here);
    }

    private static boolean here(Path file) {
      var config = Json.of(Serialization.unmarshal(text(file), Map.class));
      return config.list("clusters").stream()
          .map(cluster -> URI.create(cluster.text("cluster.server")).getHost())
          .allMatch("127.0.0.1"::equals);
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Optional<Path> started() {
      return Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
          .map(Path::of)
          .filter(folder -> Files.isExecutable(folder.resolve("kube-apiserver")))
          .map(Found::start);
    }

    private static Path start(Path programs) {
      try {
        var folder = Files.createTempDirectory("fuse-test-api-server");
        return new LoneApiServer(programs, folder).start();
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException("the API server of '" + programs + "' did not start", e);
      }
    }
  }
}
