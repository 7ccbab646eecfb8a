package dev.fuse.tool.gcp.api;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Google's REST APIs with one account's credentials. */
public final class Google {

  private static final int TRIES = 3;
  private static final int MOST_PAGES = 20;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final HttpTransport transport = new NetHttpTransport();
  private final HttpRequestFactory requests = transport.createRequestFactory();
  private final Endpoints endpoints;
  private final Login login;

  Google(Map<String, String> environment, Gcloud gcloud, Login login) {
    this.endpoints = new Endpoints(environment, gcloud);
    this.login = login;
  }

  public Login login() {
    return login;
  }

  /** Has a token ready, so that the first calls do not all wait for one. */
  public void warm() {
    login.token(transport);
  }

  /**
   * The answer to one request.
   *
   * @param deadline when it is no longer wanted
   * @throws Refusal if Google says no, or nothing
   * @throws ToolFailure of kind CREDENTIALS if there is no token
   */
  public Json call(Request request, Instant deadline) {
    for (int tried = 1; ; tried++) {
      try {
        return once(request, deadline);
      } catch (Refusal refusal) {
        var wait = refusal.detail().retry().orElse(pause(tried));
        boolean again =
            tried < TRIES
                && refusal.transientOne()
                && (request.reading() || refusal.detail().http() == 429)
                && wait.compareTo(LONGEST_WAIT) <= 0
                && Instant.now().plus(wait).isBefore(deadline);
        if (!again) {
          throw refusal;
        }
        sleep(wait);
      }
    }
  }

  /**
   * All items of a list, page by page.
   *
   * @param items the field that holds them
   * @param most after how many it is enough
   */
  public List<Json> list(Request request, String items, int most, Instant deadline) {
    var found = new ArrayList<Json>();
    var page = request;
    for (int pages = 0; pages < MOST_PAGES && found.size() < most; pages++) {
      var answer = call(page, deadline);
      found.addAll(answer.list(items));
      var next = answer.text("nextPageToken");
      if (next.isEmpty()) {
        break;
      }
      page =
          request.body().isPresent()
              ? request.withField("pageToken", next)
              : request.with("pageToken", next);
    }
    return found.size() > most ? List.copyOf(found.subList(0, most)) : List.copyOf(found);
  }

  private Json once(Request request, Instant deadline) {
    var time = Duration.between(Instant.now(), deadline);
    if (time.isNegative() || time.isZero()) {
      throw Refusal.unreached(request.api(), request.what(), "no time was left");
    }
    var token = login.token(transport);
    int limit = (int) Math.max(1, Math.min(request.limit().toMillis(), time.toMillis()));
    HttpResponse response = null;
    try {
      response = send(request, token, limit);
      var text = response.parseAsString();
      int status = response.getStatusCode();
      if (status < 200 || status > 299) {
        throw Refusal.of(request.api(), request.what(), status, reason(response), text);
      }
      return text.isBlank()
          ? Json.EMPTY
          : Json.parse(text)
              .orElseThrow(
                  () ->
                      Refusal.unreached(
                          request.api(), request.what(), "the answer is not a JSON object"));
    } catch (ConnectException | UnknownHostException e) {
      throw Refusal.unreached(request.api(), request.what(), unreached(request, e));
    } catch (IOException e) {
      throw request.reading()
          ? Refusal.unreached(request.api(), request.what(), unreached(request, e))
          : Refusal.unknown(request.api(), request.what(), unreached(request, e));
    } finally {
      close(response);
    }
  }

  private HttpResponse send(Request request, String token, int limit) throws IOException {
    var url = new GenericUrl(endpoints.url(request.api(), request.address()), true);
    var content =
        request
            .body()
            .map(
                json ->
                    new ByteArrayContent(
                        "application/json", json.write().getBytes(StandardCharsets.UTF_8)))
            .orElse(null);
    // The JDK's connection knows no PATCH; Google's services take this header instead.
    boolean patch = request.method().equals("PATCH");
    var sent = requests.buildRequest(patch ? "POST" : request.method(), url, content);
    var headers = sent.getHeaders();
    headers.setAuthorization("Bearer " + token);
    headers.setAccept("application/json");
    headers.setUserAgent("fuse");
    if (patch) {
      headers.set("X-HTTP-Method-Override", "PATCH");
    }
    login.quotaProject().ifPresent(project -> headers.set("x-goog-user-project", project));
    return sent.setConnectTimeout(Math.min(limit, 5000))
        .setReadTimeout(limit)
        .setThrowExceptionOnExecuteError(false)
        .setLoggingEnabled(false)
        .setFollowRedirects(false)
        .setNumberOfRetries(0)
        .execute();
  }

  private static String reason(HttpResponse response) {
    var said = response.getStatusMessage();
    return said == null ? "" : said;
  }

  private String unreached(Request request, IOException e) {
    var where = endpoints.url(request.api(), "");
    var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return "'" + where + "' does not answer: " + why;
  }

  private static void close(@org.jspecify.annotations.Nullable HttpResponse response) {
    try {
      if (response != null) {
        response.disconnect();
      }
    } catch (IOException _) {
      // What was read is there; nothing more is wanted of it.
      return;
    }
  }

  private static Duration pause(int tried) {
    long base = 200L << (2 * (tried - 1));
    return Duration.ofMillis(base + ThreadLocalRandom.current().nextLong(base));
  }

  private static void sleep(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ToolFailure(Kind.UNAVAILABLE, "the call was ended", "");
    }
  }
}
