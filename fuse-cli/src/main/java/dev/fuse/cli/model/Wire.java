package dev.fuse.cli.model;

import dev.fuse.cli.home.Json;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's HTTP for one streamed answer, over the JDK's client: it knows the headers of a
 * refusal, whether bytes still come, an error in the middle of a stream, and ends when it is
 * closed.
 */
final class Wire implements HttpClient, AutoCloseable {

  private static final int REFUSAL_BYTES = 64 * 1024;

  private final Supplier<java.net.http.HttpClient> http;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private volatile long lastByte = System.nanoTime();
  private volatile boolean begun;
  private volatile String problem = "";

  Wire(Supplier<java.net.http.HttpClient> http) {
    this.http = http;
  }

  /** A service's answer that is no answer. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;
    final int status;
    final String retryAfter;
    final String contentType;
    final String body;

    RefusedException(HttpResponse<?> response, String body) {
      super("HTTP " + response.statusCode());
      this.status = response.statusCode();
      this.retryAfter = response.headers().firstValue("retry-after").orElse("");
      this.contentType = response.headers().firstValue("content-type").orElse("");
      this.body = body;
    }
  }

  HttpClientBuilder builder() {
    return new Builder(this);
  }

  Duration silentFor() {
    return Duration.ofNanos(System.nanoTime() - lastByte);
  }

  /** Whether an event of the answer has come. */
  boolean begun() {
    return begun;
  }

  /** What an error event said. */
  Optional<String> problem() {
    return Optional.of(problem).filter(text -> !text.isEmpty());
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    throw new IllegalStateException("answers are streamed");
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    thread.set(
        Thread.ofPlatform()
            .daemon()
            .name("fuse-model")
            .start(() -> stream(request, parser, new Watching(listener))));
  }

  @Override
  public void close() {
    var running = thread.get();
    if (running != null) {
      running.interrupt();
    }
  }

  private void stream(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    try {
      var response = http.get().send(of(request), BodyHandlers.ofInputStream());
      lastByte = System.nanoTime();
      try (var body = new Counted(response.body())) {
        var type = response.headers().firstValue("content-type").orElse("");
        if (response.statusCode() != 200 || type.startsWith("text/html")) {
          listener.onError(new RefusedException(response, start(body)));
          return;
        }
        parser.parse(body, listener);
        listener.onClose();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      listener.onError(e);
    } catch (IOException | RuntimeException e) {
      listener.onError(e);
    }
  }

  private static String start(InputStream body) throws IOException {
    return new String(body.readNBytes(REFUSAL_BYTES), StandardCharsets.UTF_8);
  }

  private static java.net.http.HttpRequest of(HttpRequest request) {
    var builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .POST(BodyPublishers.ofString(request.body()));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    return builder.build();
  }

  /** Sees each event before LangChain4j does, which would take an error for the end. */
  private final class Watching implements ServerSentEventListener {
    private final ServerSentEventListener inner;

    Watching(ServerSentEventListener inner) {
      this.inner = inner;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
      inner.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
      begun = true;
      if (event.data() != null && event.data().stripLeading().startsWith("{\"error\"")) {
        problem = message(event.data());
      }
      if (problem.isEmpty()) {
        inner.onEvent(event, context);
      }
    }

    @Override
    public void onError(Throwable error) {
      inner.onError(error);
    }

    @Override
    public void onClose() {
      inner.onClose();
    }
  }

  /** The sentence in a service's error body. */
  static String message(String body) {
    try {
      return Json.object(body).get("error") instanceof Map<?, ?> error
              && error.get("message") instanceof String text
          ? "the model service said: " + text
          : "the model service said: " + body;
    } catch (IOException e) {
      return "the model service said: " + body.lines().findFirst().orElse("nothing");
    }
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      lastByte = System.nanoTime();
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      lastByte = System.nanoTime();
      return read;
    }
  }

  private record Builder(Wire wire) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return Duration.ofSeconds(15);
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return Duration.ofHours(1);
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient build() {
      return wire;
    }
  }
}
