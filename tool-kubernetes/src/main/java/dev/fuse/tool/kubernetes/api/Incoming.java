package dev.fuse.tool.kubernetes.api;

import dev.fuse.tool.kubernetes.api.Transport.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a server that is read while it arrives; closing it makes room for another request.
 */
record Incoming(Cluster cluster, CompletableFuture<Answer> sent) implements AutoCloseable {

  /**
   * Waits until it begins.
   *
   * @throws dev.fuse.spi.ToolFailure if the server answers with anything but success, or not at all
   */
  InputStream body() {
    return cluster.body(sent);
  }

  @Override
  public void close() {
    cluster.release();
    var _ = sent.whenComplete((response, _) -> end(response == null ? null : response.body()));
  }

  private static void end(@Nullable InputStream body) {
    try {
      if (body != null) {
        body.close();
      }
    } catch (IOException e) {
      return; // it is over either way
    }
  }
}
