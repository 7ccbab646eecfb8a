package dev.fuse.tool.kubernetes.pod;

import dev.fuse.spi.Call;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult;
import dev.fuse.tool.kubernetes.api.Json;
import dev.fuse.tool.kubernetes.api.Kind;
import dev.fuse.tool.kubernetes.api.Problems;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Programs run in a container, over the WebSocket that kubectl uses. */
final class Remote {

  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final int NORMAL = 1000;

  private Remote() {}

  /**
   * How it ended.
   *
   * @param exit empty where it was left before it ended
   */
  record Ended(Optional<Integer> exit, String error) {}

  /** Bytes up to a limit; what is beyond is counted and dropped. */
  static final class Capped extends OutputStream {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;
    private long dropped;

    Capped(int most) {
      this.most = most;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      int room = Math.min(length, most - kept.size());
      kept.write(bytes, offset, room);
      dropped += length - room;
    }

    synchronized String text() {
      var text = kept.toString(StandardCharsets.UTF_8);
      return dropped == 0 ? text : text + "\n(" + dropped + " bytes more were not kept)";
    }
  }

  /**
   * Runs it, for at most that long.
   *
   * @param input what it reads; empty where it reads nothing
   */
  static Ended run(
      Inside in,
      List<String> argv,
      Optional<InputStream> input,
      OutputStream output,
      Duration time,
      Call call) {
    var error = new Capped(16 << 10);
    var stream = new Channels(output, error);
    var socket = open(in, argv, input.isPresent(), stream);
    try {
      input.ifPresent(from -> feed(stream, socket, from));
      return new Ended(exit(in, argv, await(stream.status(), time, call)), error.text());
    } finally {
      socket.sendClose(NORMAL, "");
    }
  }

  /** The program's Status, or empty when time is up or the call is ended. */
  private static Optional<Json> await(CompletableFuture<Json> status, Duration time, Call call) {
    var end = Instant.now().plus(time);
    call.onCancel(() -> status.completeExceptionally(new TimeoutException()));
    try {
      var left = Duration.between(Instant.now(), end).toMillis();
      return Optional.of(status.get(Math.max(1, left), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (call.cancelled()) {
        return Optional.empty();
      }
      throw new ToolFailure(
          ToolResult.Kind.UNKNOWN_OUTCOME,
          "the connection to the program was lost: " + Problems.root(e),
          "it may have run on: look at what it did");
    }
  }

  private static Optional<Integer> exit(Inside in, List<String> argv, Optional<Json> status) {
    if (status.isEmpty()) {
      return Optional.empty();
    }
    var ended = status.get();
    if (ended.text("status").equals("Success")) {
      return Optional.of(0);
    }
    var code =
        ended.list("details.causes").stream()
            .filter(cause -> cause.text("reason").equals("ExitCode"))
            .map(cause -> Integer.valueOf(cause.text("message")))
            .findFirst();
    if (code.isPresent()) {
      return code;
    }
    throw failed(in, argv, ended.text("message", "no reason was given"));
  }

  private static WebSocket open(Inside in, List<String> argv, boolean reads, Channels stream) {
    var path =
        new StringBuilder(Kind.POD.path(in.place().namespace(), in.pod().name()))
            .append("/exec?stdout=true&stderr=true&stdin=")
            .append(reads)
            .append("&container=")
            .append(Kind.encode(in.container()));
    argv.forEach(word -> path.append("&command=").append(Kind.encode(word)));
    try {
      return connect(in, path.toString(), Channels.PROTOCOL, stream);
    } catch (ExecutionException e) {
      if (reads || !(e.getCause() instanceof WebSocketHandshakeException)) {
        throw refused(in, argv, e);
      }
    }
    try { // a server before 1.30 knows the older protocol only
      return connect(in, path.toString(), Channels.PROTOCOL_WITHOUT_END, stream);
    } catch (ExecutionException e) {
      throw refused(in, argv, e);
    }
  }

  private static WebSocket connect(Inside in, String path, String protocol, Channels stream)
      throws ExecutionException {
    try {
      return in.place()
          .cluster()
          .open(path, protocol, stream)
          .get(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ExecutionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExecutionException(e);
    }
  }

  private static ToolFailure refused(Inside in, List<String> argv, ExecutionException failure) {
    if (failure.getCause() instanceof WebSocketHandshakeException shake) {
      return failed(
          in, argv, "the server refused the connection with " + shake.getResponse().code());
    }
    return failed(in, argv, Problems.root(failure));
  }

  private static void feed(Channels stream, WebSocket socket, InputStream from) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from) {
                stream.feed(socket, from);
              } catch (IOException e) {
                stream.status().completeExceptionally(e);
              }
            });
  }

  private static ToolFailure failed(Inside in, List<String> argv, String why) {
    boolean missing = why.contains("not found") || why.contains("no such file");
    return new ToolFailure(
        missing ? ToolResult.Kind.NOT_FOUND : ToolResult.Kind.UNAVAILABLE,
        "'" + argv.getFirst() + "' could not be run in " + in.words() + ": " + why,
        missing
            ? "the image may have no such program: k8s_debug adds a container that has"
            : "is the pod running, and its node reachable?");
  }
}
