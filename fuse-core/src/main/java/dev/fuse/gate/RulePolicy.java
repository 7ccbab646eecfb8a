package dev.fuse.gate;

import dev.fuse.rule.Rule;
import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.Ruling;
import dev.fuse.spi.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Rules that only tighten.
 *
 * @param verdict ASK or DENY, for a call of which some effect matches some rule
 * @param where the rules stand, for people
 */
public record RulePolicy(Verdict verdict, List<Rule> rules, String where)
    implements ConfirmationPolicy {

  public RulePolicy {
    rules = List.copyOf(rules);
  }

  @Override
  public Optional<Ruling> rule(Proposal proposal) {
    return rules.stream()
        .filter(rule -> touches(rule, proposal))
        .findFirst()
        .map(rule -> new Ruling(verdict, rule + " (" + where + ")"));
  }

  private static boolean touches(Rule rule, Proposal proposal) {
    return proposal.effects().stream()
        .anyMatch(effect -> rule.matches(proposal.tool(), proposal.arguments(), effect));
  }
}
