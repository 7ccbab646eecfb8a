package dev.fuse.tool.github.api;

import dev.fuse.spi.ToolResult.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Words for what GitHub refuses: which permission is missing and how to get it. */
final class Refusals {

  private final String host;
  private final String source;

  Refusals(String host, String source) {
    this.host = host;
    this.source = source;
  }

  Refused of(String path, Answer answer) {
    var said = said(answer);
    var limit = Rate.until(answer);
    if (limit.isPresent()) {
      return limited(answer, limit.get());
    }
    return switch (answer.status()) {
      case 401 -> credentials(answer);
      case 403 -> forbidden(path, answer, said);
      case 404 -> absent(path, answer);
      case 410 ->
          refused(
              answer, Kind.NOT_FOUND, "'" + path + "' is gone: " + said, "it is kept no longer");
      case 409 -> refused(answer, Kind.CONFLICT, "'" + path + "': " + said, "look again");
      case 422 -> refused(answer, Kind.INVALID, "GitHub does not accept this: " + said, "");
      default ->
          refused(
              answer,
              answer.status() >= 500 ? Kind.UNAVAILABLE : Kind.INVALID,
              "'" + path + "' answered " + answer.status() + ": " + said,
              "");
    };
  }

  private Refused credentials(Answer answer) {
    return source.isEmpty()
        ? refused(answer, Kind.CREDENTIALS, "there is no token for '" + host + "'", login())
        : refused(
            answer,
            Kind.CREDENTIALS,
            "'%s' rejected the token of %s: it has expired or was revoked".formatted(host, source),
            login());
  }

  private String login() {
    return "set GITHUB_TOKEN, or run `gh auth login --hostname " + host + "`";
  }

  private Refused limited(Answer answer, Duration wait) {
    boolean anonymous = source.isEmpty();
    return refused(
        answer,
        Kind.LIMIT,
        "the rate limit of '%s' is used up for another %s"
            .formatted(
                host, wait.toMinutes() > 0 ? wait.toMinutes() + " min" : wait.toSeconds() + " s"),
        anonymous ? "without a token there are 60 requests an hour: " + login() : "try again then");
  }

  private Refused forbidden(String path, Answer answer, String said) {
    var sso = answer.header("X-GitHub-SSO");
    if (!sso.isEmpty()) {
      var address = sso.contains("url=") ? sso.substring(sso.indexOf("url=") + 4) : sso;
      return refused(
          answer,
          Kind.FORBIDDEN,
          "the organization asks for single sign-on, and the token of " + source + " has none",
          "authorize it at " + address);
    }
    if (said.contains("archived")) {
      return refused(
          answer,
          Kind.FORBIDDEN,
          "the repository is archived and so read-only",
          "unarchive it first");
    }
    return refused(answer, Kind.FORBIDDEN, "'" + path + "' is forbidden: " + said, lacking(answer));
  }

  private Refused absent(String path, Answer answer) {
    if (source.isEmpty()) {
      return refused(
          answer,
          Kind.NOT_FOUND,
          "'" + path + "' is not there, or is private: there is no token",
          login());
    }
    var lacking = lacking(answer);
    return refused(
        answer,
        Kind.NOT_FOUND,
        "'%s' is not there, or the token of %s may not see it".formatted(path, source),
        lacking.isEmpty() ? "check the name, and which repositories the token is for" : lacking);
  }

  /** Which scope or permission would do, as GitHub's headers tell. */
  private String lacking(Answer answer) {
    var permissions = answer.header("X-Accepted-GitHub-Permissions");
    var accepted = words(answer.header("X-Accepted-OAuth-Scopes"));
    var scopes = words(answer.header("X-OAuth-Scopes"));
    if (!accepted.isEmpty() && !scopes.isEmpty() && accepted.stream().noneMatch(scopes::contains)) {
      return "the token of %s lacks the scope %s: `gh auth refresh --scopes %s` or a new token"
          .formatted(source, String.join(" or ", accepted), accepted.getFirst());
    }
    boolean scopeless =
        answer.headers().firstValue("X-OAuth-Scopes").isPresent() && scopes.isEmpty();
    if (scopeless && permissions.isEmpty()) {
      return "the token of %s has no scope at all; a private repository needs repo: `gh auth refresh --scopes repo` or a new token"
          .formatted(source);
    }
    if (!permissions.isEmpty()) {
      return "a fine-grained token needs the permission "
          + permissions
          + ", and this repository among its own";
    }
    return accepted.isEmpty() || !scopes.isEmpty()
        ? ""
        : "the token needs the scope " + String.join(" or ", accepted);
  }

  private static List<String> words(String header) {
    return Arrays.stream(header.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }

  private static String said(Answer answer) {
    var parts = new ArrayList<String>();
    parts.add(answer.node().text("message"));
    for (var error : answer.node().list("errors")) {
      parts.add(error.present() && error.text().isEmpty() ? error(error) : error.text());
    }
    var text = String.join("; ", parts.stream().filter(it -> !it.isBlank()).toList());
    return text.isEmpty()
        ? "HTTP " + answer.status()
        : text.substring(0, Math.min(400, text.length()));
  }

  private static String error(Node error) {
    var message = error.text("message");
    return message.isEmpty() ? error.text("field") + " " + error.text("code") : message;
  }

  private static Refused refused(Answer answer, Kind kind, String problem, String hint) {
    return new Refused(answer.status(), kind, problem, hint);
  }
}
