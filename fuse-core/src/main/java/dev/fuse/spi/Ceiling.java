package dev.fuse.spi;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * The most that a tool may ever do; a call whose effects exceed it is refused.
 *
 * @param systems names of the systems it may touch
 */
public record Ceiling(Set<Verb> verbs, Set<String> systems, Risk risk, boolean leavesMachine) {

  public Ceiling {
    verbs = Set.copyOf(verbs);
    systems = Set.copyOf(systems);
  }

  /** Reads on this machine, and nothing that may hold a secret. */
  public static Ceiling reads(String... systems) {
    return new Ceiling(Set.of(Verb.READ), Set.of(systems), Risk.NONE, false);
  }

  /** Reads on this machine, of things too that may hold a secret; those ask. */
  public static Ceiling readsSecrets(String... systems) {
    return new Ceiling(Set.of(Verb.READ, Verb.READ_SECRET), Set.of(systems), Risk.HIGH, false);
  }

  /** Reads over the network. */
  public static Ceiling readsRemote(String... systems) {
    return new Ceiling(Set.of(Verb.READ), Set.of(systems), Risk.NONE, true);
  }

  /** The same with another system, verb or risk is written with the constructor's words. */
  public static Ceiling of(Risk risk, boolean leavesMachine, Set<Verb> verbs, String... systems) {
    return new Ceiling(verbs, Set.of(systems), risk, leavesMachine);
  }

  /** Whether a tool with this ceiling is a reading tool: offered in plan mode and in evidence. */
  public boolean reading() {
    return verbs.stream().allMatch(Verb::reads);
  }

  /** The first effect that exceeds this ceiling. */
  public Optional<Effect> exceededBy(Collection<Effect> effects) {
    return effects.stream().filter(effect -> !covers(effect)).findFirst();
  }

  private boolean covers(Effect effect) {
    return verbs.contains(effect.verb())
        && (systems.isEmpty() || systems.contains(effect.target().system()))
        && effect.risk().compareTo(risk) <= 0
        && (leavesMachine || !effect.leavesMachine());
  }
}
