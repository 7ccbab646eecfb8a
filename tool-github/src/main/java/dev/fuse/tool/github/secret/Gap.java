package dev.fuse.tool.github.secret;

import java.util.List;

/**
 * Something that does not fit between what is read and what is defined.
 *
 * @param name of the secret or variable
 * @param usages the places that read it; empty where none does
 * @param seen the facts that prove it
 * @param cause why the value is not there
 * @param next what heals it
 */
public record Gap(
    Kind kind, String name, List<Usage> usages, String seen, String cause, String next) {

  public Gap {
    usages = List.copyOf(usages);
  }

  /** What does not fit. */
  public enum Kind {
    MISSING,
    NEAR_MISS,
    OTHER_ENVIRONMENT,
    NOT_PASSED,
    NOT_VISIBLE,
    IS_VARIABLE,
    IS_SECRET,
    OTHER_STORE,
    COMPOSITE,
    /** A wider one is hidden by a narrower one. */
    SHADOWED,
    UNUSED,
    STALE,
    LONG_LIVED;

    /** Whether a job gets an empty value. */
    public boolean empty() {
      return compareTo(SHADOWED) < 0;
    }
  }

  /** Whether every place that reads it provides for an empty value. */
  public boolean optional() {
    return !usages.isEmpty() && usages.stream().allMatch(it -> it.reference().optional());
  }
}
