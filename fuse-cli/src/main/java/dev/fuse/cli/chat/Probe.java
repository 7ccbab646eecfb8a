package dev.fuse.cli.chat;

import dev.fuse.cli.command.Workbench.Ruled;
import dev.fuse.cli.home.Settings;
import dev.fuse.gate.CallRecord;
import dev.fuse.gate.Confirmer;
import dev.fuse.gate.Decision;
import dev.fuse.rule.Rule;
import dev.fuse.run.Cancellation;
import dev.fuse.spi.Arguments;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Ruling;
import dev.fuse.spi.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Learns what the gate makes of a call and lets it never run: as a policy it has every call asked
 * about, and as the one who is asked it says no.
 */
final class Probe implements ConfirmationPolicy, Confirmer {

  private static final String RULE = "(probe)";

  private final Settings settings;
  private final Seen seen = new Seen();

  /** What was asked. */
  private static final class Seen {
    private Optional<Confirmation> asked = Optional.empty();
  }

  Probe(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Optional<Ruling> rule(Proposal proposal) {
    return Optional.of(new Ruling(Verdict.ASK, RULE));
  }

  @Override
  public boolean present() {
    return true;
  }

  @Override
  public Answer ask(Confirmation confirmation, Cancellation cancellation) {
    seen.asked = Optional.of(confirmation);
    return new Answer.No("");
  }

  Ruled ruled(CallRecord call) {
    var effects = words(call.effects());
    if (seen.asked.isPresent()) {
      var asked = seen.asked.get();
      if (asked.rule().equals(RULE)) {
        return allowed(asked, effects);
      }
      return new Ruled("ask", asked.rule(), "", effects);
    }
    if (call.ruling() instanceof Decision.Refused refused) {
      return new Ruled("deny", refused.rule(), "", effects);
    }
    return new Ruled(
        "invalid", call.failure().map(failed -> failed.problem()).orElse(call.text()), "", effects);
  }

  private Ruled allowed(Confirmation asked, String effects) {
    return settings.permissions("allow").stream()
        .filter(placed -> covers(placed.rule(), asked.tool(), asked.arguments(), asked.effects()))
        .findFirst()
        .map(placed -> new Ruled("allow", placed.rule().text(), placed.reason(), effects))
        .orElse(new Ruled("allow", "reads run, and what is harmless", "", effects));
  }

  private static boolean covers(
      Rule rule, String tool, Map<String, Object> arguments, List<Effect> effects) {
    return effects.stream().anyMatch(effect -> rule.covers(tool, new Arguments(arguments), effect));
  }

  private static String words(List<Effect> effects) {
    return effects.stream()
        .sorted(Comparator.comparing(Effect::risk).reversed())
        .map(
            effect ->
                effect.verb().name().toLowerCase(Locale.ROOT)
                    + " "
                    + effect.target()
                    + " "
                    + effect.risk())
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
