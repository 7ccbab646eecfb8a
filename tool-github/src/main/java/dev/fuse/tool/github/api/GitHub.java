package dev.fuse.tool.github.api;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The REST API of one GitHub: reads with conditional requests, changes without a second try, logs
 * along a redirect that never sees the token.
 */
public final class GitHub implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(15);
  private static final int AT_ONCE = 12;
  private static final int TRIES = 3;
  private static final int PAGE = 100;

  private final Endpoint endpoint;
  private final Optional<Credentials> credentials;
  private final HttpClient http;
  private final Answers answers;
  private final Rate rate = new Rate();
  private final Kept kept = new Kept();
  private final Memo memo = new Memo();
  private final Semaphore slots = new Semaphore(AT_ONCE);

  GitHub(Endpoint endpoint, Optional<Credentials> credentials, HttpClient http) {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.http = http;
    this.answers = new Answers(endpoint, credentials.map(Credentials::source).orElse(""));
  }

  public String host() {
    return endpoint.host();
  }

  public Rate rate() {
    return rate;
  }

  /** Whether requests carry a token. */
  public boolean signedIn() {
    return credentials.isPresent();
  }

  /**
   * The value at a path.
   *
   * @throws Refused if GitHub does not give it
   */
  public Node get(String path) {
    return read(path).node();
  }

  /** The value at a path; empty where it is not there or may not be seen. */
  public Optional<Node> find(String path) {
    try {
      return Optional.of(get(path));
    } catch (Refused refused) {
      if (refused.absent()) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** A file's bytes or a diff, in the form that the accepted type names. */
  public String text(String path, String accept, int most) {
    var request = request(path).header("Accept", accept).GET().build();
    try (var body = Answers.body(exchange(request))) {
      return new String(body.readNBytes(most), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw answers.broken(path, broken);
    }
  }

  /** All pages of a list, those behind the first side by side. */
  public Listing list(String path, String key, int most) {
    int size = key.equals("variables") ? 30 : Math.min(PAGE, most);
    var first = read(paged(path, size, 1));
    var items = new ArrayList<>(items(first.node(), key));
    long total = first.node().number("total_count");
    int last = Math.min(first.lastPage(), (most + size - 1) / size);
    var numbers = java.util.stream.IntStream.rangeClosed(2, last).boxed().toList();
    if (!numbers.isEmpty()) {
      Parallel.map(numbers, page -> items(read(paged(path, size, page)).node(), key))
          .forEach(items::addAll);
    }
    var shown = items.size() > most ? items.subList(0, most) : items;
    long all = Math.max(total, first.lastPage() > last ? items.size() + 1L : items.size());
    return new Listing(List.copyOf(shown), all);
  }

  /** Elements of a list, and how many there are at least. */
  public record Listing(List<Node> items, long total) {
    public boolean whole() {
      return items.size() >= total;
    }
  }

  /** Sends a change, once. */
  public Node send(String method, String path, @Nullable Object body) {
    memo.clear();
    var publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body));
    var request =
        request(path)
            .header("Accept", "application/vnd.github+json")
            .header("Content-Type", "application/json")
            .method(method, publisher)
            .build();
    HttpResponse<InputStream> response;
    try {
      response = take(request);
    } catch (IOException broken) {
      throw answers.unknown(method, path, broken);
    }
    memo.clear();
    var answer = answers.read(path, response);
    if (answer.status() >= 300) {
      throw answers.refused(path, answer);
    }
    return answer.node();
  }

  /** Reads what a path redirects to, from whatever host, without the token. */
  public <T> T download(String path, Function<InputStream, T> reader) {
    var request = request(path).header("Accept", "application/vnd.github+json").GET().build();
    var response = exchange(request);
    try {
      if (response.statusCode() / 100 == 2) {
        return reader.apply(Answers.body(response));
      }
      response.body().close();
      return fetch(path, Answers.location(endpoint, response), reader);
    } catch (IOException broken) {
      throw answers.broken(path, broken);
    }
  }

  private <T> T fetch(String path, URI place, Function<InputStream, T> reader) throws IOException {
    var plain =
        HttpRequest.newBuilder(place).header("User-Agent", "fuse").timeout(ANSWER).GET().build();
    var response = take(plain);
    try (var body = Answers.body(response)) {
      if (response.statusCode() != 200) {
        throw answers.download(path, response.statusCode());
      }
      return reader.apply(body);
    }
  }

  /** Work that several tools may want at the same moment, done once. */
  public <T> T once(String name, Supplier<T> work) {
    return memo.of(name, work);
  }

  private Answer read(String path) {
    return memo.of(path, () -> ask(path));
  }

  private Answer ask(String path) {
    var known = kept.find(path);
    var builder = request(path).header("Accept", "application/vnd.github+json");
    known.ifPresent(it -> builder.header("If-None-Match", it.tag()));
    var request = builder.GET().build();
    for (int attempt = 1; ; attempt++) {
      try {
        var answer = answers.read(path, exchange(request));
        if (answer.status() == 304 && known.isPresent()) {
          return known.get().answer();
        }
        kept.keep(path, answer);
        return answer;
      } catch (Refused refused) {
        if (refused.kind() != Kind.UNAVAILABLE || refused.status() > 0 || attempt == TRIES) {
          throw refused;
        }
        pause(Duration.ofMillis(100L * attempt));
      }
    }
  }

  /** A read is tried again after a broken connection, a server's fault or a short limit. */
  private HttpResponse<InputStream> exchange(HttpRequest request) {
    for (int attempt = 1; ; attempt++) {
      var path = request.uri().getPath();
      var waited = Duration.ofMillis(150L * attempt);
      Refused refused;
      try {
        var response = take(request);
        if (response.statusCode() < 400) {
          return response;
        }
        var answer = answers.read(path, response);
        refused = answers.refused(path, answer);
        var limit = rate.wait(answer);
        boolean passing = limit.isPresent() || answer.status() >= 500;
        if (!passing) {
          throw refused;
        }
        waited = limit.orElse(waited);
      } catch (IOException broken) {
        refused = answers.broken(path, broken);
      }
      if (attempt == TRIES) {
        throw refused;
      }
      pause(waited);
    }
  }

  private HttpResponse<InputStream> take(HttpRequest request) throws IOException {
    try {
      slots.acquire();
      try {
        var response = http.send(request, BodyHandlers.ofInputStream());
        var moved = Answers.moved(endpoint, request, response);
        if (moved.isPresent()) {
          response.body().close();
          response = http.send(moved.get(), BodyHandlers.ofInputStream());
        }
        rate.seen(response.headers());
        return response;
      } finally {
        slots.release();
      }
    } catch (InterruptedException e) {
      throw cancelled();
    }
  }

  private HttpRequest.Builder request(String path) {
    var builder =
        HttpRequest.newBuilder(URI.create(endpoint.api() + path))
            .header("User-Agent", "fuse")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .header("Accept-Encoding", "gzip")
            .timeout(ANSWER);
    credentials.ifPresent(it -> builder.header("Authorization", "Bearer " + it.token()));
    return builder;
  }

  private static List<Node> items(Node page, String key) {
    return key.isEmpty() ? page.list() : page.list(key);
  }

  private static String paged(String path, int size, int page) {
    return path
        + (path.contains("?") ? "&" : "?")
        + "per_page="
        + size
        + (page > 1 ? "&page=" + page : "");
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw cancelled();
    }
  }

  private static ToolFailure cancelled() {
    Thread.currentThread().interrupt();
    return new ToolFailure(Kind.UNAVAILABLE, "the call was cancelled", "");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
