package dev.fuse.tool.gcp.api;

import dev.fuse.spi.ToolFailure;
import dev.fuse.spi.ToolResult.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Google answered instead of what was asked for, or why there was no answer. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final Pattern PERMISSION =
      Pattern.compile("[\"']?\\b([a-z]\\w+(?:\\.[a-zA-Z]\\w+){2,3})\\b[\"']?");

  private final transient Detail detail;

  /**
   * What is known of it.
   *
   * @param http the status of the answer; 0 where there was none
   * @param status Google's name for it, such as {@code PERMISSION_DENIED}
   * @param reason of the ErrorInfo, such as {@code SERVICE_DISABLED}
   * @param what a few words for what was asked for
   * @param api the API that was asked
   * @param info the metadata of the ErrorInfo
   * @param retry after how long another try makes sense
   * @param violations what was wrong with it, in Google's words
   */
  public record Detail(
      int http,
      String status,
      String reason,
      String what,
      Api api,
      Json info,
      Optional<Duration> retry,
      List<String> violations) {

    public Detail {
      violations = List.copyOf(violations);
    }
  }

  Refusal(String message, Detail detail) {
    super(message, null, false, false);
    this.detail = detail;
  }

  static Refusal of(Api api, String what, int http, String reasonPhrase, String body) {
    var error = Json.parse(body).map(json -> json.at("error")).orElse(Json.EMPTY);
    var details = error.list("details");
    var info = typed(details, "ErrorInfo");
    var first = error.list("errors").stream().findFirst().orElse(Json.EMPTY);
    var message = error.find("message").orElseGet(() -> "HTTP " + http + " " + reasonPhrase);
    var retry = typed(details, "RetryInfo").find("retryDelay").flatMap(Refusal::seconds);
    var violations =
        details.stream()
            .flatMap(
                one ->
                    java.util.stream.Stream.of("violations", "fieldViolations")
                        .flatMap(key -> one.list(key).stream()))
            .map(one -> one.text("subject") + one.text("field") + ": " + one.text("description"))
            .distinct()
            .limit(5)
            .toList();
    return new Refusal(
        message,
        new Detail(
            http,
            error.find("status").orElseGet(() -> name(http)),
            info.find("reason").or(() -> first.find("reason")).orElse(""),
            what,
            api,
            info.at("metadata"),
            retry,
            violations));
  }

  /** No answer: not reached, or not in time. */
  static Refusal unreached(Api api, String what, String why) {
    return new Refusal(
        why, new Detail(0, "UNAVAILABLE", "", what, api, Json.EMPTY, Optional.empty(), List.of()));
  }

  /** A change was sent and nothing came back: it may have happened. */
  static Refusal unknown(Api api, String what, String why) {
    return new Refusal(
        why + "; whether the change was made is not known",
        new Detail(0, "UNKNOWN_OUTCOME", "", what, api, Json.EMPTY, Optional.empty(), List.of()));
  }

  private static Json typed(List<Json> details, String type) {
    return details.stream()
        .filter(one -> one.text("@type").endsWith("google.rpc." + type))
        .findFirst()
        .orElse(Json.EMPTY);
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("\\d{1,6}(\\.\\d{1,9})?s")
        ? Optional.of(
            Duration.ofMillis(
                (long) (1000 * Double.parseDouble(text.substring(0, text.length() - 1)))))
        : Optional.empty();
  }

  private static String name(int http) {
    return switch (http) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 412 -> "FAILED_PRECONDITION";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 501 -> "UNIMPLEMENTED";
      case 503 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> "UNKNOWN";
    };
  }

  public Detail detail() {
    return detail;
  }

  public boolean missing() {
    return detail.status().equals("NOT_FOUND");
  }

  /** Whether the API is not enabled where it counts. */
  public boolean disabled() {
    return detail.reason().equals("SERVICE_DISABLED")
        || detail.reason().equals("accessNotConfigured");
  }

  public boolean forbidden() {
    return detail.status().equals("PERMISSION_DENIED") && !disabled();
  }

  public boolean conflict() {
    return detail.status().equals("ABORTED") || detail.http() == 409 || detail.http() == 412;
  }

  boolean transientOne() {
    return detail.http() == 0
        || detail.http() == 429
        || detail.http() == 500
        || detail.http() == 502
        || detail.http() == 503
        || detail.http() == 504;
  }

  /** The permission that is missing, where the answer names one. */
  public Optional<String> permission() {
    return detail
        .info()
        .find("permission")
        .or(
            () -> {
              var found = PERMISSION.matcher(String.valueOf(getMessage()));
              return found.find() ? Optional.of(found.group(1)) : Optional.empty();
            });
  }

  /** Why this could not be looked at, in one line. */
  public String inShort() {
    if (disabled()) {
      return detail.api().service() + " is not enabled" + consumer();
    }
    if (forbidden()) {
      return "not allowed" + permission().map(one -> ", needs " + one).orElse("");
    }
    return detail.http() == 0
        ? String.valueOf(getMessage())
        : detail.status() + ": " + getMessage();
  }

  private String consumer() {
    return detail.info().find("consumer").map(one -> " in " + one).orElse("");
  }

  /** The failure that a tool answers with. */
  public ToolFailure failure() {
    var problem = detail.what() + ": " + getMessage() + violations();
    return new ToolFailure(kind(), problem, hint());
  }

  private String violations() {
    return detail.violations().isEmpty() ? "" : " (" + String.join("; ", detail.violations()) + ")";
  }

  private Kind kind() {
    if (disabled()) {
      return Kind.UNAVAILABLE;
    }
    return switch (detail.status()) {
      case "UNKNOWN_OUTCOME" -> Kind.UNKNOWN_OUTCOME;
      case "UNAUTHENTICATED" -> Kind.CREDENTIALS;
      case "PERMISSION_DENIED" -> Kind.FORBIDDEN;
      case "NOT_FOUND" -> Kind.NOT_FOUND;
      case "ABORTED", "ALREADY_EXISTS" -> Kind.CONFLICT;
      case "FAILED_PRECONDITION" -> Kind.CONFLICT;
      case "RESOURCE_EXHAUSTED" -> Kind.LIMIT;
      case "INVALID_ARGUMENT", "OUT_OF_RANGE" -> Kind.INVALID;
      default -> Kind.UNAVAILABLE;
    };
  }

  private String hint() {
    if (disabled()) {
      return "enable it: gcloud services enable "
          + detail.api().service()
          + detail
              .info()
              .find("consumer")
              .map(one -> " --project " + one.replace("projects/", ""))
              .orElse("");
    }
    if (detail.reason().equals("USER_PROJECT_DENIED")) {
      return "choose another quota project, or ask for roles/serviceusage.serviceUsageConsumer";
    }
    return switch (detail.status()) {
      case "UNKNOWN_OUTCOME" -> "look at it before anything else";
      case "UNAUTHENTICATED" -> "sign in again: gcloud auth application-default login";
      case "PERMISSION_DENIED" ->
          permission()
              .map(one -> "ask for a role with " + one + " on " + where())
              .orElse("ask for a role that allows it, or use another account");
      case "NOT_FOUND" -> "look at the name and the project; what was deleted is not found either";
      case "ABORTED" ->
          "somebody else changed it meanwhile: read it again and propose the change anew";
      case "RESOURCE_EXHAUSTED" ->
          "a quota is used up"
              + detail.retry().map(one -> "; try again in " + one.toSeconds() + " s").orElse("");
      case "UNAVAILABLE", "DEADLINE_EXCEEDED" -> "try again; see whether a proxy or VPN is needed";
      default -> "";
    };
  }

  private String where() {
    return detail.info().find("resource").orElse("what was asked for");
  }
}
