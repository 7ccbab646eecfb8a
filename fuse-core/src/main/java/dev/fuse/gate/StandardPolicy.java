package dev.fuse.gate;

import dev.fuse.spi.ConfirmationPolicy;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Risk;
import dev.fuse.spi.Ruling;
import dev.fuse.spi.Verb;
import dev.fuse.spi.Verdict;
import java.util.Optional;

/** What holds where nobody said otherwise: reading runs, everything else asks. */
record StandardPolicy() implements ConfirmationPolicy {

  @Override
  public Optional<Ruling> rule(Proposal proposal) {
    return Optional.of(
        proposal.effects().stream()
            .map(StandardPolicy::rule)
            .reduce(Ruling::or)
            .orElse(new Ruling(Verdict.ASK, "a call that declares no effect asks")));
  }

  /** Whether an effect asks. */
  static boolean asks(Effect effect) {
    return rule(effect).verdict() == Verdict.ASK;
  }

  private static Ruling rule(Effect effect) {
    if (effect.risk() == Risk.CRITICAL) {
      return new Ruling(Verdict.ASK, "what cannot be brought back asks for its name");
    }
    if (effect.verb() == Verb.READ_SECRET) {
      return new Ruling(Verdict.ASK, "reading what may hold a secret asks");
    }
    if (effect.verb() != Verb.READ) {
      return new Ruling(Verdict.ASK, "everything that changes something asks");
    }
    return effect.risk().compareTo(Risk.LOW) <= 0
        ? new Ruling(Verdict.ALLOW, "reading runs")
        : new Ruling(Verdict.ASK, "reading from a host that the model chose asks");
  }
}
