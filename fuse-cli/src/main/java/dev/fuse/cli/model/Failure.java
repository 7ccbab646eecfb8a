package dev.fuse.cli.model;

import dev.fuse.agent.ChatModel.Broken;
import dev.fuse.agent.ChatModel.Kind;
import dev.fuse.cli.model.Wire.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a failed attempt means.
 *
 * @param retryAfterMillis empty where trying again is no use; negative where nobody says when
 */
record Failure(Broken broken, OptionalLong retryAfterMillis) {

  private static final String ADDRESS =
      "check the address (OPENAI_BASE_URL or model.base-url) and the network";

  static Failure of(Throwable error, ModelSettings settings, Wire wire, String shown) {
    if (find(error, RefusedException.class) instanceof RefusedException refused) {
      return refused(refused, settings, shown);
    }
    var where = "the model service at '" + settings.baseUrl() + "'";
    if (find(error, UnknownHostException.class) != null
        || find(error, UnresolvedAddressException.class) != null) {
      return final_(
          Kind.UNAVAILABLE, where + " cannot be reached: its host has no address", ADDRESS, shown);
    }
    if (find(error, ConnectException.class) != null) {
      return again(
          Kind.UNAVAILABLE, where + " cannot be reached: connection refused", ADDRESS, shown);
    }
    if (find(error, SSLException.class) instanceof SSLException tls) {
      return final_(
          Kind.UNAVAILABLE,
          where + " cannot be trusted: " + tls.getMessage(),
          "a proxy may stand in between; its CA must be in the JDK's trust store",
          shown);
    }
    if (find(error, IOException.class) instanceof IOException io) {
      return wire.begun()
          ? final_(
              Kind.CUT,
              "the connection to the model broke in the middle: " + said(io),
              "ask again",
              shown)
          : again(Kind.UNAVAILABLE, where + " closed the connection: " + said(io), ADDRESS, shown);
    }
    return final_(
        Kind.CUT,
        "the model's answer cannot be read: " + said(error),
        "the service may not speak OpenAI's chat completions; check " + settings.baseUrl(),
        shown);
  }

  private static Failure refused(RefusedException refused, ModelSettings settings, String shown) {
    var said =
        refused.body.startsWith("<") || refused.contentType.startsWith("text/html")
            ? "HTTP " + refused.status + " with an HTML page, as a proxy sends"
            : Wire.message(refused.body) + " (HTTP " + refused.status + ")";
    int status = refused.status;
    if (status == 401 || status == 403) {
      return final_(
          Kind.CREDENTIALS,
          "the model service refused the key from " + settings.keyOrigin() + ": " + said,
          "set OPENAI_API_KEY or model.key-command to one that is valid at " + settings.baseUrl(),
          shown);
    }
    if (status == 429 && refused.body.contains("insufficient_quota")) {
      return final_(Kind.CREDENTIALS, said, "the key's account has no credit left", shown);
    }
    if (status == 429 || status == 408 || status >= 500 || status == 200) {
      var failure = again(Kind.UNAVAILABLE, said, "try again later", shown);
      return new Failure(failure.broken(), OptionalLong.of(millis(refused.retryAfter)));
    }
    if (status == 404) {
      return final_(
          Kind.REFUSED,
          said,
          "is the model '"
              + settings.name()
              + "' there? -m NAME names another; the address is "
              + settings.baseUrl(),
          shown);
    }
    return final_(Kind.REFUSED, said, "see fuse doctor", shown);
  }

  /** Seconds or an HTTP date, RFC 9110 section 10.2.3; negative where it is neither. */
  static long millis(String retryAfter) {
    if (retryAfter.matches("\\d{1,9}")) {
      return Long.parseLong(retryAfter) * 1000;
    }
    try {
      var when = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Math.max(0, Duration.between(ZonedDateTime.now(when.getZone()), when).toMillis());
    } catch (DateTimeException e) {
      return -1;
    }
  }

  private static Failure final_(Kind kind, String problem, String hint, String shown) {
    return new Failure(new Broken(kind, problem, hint, shown), OptionalLong.empty());
  }

  private static Failure again(Kind kind, String problem, String hint, String shown) {
    return new Failure(new Broken(kind, problem, hint, shown), OptionalLong.of(-1));
  }

  private static String said(Throwable error) {
    var message = error.getMessage();
    return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
  }

  private static @Nullable Throwable find(Throwable error, Class<? extends Throwable> type) {
    for (var at = error; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return at;
      }
    }
    return null;
  }
}
