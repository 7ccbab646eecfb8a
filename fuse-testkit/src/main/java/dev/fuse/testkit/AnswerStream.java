package dev.fuse.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fuse.testkit.Reply.Ends;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one answer as server-sent events. */
final class AnswerStream {

  private final Socket socket;
  private final OutputStream out;
  private final ObjectMapper json;

  AnswerStream(Socket socket, ObjectMapper json) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.json = json;
  }

  void send(Reply reply) throws IOException {
    switch (reply.fault().orElse(null)) {
      case Reply.Status(var status, var retryAfter) ->
          whole(
              status,
              "application/json",
              "{\"error\":{\"message\":\"scripted error " + status + "\",\"type\":\"error\"}}",
              retryAfter.isEmpty() ? "" : "Retry-After: " + retryAfter);
      case Reply.Html() -> whole(502, "text/html", "<html><h1>Bad gateway</h1></html>", "");
      case Ends(var how, var events) when how == Ends.How.RESET && events == 0 -> reset();
      case Ends(var how, var events) when how == Ends.How.HANGS && events == 0 -> hang();
      case null, default -> stream(reply);
    }
  }

  private void stream(Reply reply) throws IOException {
    head("200 OK", "text/event-stream", "Transfer-Encoding: chunked");
    var events = events(reply);
    int sent = 0;
    for (var event : events) {
      if (reply.fault().orElse(null) instanceof Ends ends && sent == ends.events()) {
        end(ends.how());
        return;
      }
      event(json.writeValueAsString(event));
      sent++;
    }
    if (!(reply.fault().orElse(null) instanceof Reply.NoDone)) {
      event("[DONE]");
    }
    write("0\r\n\r\n");
  }

  private void end(Ends.How how) throws IOException {
    switch (how) {
      case RESET -> reset();
      case CUT -> socket.close();
      case TRUNCATED -> write("0\r\n\r\n");
      case ERROR_EVENT -> {
        event("{\"error\":{\"message\":\"scripted error event\"}}");
        write("0\r\n\r\n");
      }
      case MALFORMED -> {
        event("{\"choices\": [");
        write("0\r\n\r\n");
      }
      case HANGS -> hang();
    }
  }

  private List<Map<String, Object>> events(Reply reply) {
    var events = new ArrayList<Map<String, Object>>();
    if (reply.fault().orElse(null) instanceof Reply.NoChoices) {
      events.add(Map.of("id", "c", "object", "chat.completion.chunk", "choices", List.of()));
      return events;
    }
    for (var word : reply.text().isEmpty() ? new String[0] : reply.text().split("(?<=\\s)", -1)) {
      events.add(chunk(Map.of("content", word), null));
    }
    boolean broken = reply.fault().orElse(null) instanceof Reply.MalformedArguments;
    for (int i = 0; i < reply.calls().size(); i++) {
      var call = reply.calls().get(i);
      var arguments = ScriptedModelServer.json(call.arguments());
      var function = new LinkedHashMap<String, Object>();
      function.put("name", call.tool());
      function.put(
          "arguments", broken ? arguments.substring(0, arguments.length() / 2) : arguments);
      events.add(
          chunk(
              Map.of(
                  "tool_calls",
                  List.of(
                      Map.of(
                          "index",
                          i,
                          "id",
                          "call_" + System.identityHashCode(reply) + "_" + i,
                          "type",
                          "function",
                          "function",
                          function))),
              null));
    }
    var finish = reply.calls().isEmpty() ? "stop" : "tool_calls";
    events.add(chunk(Map.of(), reply.finish().isEmpty() ? finish : reply.finish()));
    events.add(
        Map.of(
            "id",
            "c",
            "object",
            "chat.completion.chunk",
            "choices",
            List.of(),
            "usage",
            Map.of("prompt_tokens", 100, "completion_tokens", 10, "total_tokens", 110)));
    return events;
  }

  private static Map<String, Object> chunk(Map<String, Object> delta, @Nullable String finish) {
    var choice = new LinkedHashMap<String, Object>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", finish);
    return Map.of("id", "c", "object", "chat.completion.chunk", "choices", List.of(choice));
  }

  private void event(String data) throws IOException {
    var bytes = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    write(Integer.toHexString(bytes.length) + "\r\n");
    out.write(bytes);
    write("\r\n");
  }

  private void whole(int status, String type, String body, String header) throws IOException {
    head(status + " Scripted", type, "Content-Length: " + body.length(), header);
    write(body);
  }

  private void head(String status, String type, String... headers) throws IOException {
    write("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nConnection: close\r\n");
    for (var header : headers) {
      write(header.isEmpty() ? "" : header + "\r\n");
    }
    write("\r\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Closing with data unread and no lingering sends a reset. */
  private void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Until the client goes. */
  private void hang() throws IOException {
    int read = socket.getInputStream().read();
    if (read >= 0) {
      hang();
    }
  }
}
