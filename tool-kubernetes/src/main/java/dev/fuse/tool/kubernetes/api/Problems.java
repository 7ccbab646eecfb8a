package dev.fuse.tool.kubernetes.api;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What goes wrong between here and an API server, as answers. */
public final class Problems {

  private Problems() {}

  /** The answer to a status of the server other than success. */
  static ToolFailure status(int code, String message, String context) {
    if (message.contains("failed to create typed patch object")) {
      return ToolFailure.invalid(message, "correct the field that it names");
    }
    return switch (code) {
      case 400, 405, 406, 415, 422 -> ToolFailure.invalid(message, "correct the request");
      case 401 ->
          new ToolFailure(
              Kind.CREDENTIALS,
              "the server of context '" + context + "' does not know you: " + message,
              "the token may have expired: log in again, then 'kubectl --context "
                  + context
                  + " auth whoami'");
      case 403 ->
          new ToolFailure(
              Kind.FORBIDDEN, message, "ask for the role, or see what is allowed with k8s_can_i");
      case 404 -> ToolFailure.notFound(message, "");
      case 409, 412 ->
          new ToolFailure(
              Kind.CONFLICT, message, "somebody else changed or owns it: read it again first");
      case 410 -> new ToolFailure(Kind.CONFLICT, message, "the list has moved on: list again");
      case 429 ->
          new ToolFailure(Kind.LIMIT, "the server refuses for now: " + message, "try again later");
      default ->
          new ToolFailure(
              Kind.UNAVAILABLE,
              "the server of context '" + context + "' answered " + code + ": " + message,
              "try again; if it stays, look at the API server and its webhooks");
    };
  }

  /** The text of a Warning header: {@code 299 - "text"}. */
  static String warning(String header) {
    int start = header.indexOf('"');
    int end = header.lastIndexOf('"');
    return end > start ? header.substring(start + 1, end).replace("\\\"", "\"") : header;
  }

  /** The answer to a request that got none. */
  static ToolFailure unreachable(Throwable failure, String server, String context, boolean reads) {
    var cause = rootOf(failure);
    var where = "'" + server + "' of context '" + context + "'";
    return switch (cause) {
      case ToolFailure known -> known;
      case ConnectException e -> unavailable("cannot reach " + where + ": " + said(e, "refused"));
      case UnknownHostException _ -> unavailable("cannot reach " + where + ": no such host");
      case HttpConnectTimeoutException _ -> unavailable("cannot reach " + where + ": no answer");
      case SSLException e ->
          new ToolFailure(
              Kind.CREDENTIALS,
              "no trust between here and " + where + ": " + e.getMessage(),
              "check certificate-authority-data and the client certificate of the context");
      case HttpTimeoutException e -> lost(e, where, reads);
      case TimeoutException e -> lost(e, where, reads);
      default -> lost(cause, where, reads);
    };
  }

  /** Name and message of the innermost cause. */
  public static String root(Throwable failure) {
    var cause = rootOf(failure);
    var line = said(cause, cause.getClass().getSimpleName()).lines().findFirst().orElse("");
    return cause instanceof NoSuchFileException ? "there is no file '" + line + "'" : line;
  }

  private static Throwable rootOf(Throwable failure) {
    var cause = failure;
    for (var next = cause.getCause(); next != null; next = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof SSLException) {
        return cause;
      }
      cause = next;
    }
    return cause;
  }

  private static ToolFailure lost(Throwable cause, String where, boolean reads) {
    var problem = "the request to " + where + " was not answered: " + root(cause);
    return reads
        ? unavailable(problem)
        : new ToolFailure(
            Kind.UNKNOWN_OUTCOME,
            problem,
            "it may have happened: read the object before trying again");
  }

  private static ToolFailure unavailable(String problem) {
    return new ToolFailure(
        Kind.UNAVAILABLE, problem, "check the network, VPN or proxy, or name another context");
  }

  /** What was given, short and in one line, as it may stand in a sentence. */
  public static String shown(String given) {
    var line = given.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }

  private static String said(Throwable cause, String otherwise) {
    var message = cause.getMessage();
    return message == null || message.isBlank() ? otherwise : message;
  }
}
