package dev.fuse.cli.train;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.fuse.cli.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An API server for training: replays what a real one (Kubernetes 1.37) said of a namespace in
 * which a Deployment crashes because it names a Service that does not exist. What was not recorded
 * is an empty list.
 */
public final class TrainingCluster implements AutoCloseable {

  private static final String RECORDING = "cluster.json";

  private final HttpServer server;
  private final Path kubeconfig;
  private final Map<String, Answer> answers = new HashMap<>();

  private record Answer(int status, String type, String body) {}

  private TrainingCluster(HttpServer server, Path kubeconfig) {
    this.server = server;
    this.kubeconfig = kubeconfig;
  }

  /**
   * Starts one that speaks TLS with a certificate made for it.
   *
   * @param folder takes the certificate and the kubeconfig
   */
  public static TrainingCluster start(Path folder) throws IOException {
    var identity = TrainingIdentity.make(folder);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.tls()));
    var kubeconfig = folder.resolve("kubeconfig");
    var cluster = new TrainingCluster(server, kubeconfig);
    cluster.read();
    Files.writeString(kubeconfig, identity.kubeconfig(server.getAddress().getPort()));
    server.createContext("/", cluster::answer);
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    server.start();
    return cluster;
  }

  /** The file that a client is given as KUBECONFIG. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void read() throws IOException {
    try (var in =
        Objects.requireNonNull(TrainingCluster.class.getResourceAsStream(RECORDING), RECORDING)) {
      for (var entry : (List<?>) Objects.requireNonNull(Json.read(in))) {
        var recorded = (Map<?, ?>) Objects.requireNonNull(entry);
        var key = recorded.get("method") + " " + recorded.get("path") + " " + recorded.get("shape");
        int status = ((Number) Objects.requireNonNull(recorded.get("status"))).intValue();
        answers.put(
            key,
            new Answer(status, String.valueOf(recorded.get("type")), text(recorded.get("body"))));
      }
    }
  }

  private static String text(@Nullable Object body) {
    return body instanceof String plain ? plain : Json.write(body);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var path = exchange.getRequestURI().getPath();
      var accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
      var asked = exchange.getRequestMethod() + " " + path + " ";
      var answer = answers.get(asked + shape(accept));
      if (answer == null) {
        answer = answers.getOrDefault(asked, otherwise(path));
      }
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String shape(String accept) {
    if (accept.contains("as=Table")) {
      return "table";
    }
    return accept.contains("as=PartialObjectMetadata") ? "names" : "";
  }

  private static Answer otherwise(String path) {
    if (path.endsWith("/log")) {
      return new Answer(200, "text/plain", "nothing of note\n");
    }
    var list = Map.of("kind", "List", "apiVersion", "v1", "metadata", Map.of(), "items", List.of());
    return new Answer(200, "application/json", Json.write(list));
  }
}
