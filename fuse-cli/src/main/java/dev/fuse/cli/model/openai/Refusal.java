package dev.fuse.cli.model.openai;

import dev.fuse.brief.ChatModel.Kind;
import dev.fuse.cli.model.openai.Wire.RefusedException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/** What a status other than 200, or a body that is no stream, means. */
final class Refusal {

  private static final String LATER = "try again later";

  private Refusal() {}

  static Failure of(RefusedException refused, ModelSettings settings, Key key, String shown) {
    int status = refused.status;
    var where = Failure.where(settings);
    var http = " (HTTP " + status + ")";
    if (refused.contentType.startsWith("text/html")
        || refused.body.stripLeading().startsWith("<")) {
      return Failure.of(
          Kind.UNAVAILABLE,
          where + " answered with an HTML page, as a proxy or a web server does" + http,
          Failure.ADDRESS,
          shown,
          again(refused));
    }
    var said = ": " + key.hidden(ErrorBody.read(refused.body)) + http;
    return switch (status) {
      case 401, 403 -> credentials(where, said, settings, key, shown);
      case 404, 405 ->
          Failure.of(
              Kind.REFUSED,
              where + " has no model '" + settings.name() + "' or is another address" + said,
              "-m NAME names another model; the address often ends in /v1",
              shown,
              Failure.NO);
      case 301, 302, 303, 307, 308 ->
          Failure.of(
              Kind.REFUSED,
              where + " redirects to '" + ErrorBody.line(refused.location) + "'" + http,
              "set OPENAI_BASE_URL or model.base-url to the address that it moved to",
              shown,
              Failure.NO);
      case 407 ->
          Failure.of(
              Kind.UNAVAILABLE,
              "the proxy before the model service wants a name and password, which Fuse cannot give"
                  + http,
              "set HTTPS_PROXY to a local proxy that logs in to it, such as cntlm",
              shown,
              Failure.NO);
      case 429 -> limited(refused, where, said, shown);
      case 200 ->
          Failure.of(
              Kind.REFUSED,
              where + " does not stream" + said,
              "it must speak OpenAI's chat completions with stream: true",
              shown,
              Failure.NO);
      default ->
          status == 408 || status >= 500
              ? Failure.of(Kind.UNAVAILABLE, where + " failed" + said, LATER, shown, again(refused))
              : request(refused, settings, said, shown);
    };
  }

  private static Failure credentials(
      String where, String said, ModelSettings settings, Key key, String shown) {
    var problem =
        key.value().isEmpty()
            ? where + " wants a key and none is set"
            : where + " refused the key from " + settings.keyOrigin();
    return Failure.of(
        Kind.CREDENTIALS,
        problem + said,
        "set OPENAI_API_KEY or model.key-command to a key that is valid there",
        shown,
        Failure.NO);
  }

  private static Failure limited(
      RefusedException refused, String where, String said, String shown) {
    if (refused.body.contains("insufficient_quota")) {
      return Failure.of(
          Kind.CREDENTIALS,
          where + " says that the key's account has no credit left" + said,
          "add credit there, or set a key of another account",
          shown,
          Failure.NO);
    }
    var wait = millis(refused.retryAfter);
    return Failure.of(
        Kind.UNAVAILABLE,
        where + " limits the rate" + said,
        wait > 0 ? "it asks to wait " + Math.ceilDiv(wait, 1000L) + " s" : LATER,
        shown,
        again(refused));
  }

  private static Failure request(
      RefusedException refused, ModelSettings settings, String said, String shown) {
    if (refused.status == 413 || refused.body.contains("context_length_exceeded")) {
      return Failure.of(
          Kind.REFUSED,
          "the request is longer than the window of '" + settings.name() + "'" + said,
          "start a new conversation, or set model.window to its size so that Fuse sees it coming",
          shown,
          Failure.NO);
    }
    return Failure.of(
        Kind.REFUSED,
        "the model service refused the request" + said,
        "'" + settings.name() + "' may lack streaming or tools; -m NAME names another model",
        shown,
        Failure.NO);
  }

  private static OptionalLong again(RefusedException refused) {
    return OptionalLong.of(millis(refused.retryAfter));
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
}
