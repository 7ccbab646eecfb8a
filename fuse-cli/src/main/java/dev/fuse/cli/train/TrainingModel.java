package dev.fuse.cli.train;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fuse.cli.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A model's service for training: asks for two tools, then answers in Markdown. */
record TrainingModel(HttpServer server) implements AutoCloseable {

  private static final String ANSWER =
      """
      # Hi

      Some **bold** and *slanted* text with `code` and a [link](https://example.org).

      1. one
      2. two

      | a | b |
      |---|---|
      | 1 | 2 |

      ```sh
      echo hi
      ```
      """;

  static TrainingModel start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", TrainingModel::answer);
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    server.start();
    return new TrainingModel(server);
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean first = !request.contains("\"tool_call_id\"");
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (var out = exchange.getResponseBody()) {
      var events = first && request.contains("notes") ? calls() : text();
      for (var event : events) {
        out.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  private static List<String> text() {
    var deltas = ANSWER.lines().map(line -> chunk(Map.of("content", line + "\n"), null)).toList();
    return ends(deltas, "stop");
  }

  private static List<String> calls() {
    var calls =
        List.of(
            call(0, "fs_read", Map.of("path", "notes.md")),
            call(1, "fs_search", Map.of("pattern", "note")),
            call(2, "git_status", Map.of()));
    return ends(List.of(chunk(Map.of("tool_calls", calls), null)), "tool_calls");
  }

  private static Map<String, Object> call(int index, String tool, Map<String, Object> arguments) {
    return Map.of(
        "index",
        index,
        "id",
        "call_" + index,
        "type",
        "function",
        "function",
        Map.of("name", tool, "arguments", Json.write(arguments)));
  }

  private static List<String> ends(List<String> chunks, String reason) {
    var events = new java.util.ArrayList<>(chunks);
    events.add(chunk(Map.of(), reason));
    events.add("[DONE]");
    return events;
  }

  private static String chunk(
      Map<String, Object> delta, @org.jspecify.annotations.Nullable String reason) {
    var choice = new java.util.LinkedHashMap<String, @org.jspecify.annotations.Nullable Object>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", reason);
    return Json.write(
        Map.of(
            "id",
            "t",
            "object",
            "chat.completion.chunk",
            "model",
            "t",
            "choices",
            List.of(choice)));
  }
}
