package dev.fuse.gate;

import dev.fuse.rule.Rule;
import dev.fuse.run.Cancellation;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Preview;
import dev.fuse.spi.Risk;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the person about a call. */
public interface Confirmer {

  /** Whether there is anybody to ask; where not, asking is a no. */
  boolean present();

  /** Asks, and waits for the answer. */
  Answer ask(Confirmation confirmation, Cancellation cancellation);

  /** A confirmer for where nobody is. */
  static Confirmer nobody() {
    return new Confirmer() {
      @Override
      public boolean present() {
        return false;
      }

      @Override
      public Answer ask(Confirmation confirmation, Cancellation cancellation) {
        return new Answer.No("");
      }
    };
  }

  /**
   * What is shown.
   *
   * @param said what the model wrote before it asked; labelled as such, may be empty
   * @param risk the worst of the effects
   * @param protectedTarget whether the answer must not be remembered and the default is no
   * @param rule why it is asked
   * @param grants the rules that together cover just this call; empty where none may be remembered
   * @param secretFlows from where to where each secret's handle expands, one sentence each
   * @param position 1-based among the calls of this turn that are asked about
   */
  record Confirmation(
      String tool,
      Map<String, Object> arguments,
      String summary,
      String said,
      List<Effect> effects,
      Risk risk,
      boolean protectedTarget,
      String rule,
      Optional<Preview> preview,
      List<Rule> grants,
      List<String> secretFlows,
      int position,
      int total) {

    /** The name that must be typed, for a CRITICAL call. */
    public Optional<String> typed() {
      return effects.stream()
          .filter(effect -> effect.risk() == Risk.CRITICAL)
          .map(effect -> effect.target().name())
          .findFirst();
    }
  }

  /** What the person says. */
  sealed interface Answer {
    /** Yes, this call; for a CRITICAL one with what was typed. */
    record Once(String typed) implements Answer {}

    /** Yes, and these rules hold until the conversation ends. */
    record Session(List<Rule> rules) implements Answer {}

    /** Yes, and these rules are kept in the settings. */
    record Always(List<Rule> rules) implements Answer {}

    /** The call with other arguments, prepared and asked about again. */
    record Edit(Map<String, Object> arguments) implements Answer {}

    /** No; without a reason the target stays denied until the next prompt. */
    record No(String reason) implements Answer {}

    /** No, and the whole run ends. */
    record Stop() implements Answer {}
  }
}
