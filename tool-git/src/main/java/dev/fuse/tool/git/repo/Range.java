package dev.fuse.tool.git.repo;

import java.util.Optional;

/**
 * A revision or two: {@code A}, {@code A..B} or {@code A...B}; a side left out is HEAD.
 *
 * @param from empty where there is one revision only
 * @param symmetric whether there were three dots
 */
public record Range(Optional<String> from, String to, boolean symmetric) {

  public static Range of(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      return new Range(Optional.empty(), text, false);
    }
    boolean three = text.startsWith("...", dots);
    return new Range(
        Optional.of(orHead(text.substring(0, dots))),
        orHead(text.substring(dots + (three ? 3 : 2))),
        three);
  }

  private static String orHead(String side) {
    return side.isBlank() ? "HEAD" : side;
  }
}
