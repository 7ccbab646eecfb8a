package dev.fuse.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fuse.testkit.Reply.Ends;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Writes answers on one connection. */
final class AnswerStream {

  private final Socket socket;
  private final OutputStream out;
  private final ObjectMapper json;
  private final CountDownLatch closing;

  /**
   * A connection to answer on.
   *
   * @param closing ends waits, since the server is closed
   */
  AnswerStream(Socket socket, ObjectMapper json, CountDownLatch closing) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.json = json;
    this.closing = closing;
  }

  void send(Reply reply) throws IOException, InterruptedException {
    pause(reply.pace().latencyMillis());
    switch (reply.fault().orElse(null)) {
      case Reply.Status(var status, var retryAfter, var message) ->
          error(status, message, retryAfter.isEmpty() ? "" : "Retry-After: " + retryAfter + "\r\n");
      case Reply.Html() -> whole(502, "text/html", "<html><h1>Bad gateway</h1></html>", "");
      case Ends(var how, var events) when how == Ends.How.RESET && events == 0 -> reset();
      case Ends(var how, var events) when how == Ends.How.HANGS && events == 0 -> hang();
      case null, default -> stream(reply);
    }
  }

  /** An answer in the form of the service's errors. */
  void error(int status, String message, String header) throws IOException {
    var body = Map.of("error", Map.of("message", message, "type", "scripted"));
    whole(status, "application/json", json.writeValueAsString(body), header);
  }

  void whole(int status, String type, String body, String header) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    write(
        "HTTP/1.1 "
            + status
            + " Scripted\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\n"
            + header
            + "\r\n");
    out.write(bytes);
    out.flush();
  }

  private void stream(Reply reply) throws IOException, InterruptedException {
    write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    int sent = 0;
    for (var event : Events.of(reply, json)) {
      if (reply.fault().orElse(null) instanceof Ends ends && sent == ends.events()) {
        end(ends.how());
        return;
      }
      if (sent > 0) {
        pause(reply.pace().betweenMillis());
      }
      event(event);
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

  private void event(String data) throws IOException {
    var bytes = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    write(Integer.toHexString(bytes.length) + "\r\n");
    out.write(bytes);
    write("\r\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void pause(int millis) throws InterruptedException {
    if (millis > 0 && closing.await(millis, TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("the server is closed");
    }
  }

  /** Closing with data unread and no lingering sends a reset. */
  private void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Until the client goes. */
  private void hang() throws IOException {
    int read = socket.getInputStream().read();
    while (read >= 0) {
      read = socket.getInputStream().read();
    }
    socket.close();
  }
}
