package dev.fuse.tool.kubernetes.api;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The client library's connection: knows every way to log in and every proxy, and starts slowly.
 */
record LibraryTransport(String server, Supplier<KubernetesClient> client) implements Transport {

  @Override
  public CompletableFuture<Answer> send(Request request) {
    var http = client.get().getHttpClient();
    var building =
        http.newHttpRequestBuilder()
            .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .uri(server + request.path())
            .header("Accept", request.accept());
    request
        .content()
        .ifPresent(content -> building.method(request.method(), content.type(), content.text()));
    return http.sendAsync(building.build(), InputStream.class).thenApply(LibraryTransport::answer);
  }

  private static Answer answer(HttpResponse<InputStream> response) {
    var body = response.body() == null ? InputStream.nullInputStream() : response.body();
    return new Answer(response.code(), response.headers("Warning"), body);
  }
}
