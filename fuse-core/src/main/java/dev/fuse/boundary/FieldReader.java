package dev.fuse.boundary;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds values whose name stands in a field of its own, beside them: a pair of two fields. */
final class FieldReader {

  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "key",
          "id",
          "variable",
          "var",
          "field",
          "label",
          "parameter",
          "param",
          "header",
          "k",
          "parametername",
          "parameterkey",
          "option",
          "property",
          "attribute",
          "setting",
          "env",
          "code",
          "variablename",
          "keyname",
          "title",
          "secretname",
          "varname");

  private static final Pattern VALUE =
      Pattern.compile(
          "(?i)(?<![\\w./-])(?:value|val|v|content|contents|default|text|secretvalue|parametervalue|plaintext|data|currentvalue|defaultvalue)"
              + "(?:[\"'`\\\\]{0,8}+\\s{0,8}+(?::|=>|=(?!=))|>)");

  private static final int AROUND = 600;

  private final Sheet sheet;
  private final PairReader pairs;
  private final String text;

  FieldReader(Sheet sheet, PairReader pairs) {
    this.sheet = sheet;
    this.pairs = pairs;
    this.text = sheet.text;
  }

  /** Whether a name is the value of a field that holds names. */
  boolean isField(int nameStart) {
    int at = nameStart - 1;
    int from = Math.max(0, nameStart - 60);
    while (at >= from && "\"'`\\ \t".indexOf(sheet.at(at)) >= 0) {
      at--;
    }
    char c = sheet.at(at);
    if (c != ':' && c != '=' && c != '>') {
      return false;
    }
    at--;
    while (at >= from && "\"'`\\ \t=".indexOf(sheet.at(at)) >= 0) {
      at--;
    }
    int end = at + 1;
    while (at >= from
        && (Character.isLetterOrDigit(sheet.at(at)) || "_-@".indexOf(sheet.at(at)) >= 0)) {
      at--;
    }
    var field = text.substring(at + 1, end).toLowerCase(Locale.ROOT).replaceAll("[_@-]", "");
    return FIELDS.contains(field);
  }

  /** The value beside a name: before or behind it, on its line or the next. */
  boolean read(String name, int nameStart, int nameEnd) {
    int stop = forwardEnd(nameStart, nameEnd);
    if (first(name, nameEnd, stop)) {
      return true;
    }
    if (inElement(nameStart)) {
      return elementText(name, nameEnd);
    }
    return last(name, backwardStart(nameStart), nameStart);
  }

  private boolean first(String name, int from, int to) {
    var matcher = VALUE.matcher(text).region(from, to).useTransparentBounds(true);
    return matcher.find() && beside(name, matcher.start(), matcher.end());
  }

  private boolean last(String name, int from, int to) {
    var matcher = VALUE.matcher(text).region(from, to).useTransparentBounds(true);
    int start = -1;
    int end = -1;
    while (matcher.find()) {
      start = matcher.start();
      end = matcher.end();
    }
    return start >= 0 && beside(name, start, end);
  }

  private boolean beside(String name, int fieldStart, int fieldEnd) {
    char c = sheet.at(fieldEnd - 1);
    if (c == '>' && sheet.at(fieldEnd - 2) != '=') {
      int close = sheet.next("<", fieldEnd, 20_000);
      int start = pairs.skipSpace(fieldEnd, 100);
      return close > start
          && close - start < 20_000
          && !PairReader.weak(text.substring(start, close).strip())
          && pairs.take(start, close, name);
    }
    int start = sheet.skipBlanks(fieldEnd, 60);
    if (sheet.at(start) == '\n' && c != ':') {
      return false;
    }
    int line = sheet.last('\n', fieldStart, 200) + 1;
    boolean inner = sheet.at(start) == '\\' || sheet.at(start) == '"' || sheet.at(start) == '\'';
    if (!inner
        && sheet.at(start) != '|'
        && sheet.at(start) != '>'
        && sheet.at(start) != '\n'
        && sheet.at(start) != '$'
        && sheet.at(start) != '!') {
      int end = sheet.endOfLine(start);
      boolean flow = text.substring(Math.max(line, fieldStart - 200), fieldStart).indexOf('{') >= 0;
      if (flow) {
        int at = start;
        while (at < end && sheet.at(at) != ',' && sheet.at(at) != '}') {
          at++;
        }
        end = at;
      }
      var value = text.substring(start, end).strip();
      return value.length() >= 3
          && !PairReader.weak(value)
          && !value.startsWith("{")
          && !value.startsWith("[")
          && !(sheet.code() && !Values.likely(value))
          && pairs.take(start, start + value.length(), name);
    }
    return pairs.value(name, fieldStart, start, true, false);
  }

  /** Up to the next name, the end of the object or of the item. */
  private int forwardEnd(int nameStart, int from) {
    int limit = Math.min(sheet.length, from + AROUND);
    int own = sheet.indent(sheet.lineStart());
    int line = sheet.lineStart();
    boolean block = sheet.endOfLine(line) - nameStart < 200;
    for (int at = from; at < limit; at++) {
      char c = text.charAt(at);
      if (c == '}'
          && sheet.at(at - 1) != '}'
          && sheet.last('$', at, Math.min(100, at - from)) < from) {
        return at;
      }
      if (c == '/' && sheet.at(at + 1) == '>') {
        return at;
      }
      if (c == '\n' && block) {
        int next = at + 1;
        int first = next + sheet.indent(next);
        boolean item = sheet.at(first) == '-' && sheet.at(first + 1) == ' ';
        if (sheet.blank(next)
            || (item && sheet.indent(next) <= own)
            || text.startsWith("---", next)) {
          return at;
        }
      }
    }
    return limit;
  }

  private int backwardStart(int nameStart) {
    int limit = Math.max(0, nameStart - AROUND);
    boolean itself = sheet.at(sheet.lineStart() + sheet.indent(sheet.lineStart())) == '-';
    for (int at = nameStart - 1; at > limit; at--) {
      char c = text.charAt(at);
      boolean opens =
          Character.isWhitespace(sheet.at(at - 1)) || "[,:(".indexOf(sheet.at(at - 1)) >= 0;
      if (c == '{' && opens && sheet.at(at + 1) != '{') {
        return at;
      }
      if (c == '\n') {
        if (itself || sheet.blank(at + 1)) {
          return at;
        }
        int first = at + 1 + sheet.indent(at + 1);
        if (at + 1 < sheet.lineStart() && sheet.at(first) == '-' && sheet.at(first + 1) == ' ') {
          return at;
        }
      }
    }
    return limit;
  }

  private boolean inElement(int nameStart) {
    int open = sheet.last('<', nameStart, 300);
    int close = sheet.last('>', nameStart - 1, 300);
    return open >= 0 && nameStart - open < 300 && (open > close || close - open < 30);
  }

  /**
   * {@code <property name="password">x</property>}, {@code <key>password</key><string>x</string>}.
   */
  private boolean elementText(String name, int nameEnd) {
    int close = sheet.next(">", nameEnd, 300);
    if (close < 0 || close - nameEnd > 300 || sheet.at(close - 1) == '/') {
      return false;
    }
    int start = pairs.skipSpace(close + 1, 200);
    if (sheet.at(start) == '<') {
      int inner = sheet.next(">", start, 100);
      if (inner < 0 || inner - start > 100) {
        return false;
      }
      start = text.startsWith("<![CDATA[", start) ? start + 9 : pairs.skipSpace(inner + 1, 200);
    }
    int end = sheet.next("<", start, 20_000);
    while (end > start && Character.isWhitespace(sheet.at(end - 1))) {
      end--;
    }
    return end > start
        && end - start < 20_000
        && !PairReader.weak(text.substring(start, end))
        && (!sheet.code() || Values.likely(text.substring(start, end)))
        && pairs.take(start, end, name);
  }

  /** Columns of a table whose head names secrets; rows until one is not of the table. */
  boolean table(int nameStart, int nameEnd) {
    int line = sheet.lineStart();
    int end = sheet.lineEnd();
    if (end - line > 4000 || sheet.code()) {
      return false;
    }
    var head = text.substring(line, end);
    for (char delimiter : new char[] {'|', '\t', ',', ';'}) {
      if (head.indexOf(delimiter) >= 0 && isCell(nameStart, nameEnd, delimiter)) {
        return rows(head, delimiter, sheet.nextLine(line));
      }
    }
    return aligned(nameStart, nameEnd, sheet.nextLine(line));
  }

  private boolean isCell(int nameStart, int nameEnd, char delimiter) {
    int before = nameStart - 1;
    while (before >= sheet.lineStart() && "\"' *_".indexOf(sheet.at(before)) >= 0) {
      before--;
    }
    int behind = nameEnd;
    while ("\"' *_".indexOf(sheet.at(behind)) >= 0 && behind < sheet.length) {
      behind++;
    }
    boolean begins = before < sheet.lineStart() || sheet.at(before) == delimiter;
    boolean ends = behind >= sheet.lineEnd() || sheet.at(behind) == delimiter;
    return begins && ends;
  }

  private boolean rows(String head, char delimiter, int from) {
    var cells = cells(head, delimiter);
    var secret = new HashSet<Integer>();
    var names = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      names[i] = bare(head.substring(cells[i][0], cells[i][1]));
      if (names[i].length() > 40 || !names[i].matches("[\\p{L}\\d _.#*/()-]*")) {
        return false;
      }
      if (Names.secret(names[i].replace(' ', '_'))) {
        secret.add(i);
      }
    }
    if (java.util.Arrays.stream(names).filter(name -> !name.isEmpty()).count() < 2) {
      return false;
    }
    boolean found = false;
    for (int line = from, rows = 0;
        line < sheet.length && rows < 200_000;
        line = sheet.nextLine(line), rows++) {
      int end = sheet.endOfLine(line);
      if (end - line > 8000) {
        return found;
      }
      var row = text.substring(line, end);
      var parts = cells(row, delimiter);
      boolean rule = row.matches("[|:\\s=+-]+");
      if (rule && !row.isBlank()) {
        continue;
      }
      if (row.isBlank()
          || parts.length < cells.length
          || (parts.length > cells.length + 1 && rows == 0)) {
        return found;
      }
      for (int i : secret) {
        var value = bare(row.substring(parts[i][0], parts[i][1]));
        if (value.length() >= 4
            && !PairReader.weak(value)
            && !Values.number(value)
            && !Values.prose(value)
            && !(delimiter == '|' && value.matches("\\S*[<>(].*|.*\\s.*"))) {
          int start = line + parts[i][0] + row.substring(parts[i][0], parts[i][1]).indexOf(value);
          found |= pairs.take(start, start + value.length(), names[i]);
        }
      }
    }
    return found;
  }

  private static String bare(String cell) {
    return cell.strip().replaceAll("^[\"'`*_]+|[\"'`*_]+$", "").strip();
  }

  /** Where cells begin and end; quotes hold delimiters. */
  private static int[][] cells(String row, char delimiter) {
    var ends = new java.util.ArrayList<int[]>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i <= row.length(); i++) {
      char c = i < row.length() ? row.charAt(i) : delimiter;
      if (c == '"' && delimiter != '|') {
        quoted = !quoted;
      }
      if (i == row.length() || (c == delimiter && !quoted)) {
        ends.add(new int[] {start, i});
        start = i + 1;
      }
    }
    return ends.toArray(new int[0][]);
  }

  /** A table whose columns are kept apart by blanks. */
  private boolean aligned(int nameStart, int nameEnd, int from) {
    var name = text.substring(nameStart, nameEnd);
    var head = text.substring(sheet.lineStart(), sheet.lineEnd());
    boolean apart = nameEnd >= sheet.lineEnd() || sheet.at(nameEnd + 1) == ' ';
    if (!apart || !head.equals(head.toUpperCase(Locale.ROOT)) || !head.strip().contains("  ")) {
      return false;
    }
    int column = nameStart - sheet.lineStart();
    boolean found = false;
    for (int line = from, rows = 0;
        line < sheet.length && rows < 10_000;
        line = sheet.nextLine(line), rows++) {
      int start = line + column;
      if (sheet.blank(line) || start >= sheet.endOfLine(line)) {
        return found;
      }
      int end = start;
      while (end < sheet.length && !Character.isWhitespace(sheet.at(end))) {
        end++;
      }
      var value = text.substring(start, end);
      if (value.length() >= 4 && !PairReader.weak(value) && !Values.number(value)) {
        found |= pairs.take(start, end, name);
      }
    }
    return found;
  }
}
