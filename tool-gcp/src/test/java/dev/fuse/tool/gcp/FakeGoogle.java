package dev.fuse.tool.gcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.Facts;
import dev.fuse.spi.FusePlugin;
import dev.fuse.spi.PluginContext;
import dev.fuse.spi.Tool;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.testkit.RecordedCall;
import dev.fuse.tool.gcp.api.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Answers of Google's APIs by path, and of a cluster's tools by object; what is not there is 404.
 */
final class FakeGoogle implements AutoCloseable {

  private static final List<String> APIS =
      List.of(
          "CONTAINER",
          "CLOUDRESOURCEMANAGER",
          "IAM",
          "POLICYTROUBLESHOOTER",
          "LOGGING",
          "ARTIFACTREGISTRY",
          "CLOUDASSET",
          "SERVICEUSAGE",
          "SECRETMANAGER",
          "PUBSUB",
          "ORGPOLICY",
          "GKEHUB",
          "STORAGE",
          "COMPUTE",
          "SQLADMIN");

  final Map<String, String> answers = new ConcurrentHashMap<>();
  final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  final Map<String, Map<String, Object>> objects = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<String> sent = new CopyOnWriteArrayList<>();
  final Map<String, String> environment = new HashMap<>();
  private final HttpServer server;
  private final Path folder;

  FakeGoogle(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    var token = Files.writeString(this.folder.resolve("token"), "a-token");
    environment.put("HOME", this.folder.toString());
    environment.put("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", token.toString());
    environment.put("CLOUDSDK_CORE_PROJECT", "shop-prod");
    var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    APIS.forEach(api -> environment.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_" + api, url));
  }

  /** What a path answers, whatever its query is. */
  FakeGoogle on(String path, Object... pairs) {
    answers.put("/" + path, Json.of(pairs).write());
    return this;
  }

  /** What a path refuses with. */
  FakeGoogle refusing(String path, int status, String reason, String message) {
    var info = Map.of("@type", "type.googleapis.com/google.rpc.ErrorInfo", "reason", reason);
    var error =
        Map.of(
            "code", status, "message", message, "status", name(status), "details", List.of(info));
    answers.put("/" + path, Json.of("error", error).write());
    statuses.put("/" + path, status);
    return this;
  }

  private static String name(int status) {
    return switch (status) {
      case 403 -> "PERMISSION_DENIED";
      case 409 -> "ABORTED";
      case 429 -> "RESOURCE_EXHAUSTED";
      default -> "UNAVAILABLE";
    };
  }

  /** An object of the cluster. */
  FakeGoogle object(String kind, String namespace, String name, Map<String, Object> object) {
    objects.put(kind + "/" + namespace + "/" + name, object);
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    asked.add(exchange.getRequestMethod() + " " + path);
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!body.isEmpty()) {
      sent.add(path + " " + body);
    }
    var found = Optional.ofNullable(answers.get(path));
    int status = statuses.getOrDefault(path, found.isPresent() ? 200 : 404);
    var text =
        found.orElse(
            "{\"error\": {\"code\": 404, \"status\": \"NOT_FOUND\", \"message\": \"no\"}}");
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** The plugin, opened in this world. */
  FusePlugin plugin() {
    var plugin = new GcpPlugin();
    plugin.open(new Context(folder, environment));
    return plugin;
  }

  /** Runs one tool as the host would. */
  ToolResult run(String tool, Object... pairs) throws Exception {
    return run(plugin(), tool, Arguments.of(pairs));
  }

  ToolResult run(FusePlugin plugin, String name, Arguments arguments) throws Exception {
    var tool = plugin.tools().stream().filter(one -> named(one, name)).findFirst().orElseThrow();
    var call = RecordedCall.calling(this::kubernetes);
    try {
      return tool.prepare(arguments, call).body().run(call);
    } catch (ToolFailure failure) {
      return failure.result();
    }
  }

  private static boolean named(Tool tool, String name) {
    return tool.spec().name().equals(name);
  }

  private ToolResult kubernetes(String tool, Arguments arguments) {
    var kind = arguments.string("kind", "");
    if (tool.equals("k8s_list")) {
      var rows =
          objects.keySet().stream()
              .map(key -> key.split("/", -1))
              .filter(key -> key[0].equals(kind))
              .map(key -> Map.of("namespace", key[1], "name", key[2]))
              .toList();
      return ToolResult.ok("").structured(rows);
    }
    var key = kind + "/" + arguments.string("namespace", "") + "/" + arguments.string("name", "");
    var object = objects.get(key);
    return object == null
        ? ToolResult.failed(ToolResult.Kind.NOT_FOUND, key + " does not exist", "")
        : ToolResult.ok("").structured(object);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private record Context(Path directory, Map<String, String> environment) implements PluginContext {
    @Override
    public Optional<String> setting(String key) {
      return Optional.empty();
    }

    @Override
    public Facts facts() {
      return new Facts(Map.of("kube-context", "gke_shop-prod_europe-west1_prod"));
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
}
