package dev.fuse.tool.github.api;

import dev.fuse.spi.ToolResult.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads answers, and words those that are not what was asked for. */
final class Answers {

  private final Endpoint endpoint;
  private final Refusals refusals;

  Answers(Endpoint endpoint, String source) {
    this.endpoint = endpoint;
    this.refusals = new Refusals(endpoint.host(), source);
  }

  /** The answer with its body, which is JSON or nothing. */
  Answer read(String path, HttpResponse<InputStream> response) {
    var type = response.headers().firstValue("Content-Type").orElse("");
    try (var body = body(response)) {
      if (response.statusCode() == 304 || response.statusCode() == 204) {
        return new Answer(response.statusCode(), response.headers(), new Node(null));
      }
      if (!type.contains("json")) {
        return other(path, response, body.readNBytes(512).length, type);
      }
      return new Answer(response.statusCode(), response.headers(), Json.read(body));
    } catch (IOException broken) {
      throw broken(path, broken);
    }
  }

  private Answer other(String path, HttpResponse<InputStream> response, int bytes, String type) {
    if (type.contains("html")) {
      throw new Refused(
          0,
          Kind.UNAVAILABLE,
          "'%s' answered %s with a web page instead of JSON"
              .formatted(endpoint.api().getHost() + path, response.statusCode()),
          "a proxy or login page may stand between: check the proxy settings and the API address");
    }
    if (bytes > 0 && response.statusCode() < 300) {
      throw new Refused(
          0, Kind.UNAVAILABLE, "'" + path + "' answered with '" + type + "', not JSON", "");
    }
    return new Answer(response.statusCode(), response.headers(), new Node(null));
  }

  Refused refused(String path, Answer answer) {
    return refusals.of(path, answer);
  }

  Refused broken(String path, IOException cause) {
    var what =
        cause instanceof HttpTimeoutException
            ? "gave no answer in time"
            : "broke off: " + reason(cause);
    return new Refused(
        0,
        Kind.UNAVAILABLE,
        "the connection to '%s' for '%s' %s".formatted(endpoint.api().getHost(), path, what),
        "check the network, then try again");
  }

  Refused unknown(String method, String path, IOException cause) {
    return new Refused(
        0,
        Kind.UNKNOWN_OUTCOME,
        "%s '%s' was sent and its answer was not seen: %s".formatted(method, path, reason(cause)),
        "look whether it happened before trying again");
  }

  Refused download(String path, int status) {
    return new Refused(
        status,
        status == 404 || status == 410 ? Kind.NOT_FOUND : Kind.UNAVAILABLE,
        "the download host answered %d for '%s'".formatted(status, path),
        "");
  }

  private static String reason(IOException cause) {
    var message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** The body, unpacked. */
  static InputStream body(HttpResponse<InputStream> response) throws IOException {
    boolean packed =
        response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
    return packed ? new GZIPInputStream(response.body(), 1 << 16) : response.body();
  }

  static URI location(Endpoint endpoint, HttpResponse<?> response) throws IOException {
    var location = response.headers().firstValue("Location").orElse("");
    if (location.isEmpty()) {
      throw new IOException("HTTP " + response.statusCode() + " without a place to go to");
    }
    try {
      return endpoint.api().resolve(location);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("it redirects to '" + location + "', which is not an address");
    }
  }

  /** A renamed repository's new address, where it lies on the same host. */
  static Optional<HttpRequest> moved(
      Endpoint endpoint, HttpRequest request, HttpResponse<?> response) throws IOException {
    int status = response.statusCode();
    if (status != 301 && status != 307 && status != 308) {
      return Optional.empty();
    }
    var place = location(endpoint, response);
    boolean same =
        endpoint.api().getHost().equalsIgnoreCase(place.getHost())
            && endpoint.api().getPort() == place.getPort()
            && endpoint.api().getScheme().equals(place.getScheme());
    if (!same) {
      throw new IOException("it redirects to another host, '" + place.getHost() + "'");
    }
    return Optional.of(HttpRequest.newBuilder(request, (_, _) -> true).uri(place).build());
  }

  static Instant now(Answer answer) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.header("Date"), Instant::from);
    } catch (DateTimeParseException unreadable) {
      return Instant.now();
    }
  }
}
