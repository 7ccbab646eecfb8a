package dev.fuse.tool.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An API server on loopback that answers as it is told, for what a real one is hardly made to do.
 */
final class FakeApi implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Answer> answers = Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /** What a path is answered with. */
  @FunctionalInterface
  interface Answer {
    void send(HttpExchange exchange) throws IOException;
  }

  FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Answers this path, with any query, with that JSON. */
  FakeApi json(String path, String body) {
    return status(path, 200, body);
  }

  FakeApi status(String path, int status, String body) {
    return answer(path, exchange -> send(exchange, status, "application/json", body));
  }

  /** Refuses this path as a server refuses: with a Status that says why. */
  FakeApi refuse(String path, int status, String message) {
    return status(path, status, "{\"kind\":\"Status\",\"message\":\"" + message + "\"}");
  }

  FakeApi answer(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Paths with their queries, in the order of asking, without those of warming up. */
  List<String> asked() {
    return asked.stream().filter(path -> !path.equals("/version")).toList();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The plugin, with a context {@code prod} and namespace {@code shop} on this server. */
  Bench bench(Path directory) throws IOException {
    var file =
        Files.writeString(
            directory.resolve("kubeconfig"),
            """
            current-context: prod
            clusters: [{name: c, cluster: {server: '%s'}}]
            contexts: [{name: prod, context: {cluster: c, user: u, namespace: shop}}]
            users: [{name: u, user: {token: t}}]
            """
                .formatted(url()));
    return new Bench(directory, Map.of("KUBECONFIG", file.toString()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    var path = exchange.getRequestURI().getPath();
    var answer = answers.get(path);
    if (answer == null) {
      send(exchange, 404, "application/json", "{\"message\":\"the server has no " + path + "\"}");
      return;
    }
    answer.send(exchange);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
