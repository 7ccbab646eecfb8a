package dev.fuse.tool.kubernetes.api;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the JDK's own client, for the ways to log in that most kubeconfigs use. The first
 * request opens it and the others wait for that, so that all share one connection (HTTP/2) instead
 * of each beginning with a handshake of its own.
 */
final class DirectTransport implements Transport, AutoCloseable {

  private static final int UNAUTHORIZED = 401;

  private final String server;
  private final HttpClient http;
  private final Credentials credentials;
  private final AtomicReference<@Nullable CompletableFuture<?>> opening = new AtomicReference<>();

  DirectTransport(String server, HttpClient http, Credentials credentials) {
    this.server = server;
    this.http = http;
    this.credentials = credentials;
  }

  @Override
  public CompletableFuture<Answer> send(Request request) {
    var mine = new CompletableFuture<Void>();
    var first = opening.compareAndExchange(null, mine);
    if (first == null) {
      return exchange(request).whenComplete((_, _) -> mine.complete(null));
    }
    return first.isDone()
        ? exchange(request)
        : first.handle((_, _) -> request).thenCompose(this::exchange);
  }

  private CompletableFuture<Answer> exchange(Request request) {
    return exchange(request, false)
        .thenCompose(
            answer ->
                answer.status() == UNAUTHORIZED && credentials.renewable()
                    ? exchange(request, true)
                    : CompletableFuture.completedFuture(answer));
  }

  private CompletableFuture<Answer> exchange(Request request, boolean renew) {
    var building =
        HttpRequest.newBuilder(URI.create(server + request.path()))
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .header("Accept", request.accept())
            .header("User-Agent", "fuse");
    try {
      credentials.headers(renew).forEach(header -> building.header(header.name(), header.value()));
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    request
        .content()
        .ifPresent(
            content ->
                building
                    .method(request.method(), BodyPublishers.ofString(content.text()))
                    .header("Content-Type", content.type()));
    return http.sendAsync(building.build(), BodyHandlers.ofInputStream())
        .thenApply(DirectTransport::answer);
  }

  private static Answer answer(HttpResponse<InputStream> response) {
    return new Answer(
        response.statusCode(), response.headers().allValues("Warning"), response.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
