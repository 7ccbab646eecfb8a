package dev.fuse.spi;

/** What a call does to its target. */
public enum Verb {
  /** Looks, and changes nothing. */
  READ,
  /** Looks at what may hold a secret: a credential file, a path outside the project. */
  READ_SECRET,
  CREATE,
  UPDATE,
  DELETE,
  /** Runs code or a program whose own effects are not known. */
  EXECUTE;

  /** Whether this verb leaves everything as it was. */
  public boolean reads() {
    return this == READ || this == READ_SECRET;
  }
}
