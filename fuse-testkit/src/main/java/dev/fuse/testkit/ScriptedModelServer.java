package dev.fuse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An OpenAI-compatible server on the loopback that streams scripted answers, in the order in which
 * requests arrive, and notes what the real service would refuse. Speaks {@code POST
 * /v1/chat/completions} with {@code stream: true} only.
 */
public final class ScriptedModelServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocket socket;
  private final Deque<Reply> script = new ArrayDeque<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private ScriptedModelServer(ServerSocket socket) {
    this.socket = socket;
  }

  /** Starts one on a free port. */
  public static ScriptedModelServer start() throws IOException {
    var server = new ScriptedModelServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().name("scripted model").start(server::accept);
    return server;
  }

  /** Answers the next request that has no answer yet so; with no script left it says "done". */
  public synchronized ScriptedModelServer then(Reply reply) {
    script.add(reply);
    return this;
  }

  /** The base URL, with {@code /v1}. */
  public String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
  }

  /** The requests' bodies so far. */
  public List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  /** The bearer tokens that came. */
  public List<String> keys() {
    return List.copyOf(keys);
  }

  /** What the real service would refuse, one sentence each. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (var connection : open) {
      connection.close();
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        open.add(connection);
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var body = JSON.readTree(request(connection.getInputStream()));
      requests.add(body);
      violations.addAll(Strictness.violations(body));
      new AnswerStream(connection, JSON).send(next());
    } catch (IOException e) {
      // The client has gone, as it may.
      open.remove(connection);
    }
  }

  private synchronized Reply next() {
    return script.isEmpty() ? Reply.says("done") : script.poll();
  }

  private byte[] request(InputStream in) throws IOException {
    int length = 0;
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      var lower = line.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
      if (lower.startsWith("authorization: bearer ")) {
        keys.add(line.substring("authorization: bearer ".length()));
      }
    }
    return in.readNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    var bytes = new ArrayList<Byte>();
    int read;
    while ((read = in.read()) >= 0 && read != '\n') {
      bytes.add((byte) read);
    }
    if (read < 0 && bytes.isEmpty()) {
      throw new IOException("no request");
    }
    var line = new byte[bytes.size()];
    for (int i = 0; i < line.length; i++) {
      line[i] = bytes.get(i);
    }
    return new String(line, StandardCharsets.ISO_8859_1).strip();
  }

  /** For the arguments of a call in a stream. */
  static String json(Map<String, Object> value) {
    return JSON.valueToTree(value).toString();
  }
}
