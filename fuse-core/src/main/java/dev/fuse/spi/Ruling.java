package dev.fuse.spi;

/**
 * What a policy says about a call.
 *
 * @param rule the id of the rule that decided, for people: its text and where it stands
 */
public record Ruling(Verdict verdict, String rule) {

  /** The stricter of the two; the first where they are equal. */
  public Ruling or(Ruling other) {
    return other.verdict().compareTo(verdict) > 0 ? other : this;
  }
}
