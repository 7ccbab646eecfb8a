package dev.fuse.tool.github.log;

/** A line, and how often the like of it came in a row. */
public record Folded(String text, int times) {
  @Override
  public String toString() {
    return times > 1 ? text + "  (×" + times + ")" : text;
  }
}
