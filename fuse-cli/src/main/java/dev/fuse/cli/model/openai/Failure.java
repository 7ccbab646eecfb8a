package dev.fuse.cli.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fuse.brief.ChatModel.Broken;
import dev.fuse.brief.ChatModel.Kind;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.model.openai.Wire.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a failed attempt means.
 *
 * @param retryAfterMillis empty where trying again is no use; negative where nobody says when
 */
record Failure(Broken broken, OptionalLong retryAfterMillis) {

  static final OptionalLong NO = OptionalLong.empty();
  static final OptionalLong SOON = OptionalLong.of(-1);

  static final String ADDRESS =
      "check the address (OPENAI_BASE_URL or model.base-url) and the network";
  static final String CUTS =
      "ask again; if it happens again, the service or a proxy before it cuts answers short";

  static Failure of(
      Throwable error, String event, ModelSettings settings, Wire wire, String shown) {
    if (find(error, RefusedException.class) instanceof RefusedException refused) {
      return Refusal.of(refused, settings, wire.key(), shown);
    }
    if (find(error, FuseException.class) instanceof FuseException own) {
      return of(Kind.CREDENTIALS, own.problem(), own.hint(), shown, NO);
    }
    if (find(error, JsonProcessingException.class) != null) {
      return unreadable(event, wire, shown);
    }
    if (find(error, UnknownHostException.class) != null
        || find(error, UnresolvedAddressException.class) != null) {
      var problem = where(settings) + " cannot be reached: its host has no address";
      return of(Kind.UNAVAILABLE, problem, ADDRESS, shown, NO);
    }
    if (find(error, SSLException.class) instanceof SSLException tls) {
      return untrusted(tls, settings, shown);
    }
    if (find(error, IOException.class) instanceof IOException io) {
      return wire.begun() ? broke(io, shown) : unreachable(io, settings, shown);
    }
    if (wire.begun()) {
      return unreadable(event, wire, shown);
    }
    return of(
        Kind.REFUSED,
        "the request to " + where(settings) + " cannot be made: " + wire.key().hidden(said(error)),
        "this may be a bug in Fuse",
        shown,
        NO);
  }

  /** The stream is over and no finish reason came. */
  static Broken cut(ModelSettings settings, Wire wire, String shown) {
    if (wire.problem().isPresent()) {
      var said = wire.key().hidden(wire.problem().get());
      return new Broken(
          Kind.CUT, "the model service broke off its answer: " + said, "ask again", shown);
    }
    if (!wire.begun() || (wire.lastEvent().equals("[DONE]") && shown.isEmpty())) {
      return new Broken(Kind.CUT, where(settings) + " sent an empty answer", "ask again", shown);
    }
    return new Broken(
        Kind.CUT, "the model's answer ended before it was whole (no finish reason)", CUTS, shown);
  }

  static Broken filtered(String shown) {
    return new Broken(
        shown.isEmpty() ? Kind.REFUSED : Kind.CUT,
        "the service's content filter stopped the answer",
        "ask in other words",
        shown);
  }

  static Broken silence(ModelSettings settings, boolean begun, String shown) {
    long seconds = settings.idle().toSeconds();
    return new Broken(
        begun ? Kind.CUT : Kind.UNAVAILABLE,
        begun
            ? "the model fell silent for " + seconds + " s in the middle of its answer"
            : where(settings) + " sent nothing for " + seconds + " s",
        "try again, or raise model.idle-timeout",
        shown);
  }

  static Failure of(Kind kind, String problem, String hint, String shown, OptionalLong again) {
    return new Failure(new Broken(kind, problem, hint, shown), again);
  }

  static String where(ModelSettings settings) {
    return "the model service at '" + settings.baseUrl() + "'";
  }

  private static Failure broke(IOException io, String shown) {
    var how = String.valueOf(io.getMessage()).contains("reset") ? "was reset" : "was closed";
    var problem = "the connection to the model " + how + " before its answer was whole";
    return of(Kind.CUT, problem, CUTS, shown, SOON);
  }

  private static Failure untrusted(SSLException tls, ModelSettings settings, String shown) {
    var message = said(tls);
    if (message.contains("plaintext")) {
      var problem = where(settings) + " does not speak TLS";
      return of(Kind.UNAVAILABLE, problem, "is its address one with http: ?", shown, NO);
    }
    return of(
        Kind.UNAVAILABLE,
        where(settings)
            + " cannot be trusted: "
            + message.substring(message.lastIndexOf(": ") + 1).strip(),
        "where a proxy stands in between, its CA must be in the JDK's trust store, or in one named"
            + " by JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE",
        shown,
        NO);
  }

  private static Failure unreachable(IOException io, ModelSettings settings, String shown) {
    var why =
        switch (io) {
          case HttpConnectTimeoutException _ -> "cannot be reached: no answer to connecting";
          case ConnectException e when e.getMessage() == null ->
              "cannot be reached: connection refused";
          case ConnectException e -> "cannot be reached: " + said(e).toLowerCase(Locale.ROOT);
          default -> "closed the connection without an answer";
        };
    return of(Kind.UNAVAILABLE, where(settings) + " " + why, ADDRESS, shown, SOON);
  }

  private static Failure unreadable(String event, Wire wire, String shown) {
    var line = ErrorBody.line(wire.key().hidden(event));
    var start = line.length() > 80 ? line.substring(0, 80) + "…" : line;
    return of(
        Kind.CUT,
        "an event of the model's answer cannot be read: '" + start + "'",
        CUTS,
        shown,
        NO);
  }

  private static String said(Throwable error) {
    var message = error.getMessage();
    return message == null || message.isBlank()
        ? error.getClass().getSimpleName()
        : ErrorBody.line(message);
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
