package dev.fuse.tool.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fuse.spi.Facts;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.PluginContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** A GitHub that answers what it was told to, and an empty list to everything else. */
final class CannedGitHub implements AutoCloseable {

  /** A request that came. */
  record Seen(String method, String path, String body, String authorization) {}

  private record Canned(int status, String body, Map<String, String> headers) {}

  final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Canned> answers = new HashMap<>();
  private final HttpServer server;
  private final Map<String, String> environment = new HashMap<>();

  CannedGitHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    environment.put("GITHUB_API_URL", address());
    environment.put("GITHUB_TOKEN", "ghp_canned");
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers a method and path, without its query, with that JSON or text. */
  CannedGitHub on(String request, String body) {
    return on(request, 200, body, Map.of());
  }

  CannedGitHub on(String request, int status, String body, Map<String, String> headers) {
    answers.put(request, new Canned(status, body, headers));
    return this;
  }

  CannedGitHub with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var token = exchange.getRequestHeaders().getFirst("Authorization");
    seen.add(new Seen(exchange.getRequestMethod(), path, body, token == null ? "" : token));
    var canned =
        answers.getOrDefault(
            exchange.getRequestMethod() + " " + path, new Canned(200, empty(path), Map.of()));
    canned.headers().forEach(exchange.getResponseHeaders()::set);
    if (!exchange.getResponseHeaders().containsKey("Content-Type")) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
    }
    var bytes = canned.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(canned.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String empty(String path) {
    return path.matches(".*/(annotations|pulls|issues|releases|branches|comments|contents/.*)")
        ? "[]"
        : "{}";
  }

  /** A plugin that is open in a folder whose token and address are these. */
  FusePlugin plugin(Path directory) {
    var plugin = new GitHubPlugin();
    plugin.open(new Context(directory, environment));
    return plugin;
  }

  private record Context(Path directory, Map<String, String> environment) implements PluginContext {
    @Override
    public Optional<String> setting(String key) {
      return Optional.empty();
    }

    @Override
    public Facts facts() {
      return Facts.none();
    }

    @Override
    public Optional<String> pinned(String coordinate) {
      return Optional.empty();
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      return resource;
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
