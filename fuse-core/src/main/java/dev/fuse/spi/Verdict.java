package dev.fuse.spi;

/** What is ruled about a call; the later constant is the stricter. */
public enum Verdict {
  ALLOW,
  ASK,
  DENY
}
