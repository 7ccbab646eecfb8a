package dev.fuse.cli.net;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.scenario.ScenarioFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The address of guidance that others publish: over https, or on this machine. */
public record GuidanceAddress(URI uri) {

  private static final Duration TIME = Duration.ofSeconds(15);
  private static final List<String> ENDINGS = List.of(".md", ".yaml", ".yml");

  /**
   * Reads an address.
   *
   * @throws FuseException of kind USAGE if it is none that is read from
   */
  public static GuidanceAddress of(String address) {
    try {
      var uri = URI.create(address);
      var host = uri.getHost();
      if (host == null || uri.getUserInfo() != null) {
        throw refused(address, "has no host, or a name and password in it");
      }
      boolean here = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
      boolean safe = "https".equalsIgnoreCase(uri.getScheme());
      if (!safe && !(here && "http".equalsIgnoreCase(uri.getScheme()))) {
        throw refused(address, "is not https; anybody on the way could change what it says");
      }
      var file = uri.getPath() == null ? "" : uri.getPath();
      if (ENDINGS.stream().noneMatch(file::endsWith)) {
        throw refused(address, "does not end in .md or .yaml");
      }
      return new GuidanceAddress(uri);
    } catch (IllegalArgumentException e) {
      throw refused(address, "is not an address: " + e.getMessage());
    }
  }

  /** The path of what it names, from which the scenario has its name. */
  public String file() {
    return uri.getPath();
  }

  /**
   * What stands there: text of 256 KB at most, within 15 seconds; a redirection is told and not
   * followed.
   *
   * @throws FuseException of kind FAILED if there is none
   */
  public String read(Map<String, String> environment) {
    try (var client = Connection.to(uri, environment)) {
      var reading = CompletableFuture.supplyAsync(() -> read(client), Thread::startVirtualThread);
      try {
        return reading.get(TIME.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw failed("did not answer whole within " + TIME.toSeconds() + " s");
      } catch (ExecutionException e) {
        throw e.getCause() instanceof FuseException known ? known : failed(reason(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed("was interrupted");
      } finally {
        client.shutdownNow();
      }
    }
  }

  private String read(HttpClient client) {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(TIME)
            .header("Accept", "text/markdown, text/plain, application/yaml, */*;q=0.1")
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        check(response);
        var bytes = body.readNBytes(ScenarioFile.LARGEST + 1);
        if (bytes.length > ScenarioFile.LARGEST) {
          throw failed("has more than 256 KB, which is the most");
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    } catch (CharacterCodingException e) {
      throw failed("is not in UTF-8");
    } catch (IOException e) {
      throw failed(reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    }
  }

  private void check(HttpResponse<?> response) {
    var headers = response.headers();
    if (response.statusCode() / 100 == 3) {
      var to = headers.firstValue("Location").orElse("nowhere");
      throw failed("leads to '" + to + "'; add that one if you know it");
    }
    if (response.statusCode() != 200) {
      throw failed("answered " + response.statusCode());
    }
    if (headers.firstValue("Content-Type").orElse("").startsWith("text/html")) {
      throw failed("is a web page; take the address of the file itself (raw)");
    }
  }

  private static String reason(Throwable cause) {
    var message =
        cause instanceof ConnectException
            ? "no such host, or nothing listens there"
            : cause.getMessage();
    return "cannot be reached: " + (message == null ? cause.getClass().getSimpleName() : message);
  }

  private FuseException failed(String why) {
    return new FuseException(
        Kind.FAILED, "'" + uri + "' " + why, "or save it and: fuse scenarios add FILE");
  }

  private static FuseException refused(String address, String why) {
    return new FuseException(
        Kind.USAGE,
        "'" + address + "' " + why,
        "fuse scenarios add https://example.com/guidance/deploy.md");
  }
}
