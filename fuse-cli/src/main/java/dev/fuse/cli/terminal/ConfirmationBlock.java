package dev.fuse.cli.terminal;

import dev.fuse.cli.json.Json;
import dev.fuse.gate.Confirmer.Confirmation;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import dev.fuse.text.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a person sees of a call: what Fuse knows of it first, what the model says labelled as such.
 */
record ConfirmationBlock(Confirmation confirmation, int width, boolean colors) {

  /** Of a preview, before [d]. */
  private static final int PREVIEW_LINES = 24;

  private static final int SAID = 200;

  /** So many effects are all shown; of more of them so few, unless they are risky. */
  private static final int EFFECTS = 12;

  private static final int FEW_EFFECTS = 5;
  private static final int RULES = 2;
  private static final int INDENT = 3;

  /** Of the moves of a plan, before [d]. */
  private static final int MOVES = 20;

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(header());
    var moves = Moves.of(confirmation.effects());
    if (moves.isPresent()) {
      moves.get().lines(MOVES).forEach(line -> lines.add("   " + line));
    } else {
      effects(lines);
    }
    if (!confirmation.summary().isBlank()) {
      lines.add("   " + Printable.line(confirmation.summary()));
    }
    if (!confirmation.said().isBlank()) {
      lines.add("   " + Style.DIM.on("the model says: " + said(), colors));
    }
    confirmation
        .secretFlows()
        .forEach(
            flow -> lines.add("   " + Style.DANGER.on("secret: " + Printable.line(flow), colors)));
    if (moves.isEmpty()) {
      confirmation.preview().ifPresent(preview -> preview(preview, PREVIEW_LINES, lines));
    }
    return lines;
  }

  /**
   * Of many the riskiest, none of which is left out: what is shown must not be the harmless part.
   */
  private void effects(List<String> lines) {
    var targets =
        confirmation.effects().stream()
            .sorted(Comparator.comparing(Effect::risk).reversed())
            .map(this::target)
            .distinct()
            .toList();
    long grave =
        confirmation.effects().stream()
            .filter(effect -> effect.risk().compareTo(Risk.LOW) > 0)
            .map(this::target)
            .distinct()
            .count();
    long shown = targets.size() <= EFFECTS ? targets.size() : Math.max(FEW_EFFECTS, grave);
    targets.stream().limit(shown).forEach(lines::add);
    if (targets.size() > shown) {
      lines.add("   … and " + (targets.size() - shown) + " more; [d] shows all");
    }
  }

  /** Everything. */
  List<String> details() {
    var lines = new ArrayList<String>();
    lines.add("   why      " + Printable.line(confirmation.rule()));
    var moves = Moves.of(confirmation.effects());
    if (moves.isPresent()) {
      moves.get().lines(Integer.MAX_VALUE).forEach(line -> lines.add("   " + line));
    } else {
      confirmation.effects().stream().map(this::effect).distinct().forEach(lines::add);
    }
    confirmation.grants().stream()
        .map(rule -> "   rule     " + Printable.line(rule.text()))
        .distinct()
        .forEach(lines::add);
    confirmation.arguments().forEach((name, value) -> argument(name, value, lines));
    confirmation.preview().ifPresent(preview -> preview(preview, Integer.MAX_VALUE, lines));
    return lines;
  }

  private String effect(Effect effect) {
    return "   effect   "
        + effect.verb().name().toLowerCase(Locale.ROOT)
        + " "
        + Printable.line(effect.target().toString())
        + ", "
        + effect.risk();
  }

  private static void argument(String name, Object value, List<String> lines) {
    lines.add("   " + Printable.line(name) + ":");
    var text = value instanceof String plain ? plain : Json.writeIndented(value);
    text.lines().forEach(line -> lines.add("     " + Printable.line(line)));
  }

  static final String NOT_REMEMBERED = "   protected target: only [y] or [n]";

  /** What is said to a key that answers nothing. */
  static String notAnOption(String key, boolean remembers) {
    return "   '"
        + Printable.line(key)
        + "' is not an option; type "
        + (remembers ? "y, s, a, e, d, n, i or q" : "y, e, d, n, i or q");
  }

  /** The keys, broken between them where the screen is narrow. */
  String keys() {
    var items = new ArrayList<String>();
    items.add("[y] once");
    var rules = rules();
    if (!rules.isEmpty()) {
      items.add("[s] this session: " + rules);
      items.add("[a] always, edit the rule…");
    }
    items.addAll(List.of("[e] edit", "[d] details", "[n] no", "[i] no, instead…", "[q] stop"));
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var item : items) {
      if (!line.isEmpty() && Cells.width(line) + 2 + Cells.width(item) > width - INDENT - 5) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : "  ").append(item);
    }
    lines.add(line.toString());
    return String.join("\n   ", lines);
  }

  private String rules() {
    var grants = confirmation.grants();
    var rules =
        grants.stream()
            .limit(RULES)
            .map(rule -> Printable.line(rule.text()))
            .collect(Collectors.joining(" + "));
    return grants.size() > RULES
        ? rules + " + " + (grants.size() - RULES) + " more, see [d]"
        : rules;
  }

  private String header() {
    var risk = confirmation.risk().name();
    var danger = confirmation.risk() == Risk.CRITICAL || confirmation.protectedTarget();
    boolean leaves = confirmation.effects().stream().anyMatch(Effect::leavesMachine);
    var title =
        Printable.line(confirmation.tool())
            + " · "
            + risk
            + (leaves ? " · leaves this machine" : "")
            + (confirmation.protectedTarget() ? " · PROTECTED" : "");
    var place = confirmation.position() + " of " + Math.max(1, confirmation.total());
    int rule = Math.max(3, width - title.length() - place.length() - 6);
    return "── "
        + (danger ? Style.DANGER : Style.WARNING).on(title, colors)
        + " "
        + "─".repeat(rule)
        + " "
        + place;
  }

  private String target(Effect effect) {
    var coordinates =
        effect.target().coordinates().entrySet().stream()
            .map(
                entry ->
                    Printable.line(entry.getKey())
                        + " "
                        + Style.BOLD.on(Printable.line(entry.getValue()), colors))
            .collect(Collectors.joining("   "));
    return "   "
        + effect.verb().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + "  "
        + (coordinates.isEmpty() ? Printable.line(effect.target().system()) : coordinates);
  }

  private String said() {
    var line = Printable.line(confirmation.said().strip());
    return line.length() <= SAID ? line : line.substring(0, SAID) + "…";
  }

  private void preview(Preview preview, int most, List<String> lines) {
    boolean said = preview.title().strip().equals(confirmation.summary().strip());
    if (!preview.title().isBlank() && !said) {
      lines.add("   " + Style.BOLD.on(Printable.line(preview.title()), colors));
    }
    var body = preview.body().lines().toList();
    body.stream().limit(most).forEach(line -> lines.add("   " + painted(preview.kind(), line)));
    if (body.size() > most) {
      lines.add("   … " + (body.size() - most) + " more lines; [d] shows all");
    }
  }

  private String painted(Preview.Kind kind, String line) {
    var shown = Printable.of(line);
    if (kind != Preview.Kind.DIFF) {
      return shown;
    }
    if (line.startsWith("+")) {
      return Style.GREEN.on(shown, colors);
    }
    return line.startsWith("-") ? Style.RED.on(shown, colors) : shown;
  }
}
