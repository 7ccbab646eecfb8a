package dev.fuse.tool.git.diagnose;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts that are credentials by their shape. */
final class SecretText {

  private record Shape(String name, Pattern pattern) {}

  private static final List<Shape> SHAPES =
      List.of(
          shape("a private key", "-----BEGIN ([A-Z]+ )?PRIVATE KEY( BLOCK)?-----"),
          shape("an AWS access key", "\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"),
          shape("a GitHub token", "\\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\\w{22,})"),
          shape("a GitLab token", "\\bglpat-[\\w-]{20,}"),
          shape("a Slack token", "\\bxox[abeprs]-[\\w-]{10,}"),
          shape("a Google API key", "\\bAIza[\\w-]{35}\\b"),
          shape("a model service key", "\\bsk-(proj-|ant-)?[\\w-]{32,}"),
          shape("a Stripe key", "\\b[rs]k_live_[A-Za-z0-9]{20,}"),
          shape("an npm token", "\\bnpm_[A-Za-z0-9]{36}\\b"),
          shape("a JSON web token", "\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}"),
          shape(
              "an address with a password", "\\b[a-z][a-z0-9+.-]*://[^\\s/:@]+:[^\\s/:@${<*]{4,}@"),
          shape(
              "an AWS secret key",
              "(?i)aws_?secret_?(?:access_?)?key[\"']?\\s*[:=]\\s*[\"']?[a-z0-9/+]{40}\\b"),
          shape(
              "a password or token",
              "(?i)(?:passw(?:or)?d|secret|token|api[_-]?key)[\\w-]{0,20}[\"']?\\s*[:=]\\s*"
                  + "([\"'])(?=[^\"']*\\d)(?=[^\"']*[a-z])"
                  + "(?![^\"']*(?:example|test|dummy|placeholder|change))[^\"'\\s${}<>]{12,}\\1"));

  private SecretText() {}

  /** What kind of credential a line holds, if any. */
  static Optional<String> kind(String line) {
    return SHAPES.stream()
        .filter(shape -> shape.pattern().matcher(line).find())
        .map(Shape::name)
        .findFirst();
  }

  private static Shape shape(String name, String regex) {
    return new Shape(name, Pattern.compile(regex));
  }
}
