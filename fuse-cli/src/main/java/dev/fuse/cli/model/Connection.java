package dev.fuse.cli.model;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** The HTTP client to a model's service; made on another thread, closed before the process ends. */
public final class Connection implements Supplier<HttpClient>, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration FAREWELL = Duration.ofMillis(200);

  private final FutureTask<HttpClient> client;

  private Connection(String baseUrl) {
    this.client = new FutureTask<>(() -> client(baseUrl));
  }

  /**
   * Makes the client on another thread, since its TLS context takes as long as all the rest of a
   * start; with {@code https} its trust store is read there as well.
   */
  public static Connection warm(String baseUrl) {
    var connection = new Connection(baseUrl);
    Thread.ofPlatform().daemon().name("fuse-connection").start(connection.client);
    return connection;
  }

  @Override
  public HttpClient get() {
    try {
      return client.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("no HTTP client can be made", e.getCause());
    }
  }

  /**
   * The JVM waits 300 ms at its end for a thread in native code, where the client's selector is.
   */
  @Override
  public void close() {
    if (client.state() != FutureTask.State.SUCCESS) {
      return;
    }
    client.resultNow().shutdownNow();
    try {
      client.resultNow().awaitTermination(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpClient client(String baseUrl) throws GeneralSecurityException {
    var builder =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
    if ("http".equalsIgnoreCase(URI.create(baseUrl).getScheme())) {
      // Plain servers often take an upgrade to HTTP/2 for an error. Without TLS and redirects no
      // trust store needs to be read.
      builder.version(HttpClient.Version.HTTP_1_1).sslContext(trustingNobody());
    }
    return builder.build();
  }

  private static SSLContext trustingNobody() throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[0], null);
    return context;
  }
}
