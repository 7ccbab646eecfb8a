package dev.fuse.boundary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the values of Kubernetes Secrets that stand in a text, as YAML, as JSON, in a string. */
final class SecretObjects {

  private static final Set<String> HOLDERS = Set.of("data", "stringdata");

  private final Sheet sheet;
  private final String text;
  private int documentEnd;
  private boolean json;

  SecretObjects(Sheet sheet) {
    this.sheet = sheet;
    this.text = sheet.text;
  }

  /** Looks around {@code kind: Secret}. */
  void read(int wordStart) {
    int at = wordStart - 1;
    boolean quoted = false;
    while (at >= 0 && "\"'\\ \t".indexOf(sheet.at(at)) >= 0) {
      quoted |= sheet.at(at) == '"';
      at--;
    }
    if (sheet.at(at) != ':') {
      return;
    }
    int key = at - 1;
    int slashes = 0;
    if (sheet.at(key) == '"') {
      key--;
      while (sheet.at(key) == '\\') {
        slashes++;
        key--;
      }
      quoted &= true;
    } else {
      quoted = false;
    }
    if (!text.regionMatches(true, key - 3, "kind", 0, 4)) {
      return;
    }
    if (quoted) {
      if (slashes > 0 || !json) {
        json |= slashes == 0;
        objects(slashes, slashes > 0 ? Math.max(0, wordStart - 60_000) : 0);
      }
      return;
    }
    if (wordStart >= documentEnd) {
      document(wordStart);
    }
  }

  private void document(int wordStart) {
    int start = Math.max(0, text.lastIndexOf("\n---", wordStart) + 1);
    int mark = text.indexOf("\n---", wordStart);
    documentEnd = mark < 0 ? sheet.length : mark;
    for (int line = start; line < documentEnd; line = sheet.nextLine(line)) {
      int first = line + sheet.indent(line);
      while (sheet.at(first) == '-'
          || sheet.at(first) == '+'
          || sheet.at(first) == ' '
          || sheet.at(first) == '\t'
          || Character.isDigit(sheet.at(first))) {
        first++;
      }
      int colon = first;
      while (Character.isLetter(sheet.at(colon))) {
        colon++;
      }
      if (sheet.at(colon) == ':'
          && HOLDERS.contains(text.substring(first, colon).toLowerCase(Locale.ROOT))
          && sheet.blank(colon + 1)) {
        line = held(first - line, sheet.nextLine(line));
      } else if (sheet.at(colon) == ':'
          && HOLDERS.contains(text.substring(first, colon).toLowerCase(Locale.ROOT))
          && sheet.at(sheet.skipBlanks(colon + 1, 20)) == '{') {
        flow(sheet.skipBlanks(colon + 1, 20));
      }
    }
  }

  /** Masks the values of the lines that are indented further; gives the last of them. */
  private int held(int column, int from) {
    int last = from;
    int key = -1;
    for (int line = from; line < documentEnd; line = sheet.nextLine(line)) {
      if (sheet.blank(line)) {
        continue;
      }
      int first = line;
      while (Character.isDigit(sheet.at(first)) && sheet.at(line) != ' ') {
        first++;
      }
      while (first - line < 400
          && (sheet.at(first) == ' '
              || sheet.at(first) == '\t'
              || ((sheet.at(first) == '+' || sheet.at(first) == '-') && first == line))) {
        first++;
      }
      int depth = first - line;
      if (depth <= column || (key >= 0 && depth < key)) {
        return Math.max(from, last);
      }
      last = line;
      if (key < 0) {
        key = depth;
      }
      if (depth == key) {
        entry(line, first);
      }
    }
    return last;
  }

