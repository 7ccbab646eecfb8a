package dev.fuse.cli.init;

import java.util.regex.Pattern;

/** Google resources by the way they are named in variables. */
final class Uses {

  private static final Pattern PATH =
      Pattern.compile("projects/[\\w:.-]+/(topics|subscriptions|secrets)/([\\w.-]+)");
  private static final Pattern BUCKET = Pattern.compile("gs://([a-z0-9][a-z0-9._-]+)");
  private static final Pattern DATABASE =
      Pattern.compile("[a-z][a-z0-9-]+:[a-z]+-[a-z]+\\d:([a-z][a-z0-9-]+)");

  private Uses() {}

  /** {@code topic orders}; empty where a value names no resource. */
  static String of(String value) {
    var path = PATH.matcher(value);
    if (path.find()) {
      return path.group(1).replaceFirst("s$", "") + " " + path.group(2);
    }
    var bucket = BUCKET.matcher(value);
    if (bucket.find()) {
      return "bucket " + bucket.group(1);
    }
    var database = DATABASE.matcher(value);
    return database.matches() ? "database " + database.group(1) : "";
  }
}
