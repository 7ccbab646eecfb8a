package dev.fuse.spi;

import java.util.List;
import java.util.Optional;

/** A pure function from what a call does to whether it may; the strictest of all policies wins. */
public interface ConfirmationPolicy {

  /** The ruling, or empty where this policy has nothing to say. */
  Optional<Ruling> rule(Proposal proposal);

  /**
   * A call to rule on.
   *
   * @param effects what it does, as the tool computed it
   * @param protectedTarget whether one of its targets is protected by the settings
   */
  record Proposal(
      String tool,
      Arguments arguments,
      List<Effect> effects,
      boolean protectedTarget,
      Facts facts) {
    public Proposal {
      effects = List.copyOf(effects);
    }
  }
}
