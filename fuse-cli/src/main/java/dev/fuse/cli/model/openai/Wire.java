package dev.fuse.cli.model.openai;

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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's HTTP for one streamed answer, over the JDK's client: it knows the headers of a
 * refusal, whether bytes still come, an error in the middle of a stream, and ends when it is
 * closed. The key is added here and nowhere else, so that no other code can log it.
 */
final class Wire implements HttpClient, AutoCloseable {

  private static final int REFUSAL_BYTES = 64 * 1024;

  /** In an answer's own text the quotation marks are escaped. */
  private static final Pattern FINISH =
      Pattern.compile("(?<!\\\\)\"finish_reason\"\\s*:\\s*\"(\\w+)\"");

  private final Supplier<java.net.http.HttpClient> http;
  private final Key key;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private volatile OptionalLong lastByte = OptionalLong.empty();
  private volatile String lastEvent = "";
  private volatile String problem = "";
  private volatile String finish = "";
  private volatile boolean refused;

  Wire(Supplier<java.net.http.HttpClient> http, Key key) {
    this.http = http;
    this.key = key;
  }

  /** A service's answer that is no stream. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;
    final int status;
    final String retryAfter;
    final String location;
    final String contentType;
    final String body;

    RefusedException(HttpResponse<?> response, String body) {
      super("HTTP " + response.statusCode());
      this.status = response.statusCode();
      this.retryAfter = response.headers().firstValue("retry-after").orElse("");
      this.location = response.headers().firstValue("location").orElse("");
      this.contentType = response.headers().firstValue("content-type").orElse("");
      this.body = body;
    }
  }

  HttpClientBuilder builder() {
    return new Builder(this);
  }

  /** How long the service has sent nothing; no time before the request is sent. */
  Duration silentFor() {
    var last = lastByte;
    return last.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - last.getAsLong());
  }

  /** Whether an event of the answer has come. */
  boolean begun() {
    return !lastEvent.isEmpty();
  }

  /** The data of the newest event; empty where none has come. */
  String lastEvent() {
    return lastEvent;
  }

  /** The finish reason as the service wrote it, which LangChain4j may not know; empty for none. */
  String finish() {
    return finish;
  }

  /** What an error event said. */
  Optional<String> problem() {
    return Optional.of(problem).filter(text -> !text.isEmpty());
  }

  /** Whether the service itself refused the request. */
  boolean refused() {
    return refused;
  }

  Key key() {
    return key;
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
      var sent = of(request);
      var client = http.get();
      heard();
      var response = client.send(sent, BodyHandlers.ofInputStream());
      heard();
      try (var body = new Counted(response.body())) {
        var type = response.headers().firstValue("content-type").orElse("");
        if (response.statusCode() != 200
            || type.startsWith("text/html")
            || type.startsWith("application/json")) {
          refused = true;
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

  private void heard() {
    lastByte = OptionalLong.of(System.nanoTime());
  }

  private static String start(InputStream body) throws IOException {
    return new String(body.readNBytes(REFUSAL_BYTES), StandardCharsets.UTF_8);
  }

  private java.net.http.HttpRequest of(HttpRequest request) {
    var builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .POST(BodyPublishers.ofString(request.body()));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.setHeader(name, value)));
    builder.setHeader("User-Agent", "fuse");
    var value = key.value();
    if (!value.isEmpty()) {
      builder.header("Authorization", "Bearer " + value);
    }
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
      var data = event.data() == null ? "" : event.data();
      lastEvent = data;
      var reason = FINISH.matcher(data);
      if (reason.find()) {
        finish = reason.group(1);
      }
      if (problem.isEmpty() && data.contains("\"error\"")) {
        problem = ErrorBody.find(data).orElse("");
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

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      heard();
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      heard();
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
