package dev.fuse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * An OpenAI-compatible server on the loopback that streams scripted answers and notes, or when
 * strict refuses, what the real service would refuse. Speaks {@code POST /v1/chat/completions} with
 * {@code stream: true}, and {@code GET /v1/models}.
 *
 * <p>Also a program: {@code java -cp … dev.fuse.testkit.ScriptedModelServer --script FILE
 * [--port-file FILE] [--port N] [--strict]} serves until it is ended.
 */
public final class ScriptedModelServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocket socket;
  private final Play play;
  private final boolean strict;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private ScriptedModelServer(ServerSocket socket, Script script, boolean strict) {
    this.socket = socket;
    this.play = new Play(script);
    this.strict = strict;
  }

  /** Starts one on a free port whose script is given with {@link #then}. */
  public static ScriptedModelServer start() throws IOException {
    return start(Script.of());
  }

  /** Starts one on a free port. */
  public static ScriptedModelServer start(Script script) throws IOException {
    return start(script, 0, false);
  }

  /** Starts one on a free port that answers 400 to what the real service would refuse. */
  public static ScriptedModelServer startStrict(Script script) throws IOException {
    return start(script, 0, true);
  }

  private static ScriptedModelServer start(Script script, int port, boolean strict)
      throws IOException {
    var socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    var server = new ScriptedModelServer(socket, script, strict);
    Thread.ofPlatform().daemon().name("scripted model").start(server::accept);
    return server;
  }

  /** Answers the next request so that no rule fits and that has no answer yet. */
  public ScriptedModelServer then(Reply reply) {
    play.add(reply);
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
    closing.countDown();
    socket.close();
    for (var connection : open) {
      connection.close();
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        connection.setTcpNoDelay(true);
        open.add(connection);
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new BufferedInputStream(connection.getInputStream());
      var answers = new AnswerStream(connection, JSON, closing);
      for (var request = HttpIn.read(in); request.isPresent(); request = next(connection, in)) {
        answer(request.get(), answers);
      }
    } catch (IOException e) {
      // The client has gone, as it may.
      open.remove(connection);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<HttpIn> next(Socket connection, BufferedInputStream in)
      throws IOException {
    return connection.isClosed() ? Optional.empty() : HttpIn.read(in);
  }

  private void answer(HttpIn request, AnswerStream answers)
      throws IOException, InterruptedException {
    if (request.method().equals("GET") && request.path().endsWith("/models")) {
      var models = "{\"object\":\"list\",\"data\":[{\"id\":\"scripted\",\"object\":\"model\"}]}";
      answers.whole(200, "application/json", models, "");
      return;
    }
    if (!request.path().endsWith("/chat/completions")) {
      answers.error(404, "there is no " + request.method() + " " + request.path(), "");
      return;
    }
    var body = JSON.readTree(request.body());
    request.key().ifPresent(keys::add);
    requests.add(body);
    var refusals = Strictness.violations(body);
    violations.addAll(refusals);
    if (strict && !refusals.isEmpty()) {
      answers.error(400, String.join("; ", refusals), "");
      return;
    }
    answers.send(play.next(Asked.of(body)));
  }

  /** Serves a script until the process ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var script = Script.of();
    Optional<Path> portFile = Optional.empty();
    int port = 0;
    boolean strict = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--script" -> script = Script.read(Path.of(arguments[++i]));
        case "--port-file" -> portFile = Optional.of(Path.of(arguments[++i]));
        case "--port" -> port = Integer.parseInt(arguments[++i]);
        case "--strict" -> strict = true;
        default -> throw new IllegalArgumentException("unknown argument '" + arguments[i] + "'");
      }
    }
    try (var server = start(script, port, strict)) {
      if (portFile.isPresent()) {
        Files.writeString(portFile.get(), server.socket.getLocalPort() + "\n");
      }
      System.err.println("OPENAI_BASE_URL=" + server.url());
      server.closing.await();
    }
  }
}
