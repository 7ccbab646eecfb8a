package dev.fuse.tool.kubernetes;

/**
 * Why something happens.
 *
 * @param seen the comparison that proves it
 */
record Reason(String seen, String cause, String next) {}