  private void entry(int line, int first) {
    int end = sheet.endOfLine(line);
    int colon = sheet.next(":", first, 300);
    if (colon < 0 || colon >= end) {
      return;
    }
    var name = text.substring(first, colon).replaceAll("[\"']", "");
    int start = sheet.skipBlanks(colon + 1, 100);
    if (start < end && "|>".indexOf(sheet.at(start)) < 0) {
      boolean quoted = sheet.at(start) == '"' || sheet.at(start) == '\'';
      var value = text.substring(start, end);
      if (!Values.harmless(value.replaceAll("[\"']", "")) && value.length() > 2) {
        sheet.add(
            quoted ? start + 1 : start,
            quoted && sheet.at(end - 1) == sheet.at(start) ? end - 1 : end,
            name);
      }
      return;
    }
    int own = first - line;
    int from = -1;
    int to = end;
    for (int next = sheet.nextLine(line); next < documentEnd; next = sheet.nextLine(next)) {
      if (!sheet.blank(next)
          && sheet.indent(next) <= own
          && !Character.isDigit(sheet.at(next))
          && sheet.at(next) != '+'
          && sheet.at(next) != '-') {
        break;
      }
      if (sheet.blank(next)) {
        continue;
      }
      int begin = next + sheet.indent(next);
      from = from < 0 ? begin : from;
      to = sheet.endOfLine(next);
    }
    if (from >= 0) {
      sheet.add(from, to, name);
    }
  }

  private void flow(int brace) {
    int close = sheet.next("}", brace, 20_000);
    int end = close < 0 ? sheet.endOfLine(brace) : Math.min(close, brace + 20_000);
    int at = brace + 1;
    while (at < end) {
      int colon = sheet.next(":", at, 20_000);
      if (colon < 0 || colon >= end) {
        return;
      }
      int comma = sheet.next(",", colon, 20_000);
      int stop = comma < 0 || comma > end ? end : comma;
      int start = sheet.skipBlanks(colon + 1, 40);
      if (stop > start) {
        sheet.add(start, stop, text.substring(at, colon).strip());
      }
      at = stop + 1;
    }
  }

  /** What is known of an object that has been entered. */
  private static final class Level {
    String key = "";
    boolean secret;
    boolean holder;
    final List<Span> values = new ArrayList<>();
  }

  /** Goes through objects once; a quote is one behind so many backslashes. */
  private void objects(int slashes, int from) {
    var levels = new ArrayDeque<Level>();
    String last = "";
    int limit = slashes > 0 ? Math.min(sheet.length, from + 200_000) : sheet.length;
    for (int at = from; at < limit; at++) {
      char c = text.charAt(at);
      if (c == '{') {
        var level = new Level();
        level.holder =
            !levels.isEmpty() && HOLDERS.contains(levels.peek().key.toLowerCase(Locale.ROOT));
        levels.push(level);
      } else if (c == '}' && !levels.isEmpty()) {
        close(levels);
      } else if (c == '"' && quote(at, slashes)) {
        int end = stringEnd(at + 1, slashes);
        last = text.substring(at + 1, Math.max(at + 1, Math.min(end - slashes, at + 200)));
        string(levels, at, end - slashes, last, end);
        at = Math.max(at, end);
      }
    }
    while (!levels.isEmpty()) {
      close(levels);
    }
  }

  private void string(ArrayDeque<Level> levels, int quote, int end, String content, int after) {
    if (levels.isEmpty()) {
      return;
    }
    int next = after + 1;
    while (next < sheet.length && Character.isWhitespace(sheet.at(next))) {
      next++;
    }
    var level = levels.peek();
    if (sheet.at(next) == ':') {
      level.key = content;
    } else if (level.key.equals("kind")) {
      level.secret |= content.equalsIgnoreCase("secret");
      level.key = "";
    } else if (level.holder && end > quote + 1) {
      level.values.add(new Span(quote + 1, end, level.key));
    }
  }

  private void close(ArrayDeque<Level> levels) {
    var level = levels.pop();
    if (level.secret) {
      level.values.forEach(span -> sheet.add(span.start(), span.end(), span.name()));
    } else if (level.holder && !levels.isEmpty()) {
      levels.peek().values.addAll(level.values);
    }
  }

  private boolean quote(int at, int slashes) {
    int count = 0;
    while (sheet.at(at - 1 - count) == '\\') {
      count++;
    }
    return count == slashes;
  }

  private int stringEnd(int from, int slashes) {
    for (int at = from; at < sheet.length; at++) {
      if (text.charAt(at) == '"') {
        int count = 0;
        while (sheet.at(at - 1 - count) == '\\' && count <= slashes) {
          count++;
        }
        if (count == slashes || (slashes == 0 && even(at))) {
          return at;
        }
      }
    }
    return sheet.length;
  }

  private boolean even(int at) {
    int count = 0;
    while (sheet.at(at - 1 - count) == '\\') {
      count++;
    }
    return count % 2 == 0;
  }
}
