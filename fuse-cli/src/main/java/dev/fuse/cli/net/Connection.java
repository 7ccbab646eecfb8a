package dev.fuse.cli.net;

import dev.fuse.cli.exit.FuseException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;

/** The HTTP client to a model's service; made on another thread, closed before the process ends. */
public final class Connection implements Supplier<HttpClient>, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration FAREWELL = Duration.ofMillis(200);

  private final FutureTask<HttpClient> client;

  private Connection(URI service, Optional<InetSocketAddress> proxy) {
    this.client = new FutureTask<>(() -> client(service, proxy));
  }

  /**
   * Makes the client on another thread, since its TLS context takes as long as all the rest of a
   * start; with {@code https} its trust store is read there as well.
   *
   * @param environment may name a proxy
   * @param rehearsal is run there afterwards
   * @throws FuseException of kind INVALID if it names one that cannot be used
   */
  public static Connection warm(
      String baseUrl, Map<String, String> environment, Runnable rehearsal) {
    var service = URI.create(baseUrl);
    var connection = new Connection(service, ProxyVariables.find(environment, service));
    Thread.ofPlatform()
        .daemon()
        .name("fuse-connection")
        .start(
            () -> {
              connection.client.run();
              rehearsal.run();
            });
    return connection;
  }

  /**
   * A client to a host that is no model's, which follows no redirection; the caller closes it.
   *
   * @throws FuseException of kind INVALID if the environment names a proxy that cannot be used
   */
  public static HttpClient to(URI host, Map<String, String> environment) {
    return client(host, ProxyVariables.find(environment, host));
  }

  /** The same where no proxy is named. */
  public static Connection warm(String baseUrl) {
    return warm(baseUrl, Map.of(), () -> {});
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

  private static HttpClient client(URI service, Optional<InetSocketAddress> proxy) {
    var builder =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
    if ("http".equalsIgnoreCase(service.getScheme())) {
      // Plain servers often take an upgrade to HTTP/2 for an error. Redirects are not followed, so
      // TLS is never needed.
      builder
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(new NoTls())
          .sslParameters(new SSLParameters());
    }
    proxy.ifPresent(named -> builder.proxy(ProxySelector.of(named)));
    return builder.build();
  }
}
