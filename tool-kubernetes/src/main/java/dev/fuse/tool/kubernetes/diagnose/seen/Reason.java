package dev.fuse.tool.kubernetes.diagnose.seen;

/**
 * Why something happens.
 *
 * @param seen the comparison that proves it
 * @param by the object that is at fault, where it is not the one that suffers; else empty
 */
public record Reason(String seen, String cause, String next, String by) {

  public Reason(String seen, String cause, String next) {
    this(seen, cause, next, "");
  }
}
