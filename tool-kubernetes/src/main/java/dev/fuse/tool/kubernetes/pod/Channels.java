package dev.fuse.tool.kubernetes.pod;

import dev.fuse.tool.kubernetes.api.Json;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The streams of a program in a container over one WebSocket: the first byte of a message is the
 * channel, as in {@code v5.channel.k8s.io}, the protocol that can say that the input has ended.
 */
final class Channels implements WebSocket.Listener {

  static final String PROTOCOL = "v5.channel.k8s.io";

  /** The older one, which cannot. */
  static final String PROTOCOL_WITHOUT_END = "v4.channel.k8s.io";

  private static final byte INPUT = 0;
  private static final byte OUTPUT = 1;
  private static final byte ERROR = 2;
  private static final byte STATUS = 3;
  private static final byte CLOSE = (byte) 255;
  private static final int CHUNK = 32 << 10;
  private static final long QUEUED = 1 << 20;

  private final OutputStream output;
  private final OutputStream error;
  private final CompletableFuture<Json> status = new CompletableFuture<>();

  Channels(OutputStream output, OutputStream error) {
    this.output = output;
    this.error = error;
  }

  /** The Status with which the program ended; fails where the connection did. */
  CompletableFuture<Json> status() {
    return status;
  }

  @Override
  public void onMessage(WebSocket socket, ByteBuffer message) {
    if (message.hasRemaining()) {
      byte channel = message.get();
      var bytes = new byte[message.remaining()];
      message.get(bytes);
      take(channel, bytes);
    }
    socket.request();
  }

  private void take(byte channel, byte[] bytes) {
    try {
      switch (channel) {
        case OUTPUT -> output.write(bytes);
        case ERROR -> error.write(bytes);
        case STATUS -> status.complete(Json.of(new JsonMapper().readValue(bytes, Map.class)));
        default -> {} // of a terminal, which there is none of
      }
    } catch (IOException | JacksonException e) {
      status.completeExceptionally(e);
    }
  }

  @Override
  public void onClose(WebSocket socket, int code, String reason) {
    status.completeExceptionally(
        new IOException(
            "the connection was closed (" + code + (reason.isEmpty() ? "" : ", " + reason) + ")"));
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    status.completeExceptionally(failure);
  }

  /** Sends all of that and says that it has ended; stops when the program has. */
  void feed(WebSocket socket, InputStream from) throws IOException {
    var bytes = new byte[CHUNK];
    for (int read = from.read(bytes); read >= 0 && !status.isDone(); read = from.read(bytes)) {
      send(socket, INPUT, bytes, read);
    }
    send(socket, CLOSE, new byte[] {INPUT}, 1);
  }

  private void send(WebSocket socket, byte channel, byte[] bytes, int length) throws IOException {
    while (socket.queueSize() > QUEUED && !status.isDone()) {
      pause();
    }
    var message = ByteBuffer.allocate(length + 1).put(channel).put(bytes, 0, length).flip();
    if (!socket.send(message) && !status.isDone()) {
      throw new IOException("the connection takes no more");
    }
  }

  /** Until the queue is shorter, or the program has ended. */
  private void pause() throws IOException {
    try {
      status.get(5, TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException _) {
      return; // looked at again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
