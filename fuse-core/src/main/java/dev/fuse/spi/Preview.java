package dev.fuse.spi;

/**
 * What a person sees of a call before the question.
 *
 * @param title one line over the body, such as a path or the like of a command
 */
public record Preview(Kind kind, String title, String body) {

  /** How the body is to be drawn. */
  public enum Kind {
    /** A unified diff. */
    DIFF,
    /** A program or script. */
    CODE,
    TEXT
  }

  public static Preview diff(String title, String unifiedDiff) {
    return new Preview(Kind.DIFF, title, unifiedDiff);
  }

  public static Preview text(String title, String text) {
    return new Preview(Kind.TEXT, title, text);
  }
}
