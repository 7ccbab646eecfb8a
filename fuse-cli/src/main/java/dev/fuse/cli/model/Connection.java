package dev.fuse.cli.model;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** The HTTP client to a model's service. */
public final class Connection {

  private static final Duration CONNECT = Duration.ofSeconds(15);

  private Connection() {}

  /**
   * Makes the client on another thread, since its TLS context takes as long as all the rest of a
   * start; with {@code https} its trust store is read there as well.
   */
  public static Supplier<HttpClient> warm(String baseUrl) {
    var task = new FutureTask<>(() -> client(baseUrl));
    Thread.ofPlatform().daemon().name("fuse-connection").start(task);
    return () -> join(task);
  }

  private static HttpClient join(FutureTask<HttpClient> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("no HTTP client can be made", e.getCause());
    }
  }

  private static HttpClient client(String baseUrl) {
    var plain = "http".equalsIgnoreCase(URI.create(baseUrl).getScheme());
    // Plain servers often take an upgrade to HTTP/2 for an error.
    return HttpClient.newBuilder()
        .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }
}
