package dev.fuse.tool.kubernetes.diagnose.seen;

/**
 * Why something happens.
 *
 * @param seen the comparison that proves it
 */
public record Reason(String seen, String cause, String next) {}
