package dev.fuse.boundary;

import dev.fuse.spi.Finding;
import dev.fuse.spi.ToolResult;
import dev.fuse.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a tool gave becomes what the model, the session and the person may see: secrets masked,
 * control characters gone, capped, fenced as data; kept whole under an id.
 *
 * @param cap how many tokens a result may have
 */
public record Boundary(SecretVault vault, Outputs outputs, int cap) {

  private static final Pattern FENCE = Pattern.compile("<(?=/?data\\b)", Pattern.CASE_INSENSITIVE);

  /**
   * A result that may be seen.
   *
   * @param text fenced and capped
   * @param output the id of the whole; empty where nothing was kept
   */
  public record Seen(
      String text,
      String output,
      long lines,
      boolean cut,
      List<Finding> findings,
      Optional<Object> structured) {}

  public Seen observe(String tool, String origin, ToolResult result, int limit) {
    return switch (result) {
      case ToolResult.Failed failed -> failed(failed, origin);
      case ToolResult.Ok ok -> ok(tool, origin, ok, Math.min(limit, cap));
    };
  }

  private Seen ok(String tool, String origin, ToolResult.Ok ok, int limit) {
    ok.secrets().forEach(secret -> vault.hold(secret.name(), secret.value(), origin));
    var findings = ok.findings().stream().map(finding -> clean(finding, origin)).toList();
    var body = new StringBuilder(clean(ok.text(), origin).stripTrailing());
    findings.forEach(finding -> body.append(body.isEmpty() ? "" : "\n").append(words(finding)));
    var whole = body.isEmpty() ? "(nothing)" : body.toString();
    var id = outputs.keep(tool, whole);
    var shown = Excerpt.of(whole, limit, id);
    return new Seen(
        fence(tool, id, shown),
        id,
        whole.lines().count(),
        shown.length() != whole.length(),
        findings,
        ok.structured().map(value -> vault.mask(value, origin)));
  }

  private Seen failed(ToolResult.Failed failed, String origin) {
    var text =
        "failed, "
            + failed.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
            + ": "
            + clean(failed.problem(), origin)
            + (failed.hint().isEmpty() ? "" : "; " + clean(failed.hint(), origin));
    return new Seen(Excerpt.of(escape(text), cap, ""), "", 1, false, List.of(), Optional.empty());
  }

  /** Text from outside, masked and without what could act on a terminal. */
  public String clean(String text, String origin) {
    return vault.mask(Printable.of(text), origin);
  }

  Finding clean(Finding finding, String origin) {
    return new Finding(
        finding.severity(),
        clean(finding.subject(), origin),
        clean(finding.seen(), origin),
        clean(finding.cause(), origin),
        clean(finding.next(), origin),
        finding.notChecked().stream().map(what -> clean(what, origin)).toList());
  }

  /** A block that the base instructions declare to be data. */
  static String fence(String tool, String id, String text) {
    return "<data tool=\"" + tool + "\" id=\"" + id + "\">\n" + escape(text) + "\n</data>";
  }

  private static String escape(String text) {
    return FENCE.matcher(text).replaceAll("<\\\\");
  }

  private static String words(Finding finding) {
    return finding.severity()
        + " "
        + finding.subject()
        + ": "
        + finding.seen()
        + (finding.cause().isEmpty() ? "" : " | cause: " + finding.cause())
        + (finding.next().isEmpty() ? "" : " | next: " + finding.next())
        + (finding.notChecked().isEmpty()
            ? ""
            : " | not checked: " + String.join(", ", finding.notChecked()));
  }
}
