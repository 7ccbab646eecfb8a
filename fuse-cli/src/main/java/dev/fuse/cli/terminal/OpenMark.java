package dev.fuse.cli.terminal;

/**
 * Finds in plain text of a growing Markdown paragraph the first mark that what follows may still
 * close, so that what stands before it is sure to stay.
 */
final class OpenMark {

  private OpenMark() {}

  /** Where it stands; the text's length where there is none. */
  static int in(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (opens(text, at)) {
        return at;
      }
    }
    return text.length();
  }

  private static boolean opens(String text, int at) {
    return switch (text.charAt(at)) {
      case '`' -> true;
      case '*' -> beforeWord(text, at);
      case '_' ->
          beforeWord(text, at) && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
      case '~' -> text.startsWith("~~", at);
      case '<' -> beforeWord(text, at) && text.indexOf('>', at) < 0;
      case '[' -> opensLink(text, at);
      // At the end of a line it breaks the line.
      case '\\' -> at == text.length() - 1;
      default -> false;
    };
  }

  private static boolean beforeWord(String text, int at) {
    return at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1));
  }

  /** A link is one only with its destination; a number in brackets stands for itself. */
  private static boolean opensLink(String text, int at) {
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      depth += text.charAt(i) == '[' ? 1 : text.charAt(i) == ']' ? -1 : 0;
      if (depth == 0) {
        return text.startsWith("(", i + 1);
      }
    }
    return true;
  }
}
