package dev.fuse.spi;

/** How bad it would be if a call were wrong; the order is that of the constants. */
public enum Risk {
  /** Nothing can go wrong. */
  NONE,
  /** Reversible and inside the project. */
  LOW,
  /** Remote, outside the project, code; or a read that may carry data to a host the model chose. */
  HIGH,
  /** Cannot be brought back, or very wide: asks for the target's name, and no rule allows it. */
  CRITICAL;

  /** The worse of the two. */
  public Risk or(Risk other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
