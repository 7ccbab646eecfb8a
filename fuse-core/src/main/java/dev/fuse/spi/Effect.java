package dev.fuse.spi;

/**
 * One thing that a call does, computed by the tool from typed arguments and never taken from what a
 * model says.
 *
 * @param leavesMachine whether bytes go to another machine
 */
public record Effect(Verb verb, Target target, Risk risk, boolean leavesMachine) {

  /** A read of something on this machine that may be read freely. */
  public static Effect read(Target target) {
    return new Effect(Verb.READ, target, Risk.NONE, false);
  }

  /** A read of something that may hold a secret: asks. */
  public static Effect readSecret(Target target) {
    return new Effect(Verb.READ_SECRET, target, Risk.HIGH, false);
  }

  /** A change or an execution on this machine. */
  public static Effect local(Verb verb, Target target, Risk risk) {
    return new Effect(verb, target, risk, false);
  }

  /** Anything that happens on another machine. */
  public static Effect remote(Verb verb, Target target, Risk risk) {
    return new Effect(verb, target, risk, true);
  }
}
