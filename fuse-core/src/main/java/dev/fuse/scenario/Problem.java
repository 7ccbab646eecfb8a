package dev.fuse.scenario;

/**
 * What is wrong with a file, and where.
 *
 * @param origin the file's path or another name for where the text is from
 * @param line counts from 1
 * @param column counts from 1
 * @param warning whether the scenario works all the same
 */
public record Problem(String origin, int line, int column, boolean warning, String message) {

  @Override
  public String toString() {
    return origin + ":" + line + ":" + column + ": " + (warning ? "warning: " : "") + message;
  }
}
