package dev.fuse.boundary;

import java.util.List;
import java.util.Set;

/** A text that readers look at, where its lines begin and end, and what they have found in it. */
final class Sheet {

  private static final List<String> CODE_STARTS =
      List.of(
          "import ",
          "package ",
          "func ",
          "def ",
          "class ",
          "public ",
          "private ",
          "protected ",
          "return",
          "if (",
          "if ",
          "for ",
          "while ",
          "switch ",
          "case ",
          "} else",
          "else",
          "try",
          "//",
          "/*",
          "* ",
          "*/",
          "#include",
          "#define",
          "using ",
          "fn ",
          "let ",
          "const ",
          "var ",
          "static ",
          "final ",
          "@",
          "throw ",
          "type ",
          "struct ",
          "enum ",
          "interface ",
          "self.",
          "elif ",
          "except",
          "with ",
          "async ",
          "await ",
          "namespace ",
          "template ",
          "void ",
          "int ",
          "String ",
          "boolean ",
          "new ");

  /** What may stand before a setting on its line. */
  private static final Set<String> PREFIXES =
      Set.of(
          "export",
          "set",
          "setx",
          "setenv",
          "env",
          "ENV",
          "ARG",
          "declare",
          "local",
          "readonly",
          "default",
          "const",
          "let",
          "var",
          "-x",
          "-e",
          "-D",
          "--env",
          "--set",
          "--build-arg",
          "val",
          "add",
          "add_header",
          "proxy_set_header",
          "define",
          "typeset",
          "-gx",
          "$env",
          "SET",
          "SetEnv");

  final String text;
  final int length;
  final Spans spans = new Spans();

  /** Behind the last value that was found: names in it are part of it. */
  int covered;

  private int lineStart;
  private int lineEnd = -1;
  private int quoteAt;
  private char quote;
  private int searchedFrom;
  private int searchedTo = -1;
  private int block = -1;
  private boolean code;

  Sheet(String text) {
    this.text = text;
    this.length = text.length();
  }

  char at(int index) {
    return index >= 0 && index < length ? text.charAt(index) : '\n';
  }

  /** The line that a place is on; places only go forward. */
  void line(int start) {
    if (start != lineStart) {
      lineStart = start;
      lineEnd = -1;
      quoteAt = start;
      quote = 0;
    }
  }

  int lineStart() {
    return lineStart;
  }

  int lineEnd() {
    if (lineEnd < 0) {
      lineEnd = endOfLine(lineStart);
    }
    return lineEnd;
  }

  int endOfLine(int from) {
    int stop = newline(from);
    return stop > from && at(stop - 1) == '\r' ? stop - 1 : stop;
  }

  int nextLine(int from) {
    return Math.min(length, newline(from) + 1);
  }

  /** Where something stands next; looked for only so far, so that much of it costs no more. */
  int next(String what, int from, int most) {
    int to = Math.min(length, from + most);
    return from < to ? text.indexOf(what, from, to) : -1;
  }

  /** Where a character stood last; no further back than that. */
  int last(char c, int from, int most) {
    for (int at = Math.min(from, length - 1); at >= Math.max(0, from - most); at--) {
      if (text.charAt(at) == c) {
        return at;
      }
    }
    return -1;
  }

  /** The next line feed; looked for once, however often it is asked for. */
  private int newline(int from) {
    if (from < searchedFrom || from > searchedTo) {
      int end = text.indexOf('\n', from);
      searchedFrom = from;
      searchedTo = end < 0 ? length : end;
    }
    return searchedTo;
  }

  int indent(int start) {
    int at = start;
    while (at < length && (at(at) == ' ' || at(at) == '\t')) {
      at++;
    }
    return at - start;
  }

  boolean blank(int start) {
    int at = start + indent(start);
    return at >= length || at(at) == '\n' || at(at) == '\r';
  }

  int skipBlanks(int from, int most) {
    int at = from;
    while (at < length && at - from < most && (at(at) == ' ' || at(at) == '\t')) {
      at++;
    }
    return at;
  }

  void add(int start, int end, String name) {
    spans.add(start, end, name);
    covered = Math.max(covered, end);
  }

  /** The quote that is open on this line before a place; 0 where none is. */
  char openQuote(int before) {
    for (; quoteAt < before; quoteAt++) {
      char c = at(quoteAt);
      if (quote != 0) {
        if (c == quote && at(quoteAt - 1) != '\\') {
          quote = 0;
        }
      } else if (c == '"'
          || c == '`'
          || (c == '\'' && !Character.isLetterOrDigit(at(quoteAt - 1)))) {
        quote = c;
      }
    }
    return quote;
  }

  /** Whether a name is the first word of its line, but for what may stand before a setting. */
  boolean first(int nameStart) {
    int at = lineStart;
    int word = -1;
    if (nameStart - lineStart > 200) {
      return false;
    }
    for (; at <= nameStart; at++) {
      char c = at < nameStart ? at(at) : ' ';
      boolean wordy =
          Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '-' || c == '.' || c == '/';
      if (wordy) {
        word = word < 0 ? at : word;
        continue;
      }
      if (word >= 0 && !prefix(word, at, c)) {
        return false;
      }
      word = -1;
      if (!wordy && " \t\"'`>+*|#;:@{,<[($?&=".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean prefix(int start, int end, char behind) {
    var word = text.substring(start, end);
    boolean number = true;
    boolean letters = false;
    for (int i = 0; i < word.length(); i++) {
      number &= Character.isDigit(word.charAt(i));
      letters |= Character.isLetter(word.charAt(i));
    }
    return number
        || !letters
        || PREFIXES.contains(word)
        || (behind == ':' && word.indexOf('.') > 0);
  }

  /** Whether what stands around is a program's text rather than settings. */
  boolean code() {
    int at = lineStart >>> 10;
    if (at != block) {
      block = at;
      code = looksLikeCode();
    }
    return code;
  }

  private boolean looksLikeCode() {
    int lines = 0;
    int signs = 0;
    int from = Math.max(0, lineStart - 1200);
    int start = from == 0 ? 0 : nextLine(from);
    int stop = Math.min(length, lineStart + 1200);
    while (start < stop) {
      int end = Math.min(endOfLine(start), start + 400);
      int first = start + indent(start);
      if (first < end) {
        lines++;
        signs += codeLine(first, end) ? 1 : 0;
      }
      start = nextLine(start);
    }
    return signs >= 3 && signs * 4 >= lines;
  }

  private boolean codeLine(int start, int end) {
    char last = at(end - 1);
    if (last == ';'
        || (last == '{'
            && end - start > 2
            && at(end - 2) == ' '
            && last(')', end, end - start) >= start)) {
      return true;
    }
    for (var word : CODE_STARTS) {
      if (text.startsWith(word, start)) {
        return true;
      }
    }
    return last == ')' && next("(", start + 1, end - start) > 0;
  }
}
