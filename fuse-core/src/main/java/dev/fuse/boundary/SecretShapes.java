package dev.fuse.boundary;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shapes by which secrets are known. Every quantifier is bounded, so that no text makes them
 * slow.
 */
final class SecretShapes {

  private static final String NAMES =
      "(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|api[-_.]?key|access[-_.]?key"
          + "|account[-_.]?key|private[-_.]?key|secret[-_.]?key|signing[-_.]?key"
          + "|encryption[-_.]?key|key[-_.]data|sas[-_.]?key|webhook[-_.]?url|connection[-_.]?string)";

  private static final Pattern NAME =
      Pattern.compile("(?i)(?:.{0,80}[-_.]|[a-z0-9_.-]{0,80})" + NAMES);

  /** A name and the value's part of a match. */
  private record Shape(String name, Pattern pattern) {
    static Shape of(String name, String regex) {
      return new Shape(name, Pattern.compile(regex));
    }
  }

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "private-key",
              "(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?s:.{0,20000}?)"
                  + "(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\\z))"),
          Shape.of("jwt", "\\b(eyJ[\\w-]{8,4000}\\.eyJ[\\w-]{8,8000}\\.[\\w-]{0,2000})"),
          Shape.of("github-token", "\\b(gh[pousr]_\\w{30,255}|github_pat_\\w{22,255})"),
          Shape.of("gitlab-token", "\\b(gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\\w-]{20,255})"),
          Shape.of("aws-access-key-id", "\\b((?:AKIA|ASIA)[A-Z0-9]{16})\\b"),
          Shape.of("google-api-key", "\\b(AIza[\\w-]{35})"),
          Shape.of("google-oauth-token", "\\b(ya29\\.[\\w.-]{20,2000}|1//0[\\w-]{20,200})"),
          Shape.of("google-oauth-secret", "\\b(GOCSPX-[\\w-]{20,60})"),
          Shape.of("slack-token", "\\b(xox[abeoprs]-[\\w-]{10,255}|xapp-[\\w-]{10,255})"),
          Shape.of("slack-webhook", "(hooks\\.slack\\.com/services/[\\w/]{20,100})"),
          Shape.of("stripe-key", "\\b([sr]k_(?:live|test)_\\w{16,255})"),
          Shape.of("model-key", "\\b(sk-[\\w-]{20,255})"),
          Shape.of("npm-token", "\\b(npm_\\w{36})\\b"),
          Shape.of("pypi-token", "\\b(pypi-[\\w-]{40,500})"),
          Shape.of("vault-token", "\\b(hv[sbr]\\.[\\w-]{20,500})"),
          Shape.of("digitalocean-token", "\\b(do[opr]_v1_[a-f0-9]{64})\\b"),
          Shape.of("sendgrid-key", "\\b(SG\\.[\\w-]{20,30}\\.[\\w-]{40,50})"),
          Shape.of(
              "url-password", "[a-zA-Z][\\w+.-]{1,20}://[^\\s/:@\"']{0,100}:([^\\s/@\"']{1,200})@"),
          Shape.of("authorization", "(?i)\\b(?:bearer|basic)\\s{1,4}([\\w.~+/=-]{16,4000})"),
          Shape.of(
              "netrc-password", "\\blogin\\s{1,9}\\S{1,200}\\s{1,9}password\\s{1,9}(\\S{1,200})"),
          Shape.of("registry-auth", "\"auth\"\\s{0,9}:\\s{0,9}\"([\\w+/=]{8,4000})\""));

  /** {@code name=value}, {@code name: value}, {@code "name": "value"}, {@code --name value}. */
  private static final Pattern PAIR =
      Pattern.compile(
          "(?i)(?<!⟦)("
              + NAMES
              + ")(?:[\"']?[ \\t]{0,20}(?::|=>|=|:=)[ \\t]{0,20}|(?<=--[\\w.-]{1,80})[ \\t]{1,4})"
              + "(?:\"((?:[^\"\\\\\\n]|\\\\.){1,4000})\"|'([^'\\n]{1,4000})'|([^\\s\"',;#&<>(){}\\[\\]]{4,4000}))");

  /** The list form of environment variables in a manifest. */
  private static final Pattern NAMED_VALUE =
      Pattern.compile(
          "(?i)\\bname[\"']?[ \\t]{0,9}:[ \\t]{0,9}[\"']?([\\w.-]{0,60}?"
              + NAMES
              + ")[\"']?[ \\t]{0,9},?\\s{1,80}[\"']?value[\"']?[ \\t]{0,9}:[ \\t]{0,9}"
              + "(?:\"((?:[^\"\\\\\\n]|\\\\.){1,4000})\"|'([^'\\n]{1,4000})'|([^\\s\"',{}]{4,4000}))");

  private SecretShapes() {}

  /** Whether a variable or key of this name holds a secret. */
  static boolean secretName(String name) {
    return name.length() <= 200 && NAME.matcher(name).matches() && !isFolder(name);
  }

  /** The shell's own names for the working directory and the one before. */
  private static boolean isFolder(String name) {
    return name.equalsIgnoreCase("pwd") || name.equalsIgnoreCase("oldpwd");
  }

  /** Whether a value is plainly none: a reference, a placeholder, a switch. */
  static boolean harmless(String value) {
    return value.matches(
        "(?i)\\$\\{.*|\\$\\(.*|\\$[A-Z_][A-Z0-9_]*|<.*>|\\{\\{.*|%[a-z_]*%|%[sdvq]|⟦.*|\\*+|x{3,}|\\.{3}"
            + "|/(?:var|etc|run|usr|opt|tmp|mnt|home|secrets)/[\\w./-]*|true|false|null|none|nil|yes|no"
            + "|undefined|redacted|string|optional|required|readonly|write|read|inherit");
  }

  /** The text with each secret replaced by what the function makes of its name and value. */
  static String replace(String text, BinaryOperator<String> handle) {
    var result = text;
    for (var shape : SHAPES) {
      result = replace(result, shape.pattern(), match -> 1, shape.name(), handle);
    }
    result = replace(result, NAMED_VALUE, SecretShapes::group, "", handle);
    return replace(result, PAIR, SecretShapes::group, "", handle);
  }

  private interface Group {
    int of(MatchResult match);
  }

  private static String replace(
      String text, Pattern pattern, Group group, String name, BinaryOperator<String> handle) {
    var matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return text;
    }
    var result = new StringBuilder();
    do {
      int number = group.of(matcher);
      var value = matcher.group(number);
      if ((name.isEmpty() && harmless(value)) || value.startsWith("⟦")) {
        continue;
      }
      var named = name.isEmpty() ? wholeName(text, matcher) : name;
      if (isFolder(named) && value.startsWith("/")) {
        continue;
      }
      int start = matcher.start(number) - matcher.start();
      var whole = matcher.group();
      matcher.appendReplacement(
          result,
          Matcher.quoteReplacement(
              whole.substring(0, start)
                  + handle.apply(named, value)
                  + whole.substring(start + value.length())));
    } while (matcher.find());
    return matcher.appendTail(result).toString();
  }

  /** The name with what stands before its telling part; looked for backwards, which is cheap. */
  private static String wholeName(String text, MatchResult match) {
    int start = match.start(1);
    while (start > 0
        && match.start(1) - start < 40
        && (Character.isLetterOrDigit(text.charAt(start - 1))
            || "-_.".indexOf(text.charAt(start - 1)) >= 0)) {
      start--;
    }
    return text.substring(start, match.end(1));
  }

  private static int group(MatchResult match) {
    return match.group(2) != null ? 2 : match.group(3) != null ? 3 : 4;
  }
}
