package dev.fuse.boundary;

import dev.fuse.spi.Effect;
import dev.fuse.spi.Finding;
import dev.fuse.spi.Target;
import dev.fuse.spi.ToolResult;
import dev.fuse.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What a tool gave becomes what the model, the session and the person may see: secrets masked,
 * control characters gone, capped, fenced as data; kept whole under an id. Where masking fails or
 * would take too long, what was not looked at is withheld.
 *
 * @param cap how many tokens a result may have
 */
public record Boundary(SecretVault vault, Outputs outputs, int cap) {

  private static final Pattern FENCE = Pattern.compile("<(?=/?data\\b)", Pattern.CASE_INSENSITIVE);

  /** Characters of what a model says or asks that are taken; the rest is nothing that helps. */
  private static final int WORDS = 2_000_000;

  /**
   * A result that may be seen.
   *
   * @param text fenced and capped
   * @param output the id of the whole; empty where nothing was kept
   * @param failure why it failed, as it may be seen
   */
  public record Seen(
      String text,
      String output,
      long lines,
      boolean cut,
      List<Finding> findings,
      Optional<Object> structured,
      Optional<ToolResult.Failed> failure) {}

  public Seen observe(String tool, String origin, ToolResult result, int limit) {
    return switch (result) {
      case ToolResult.Failed failed -> failed(failed, origin);
      case ToolResult.Ok ok -> ok(tool, origin, ok, Math.min(limit, cap));
    };
  }

  private Seen ok(String tool, String origin, ToolResult.Ok ok, int limit) {
    ok.secrets().forEach(secret -> vault.hold(secret.name(), secret.value(), origin));
    // First, so that what its names give away is known in the text as well.
    var structured = ok.structured().map(value -> structured(value, origin));
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
        structured,
        Optional.empty());
  }

  private Seen failed(ToolResult.Failed raw, String origin) {
    var failed =
        new ToolResult.Failed(
            raw.kind(), clean(raw.problem(), origin), clean(raw.hint(), origin), raw.undo());
    var text =
        "failed, "
            + failed.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
            + ": "
            + failed.problem()
            + (failed.hint().isEmpty() ? "" : "; " + failed.hint());
    return new Seen(
        Excerpt.of(escape(text), cap, ""),
        "",
        1,
        false,
        List.of(),
        Optional.empty(),
        Optional.of(failed));
  }

  /** Text from outside, masked and without what could act on a terminal. */
  public String clean(String text, String origin) {
    return contained(() -> Printable.of(vault.mask(text, origin)));
  }

  /** What the model or the person wrote: masked in place; nothing is learnt from it. */
  public String words(String text, String origin) {
    var some = text.length() > WORDS ? text.substring(0, WORDS) : text;
    return contained(() -> vault.maskWords(some, origin));
  }

  /** The arguments of a call as they may be shown and kept. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> arguments(Map<String, Object> arguments) {
    try {
      return (Map<String, Object>) vault.maskWords((Object) arguments, "the model");
    } catch (RuntimeException | StackOverflowError e) {
      return Map.of("arguments", withheld(e));
    }
  }

  /** Structured data as it may be seen. */
  public Object structured(Object value, String origin) {
    try {
      return vault.mask(value, origin);
    } catch (RuntimeException | StackOverflowError e) {
      return withheld(e);
    }
  }

  /** Effects whose coordinates may be shown and kept. */
  public List<Effect> clean(List<Effect> effects) {
    return effects.stream()
        .map(e -> new Effect(e.verb(), clean(e.target()), e.risk(), e.leavesMachine()))
        .toList();
  }

  /** A target whose coordinates may be shown and kept. */
  public Target clean(Target target) {
    var coordinates = new LinkedHashMap<String, String>();
    target.coordinates().forEach((key, value) -> coordinates.put(key, words(value, "a target")));
    return new Target(
        target.system(),
        coordinates,
        target.deciding(),
        target.aliases().stream().map(alias -> words(alias, "a target")).toList());
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

  /** A fault in masking costs the text, not the run. */
  private static String contained(Supplier<String> masked) {
    try {
      return masked.get();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return withheld(e);
    }
  }

  private static String withheld(Throwable why) {
    return "(withheld: it could not be looked through for secrets, "
        + why.getClass().getSimpleName()
        + ")";
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
