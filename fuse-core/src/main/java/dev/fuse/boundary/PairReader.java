package dev.fuse.boundary;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the values of names that say that they are secret, whatever the layout: behind the name, on
 * the next lines, in a block, a list, an element, an argument.
 */
final class PairReader {

  private static final int NAME = 100;
  private static final int BLOCK = 40_000;

  private static final Pattern DEFAULTS =
      Pattern.compile(
          "(?i)(?<![\\w.])(?:value|default|default_value|plain|plaintext|literal|secretvalue|defaultvalue|current|raw)"
              + "[\"'\\\\]{0,8}+\\s{0,10}+(?::|=>|=(?!=))");

  /** What stands before a password in a file of logins. */
  private static final Pattern NETRC =
      Pattern.compile(
          "(?:^|\\s)(?:machine\\s+\\S{1,100}+|default)\\s+login\\s+\\S{1,100}+(?:\\s+account\\s+\\S{1,60}+)?\\s+$|^\\s*login\\s+\\S{1,100}+\\s+$");

  /** Composite literals and types of Go, generics, arrays. */
  private static final Pattern GO =
      Pattern.compile(
          "[&*]?(?:(?:map)?\\[[\\w.]{0,30}+\\]){1,3}+[*\\w.]{1,60}+.*|[&*](?:[a-z]\\w{0,30}+\\.)?[A-Za-z]\\w{2,60}+(?:[{(,].*|,? ?//.*)?|(?:[a-z]\\w{0,30}+\\.)?[A-Z]\\w{2,60}+[{\\[].*",
          Pattern.DOTALL);

  private static final Set<String> REFERENCES =
      Set.of(
          "valuefrom",
          "secretkeyref",
          "name",
          "ref",
          "key",
          "file",
          "path",
          "env",
          "description",
          "type");

  /** Names of settings files that have only blanks before the value. */
  private static final Set<String> DIRECTIVES =
      Set.of(
          "requirepass",
          "masterauth",
          "bindpw",
          "rootpw",
          "rootbindpw",
          "tls_key_password",
          "smtp_password",
          "sasl_passwd");

  private static final Set<String> SCHEMES =
      Set.of(
          "bearer",
          "basic",
          "token",
          "digest",
          "negotiate",
          "apikey",
          "api-key",
          "bot",
          "key",
          "sso-key",
          "genie-key",
          "ssws",
          "splunk",
          "aws4-hmac-sha256",
          "signature",
          "hawk",
          "ntlm",
          "oauth",
          "client",
          "bearer:",
          "private",
          "jwt",
          "pve",
          "pveapitoken",
          "discogs",
          "x-token",
          "user",
          "zoho-oauthtoken");

  private final Sheet sheet;
  private final String text;

  PairReader(Sheet sheet) {
    this.sheet = sheet;
    this.text = sheet.text;
  }

  /** What stands behind a name; false where nothing does that could be its value. */
  boolean read(int nameStart, int nameEnd) {
    var name = text.substring(nameStart, nameEnd);
    boolean changed =
        nameStart - 1 == sheet.lineStart()
            || (nameStart == sheet.lineStart() && name.charAt(1) != '-');
    boolean flag =
        !changed && (name.startsWith("-") || (nameStart >= 2 && sheet.at(nameStart - 1) == '-'));
    int at = closing(nameEnd);
    int behind = sheet.skipBlanks(at, 60);
    int separator = separator(behind);
    if (separator == 0) {
      return unseparated(name, nameStart, at, behind, flag);
    }
    boolean colon = sheet.at(behind) == ':';
    boolean opened =
        at == nameEnd && "\"'`".indexOf(sheet.at(sheet.skipBlanks(behind + separator, 4))) >= 0;
    if (opened && sheet.openQuote(nameStart) == sheet.at(sheet.skipBlanks(behind + separator, 4))) {
      return false;
    }
    int start = sheet.skipBlanks(decoration(behind + separator), 200);
    if (colon) {
      start = typed(start);
    }
    return value(name, nameStart, start, colon, flag);
  }

  /** The quotes and brackets that end a name. */
  private int closing(int from) {
    int at = from;
    while (at - from < 12 && "\"'`\\]*_".indexOf(sheet.at(at)) >= 0 && at < sheet.length) {
      at++;
    }
    return text.startsWith("&quot;", at) ? at + 6 : at;
  }

  private int separator(int at) {
    char c = sheet.at(at);
    char then = sheet.at(at + 1);
    if (c == ':') {
      return then == '=' || (then == ':' && sheet.at(at + 2) != ':') ? 2 : 1;
    }
    if (c == '=') {
      if (then == '=') {
        return sheet.at(at + 2) == '=' ? 3 : 2;
      }
      return then == '>' || then == '~' ? 2 : 1;
    }
    if ((c == '-' && then == '>') || ((c == '+' || c == '?' || c == '!') && then == '=')) {
      return 2;
    }
    return text.startsWith("%3D", at) || text.startsWith("%3d", at) || text.startsWith("%3A", at)
        ? 3
        : 0;
  }

  /** Marks of Markdown around a value. */
  private int decoration(int from) {
    int at = from;
    while (at - from < 4 && (sheet.at(at) == '*' || sheet.at(at) == '_')) {
      at++;
    }
    return at;
  }

  /** {@code password: str = "x"}: the value is behind the type. */
  private int typed(int start) {
    int at = start;
    while (at - start < 40
        && (Character.isLetterOrDigit(sheet.at(at)) || "_.[]<>|? ".indexOf(sheet.at(at)) >= 0)) {
      at++;
    }
    boolean equals =
        sheet.at(at) == '='
            && sheet.at(at + 1) != '='
            && sheet.at(at - 1) == ' '
            && at - start < 40;
    return equals ? sheet.skipBlanks(at + 1, 60) : start;
  }

  /** A name and a value with only blanks, a bracket or a comma between them. */
  private boolean unseparated(String name, int nameStart, int at, int behind, boolean flag) {
    char c = sheet.at(behind);
    boolean quoted = at > nameStart + name.length() && "\"'`".indexOf(sheet.at(at - 1)) >= 0;
    if (c == ',' && (flag || (quoted && opens(nameStart)))) {
      return argument(name, behind + 1, flag);
    }
    if (c == '{' && (quoted || behind == at)) {
      return quoted && block(name, behind, '}');
    }
    if (c == '(' && behind == at) {
      return call(name, behind + 1);
    }
    if (c == '>' && tag(nameStart)) {
      return element(name, behind + 1);
    }
    if (flag && (c == '\n' || c == '\r')) {
      return nextItem(name, sheet.nextLine(behind));
    }
    if (behind == at) {
      return false;
    }
    if (flag) {
      return value(name, nameStart, behind, false, true);
    }
    int word = wordEnd(behind, sheet.endOfLine(behind));
    if (netrc(nameStart) && !weak(text.substring(behind, word)) && take(behind, word, name)) {
      return true;
    }
    return sheet.first(nameStart) && !sheet.code() && setting(name, behind);
  }

  /** Whether a name is that of an element, with or without its prefix. */
  private boolean tag(int nameStart) {
    int at = nameStart - 1;
    while (nameStart - at < 30
        && (Character.isLetterOrDigit(sheet.at(at)) || ":-_.".indexOf(sheet.at(at)) >= 0)) {
      at--;
    }
    return sheet.at(at) == '<';
  }

  /** Whether a quoted name is the first argument or item. */
  private boolean opens(int nameStart) {
    int at = nameStart - 1;
    while (at > 0 && "\"'`\\ ".indexOf(sheet.at(at)) >= 0) {
      at--;
    }
    return "([{".indexOf(sheet.at(at)) >= 0;
  }

  /** {@code setenv("DB_PASSWORD", "x")}, {@code ["--password", "x"]}. */
  private boolean argument(String name, int from, boolean flag) {
    int at = from;
    while (at - from < 80
        && (Character.isWhitespace(sheet.at(at)) || sheet.at(at) == '\\')
        && at < sheet.length) {
      at++;
    }
    char c = sheet.at(at);
    if (c != '"' && c != '\'' && c != '`') {
      return false;
    }
    int end = quoted(at);
    var value = text.substring(at + 1, Math.max(at + 1, end));
    boolean secret =
        flag
            ? !Values.harmless(value) && !value.startsWith("-")
            : Values.likely(value)
                && !Names.onlyNames(value)
                && value.indexOf(' ') < 0
                && !path(value);
    return secret && take(at + 1, end, name);
  }

  private boolean call(String name, int from) {
    int at = sheet.skipBlanks(from, 10);
    char c = sheet.at(at);
    if (c != '"' && c != '\'' && c != '`') {
      return false;
    }
    int end = quoted(at);
    var value = text.substring(at + 1, Math.max(at + 1, end));
    return strong(value) && take(at + 1, end, name);
  }

  private boolean element(String name, int from) {
    int start = skipSpace(from, 200);
    boolean data = text.startsWith("<![CDATA[", start);
    if (data) {
      start += 9;
    }
    int end = sheet.next(data ? "]]>" : "</", start, BLOCK);
    if (end < 0 || end - start > BLOCK || (!data && text.substring(start, end).contains("<"))) {
      return false;
    }
    while (end > start && Character.isWhitespace(sheet.at(end - 1))) {
      end--;
    }
    var value = text.substring(start, end);
    boolean secret = sheet.code() ? strong(value) : value.length() >= 4 && !Values.number(value);
    return secret && !weak(value) && take(start, end, name);
  }

  /** {@code - --password} and its value as the next item. */
  private boolean nextItem(String name, int lineStart) {
    int at = lineStart + sheet.indent(lineStart);
    if (sheet.at(at) != '-' && sheet.at(at) != '"' && sheet.at(at) != '\'') {
      return false;
    }
    int start = sheet.at(at) == '-' && sheet.at(at + 1) == ' ' ? sheet.skipBlanks(at + 1, 20) : at;
    return sheet.at(start) != '-' && lineValue(name, start);
  }

  /** {@code ENV KEY value}, {@code requirepass x}, {@code password x} of netrc. */
  private boolean setting(String name, int from) {
    int end = sheet.endOfLine(from);
    if (from >= end || "{([<|,.?!&".indexOf(sheet.at(from)) >= 0) {
      return false;
    }
    var value = text.substring(from, end).strip();
    boolean upper = name.equals(name.toUpperCase(Locale.ROOT));
    boolean oneWord = value.indexOf(' ') < 0 && value.indexOf('\t') < 0;
    char c = sheet.at(from);
    if (c == '"' || c == '\'') {
      int close = quoted(from);
      return strong(text.substring(from + 1, Math.max(from + 1, close)))
          && take(from + 1, close, name);
    }
    if (DIRECTIVES.contains(name)) {
      return !weak(value) && take(from, from + value.length(), name);
    }
    if (!oneWord && !upper) {
      int word = wordEnd(from, end);
      var first = text.substring(from, word);
      return Values.likely(first)
          && !Values.expression(first)
          && !Values.harmless(first)
          && take(from, word, name);
    }
    boolean secret =
        oneWord ? Values.likely(value) || upper : Values.likely(value) || Values.telling(value);
    return secret
        && !weak(value)
        && !Values.number(value)
        && take(from, from + value.length(), name);
  }

  private boolean netrc(int nameStart) {
    var around = text.substring(Math.max(0, nameStart - 200), nameStart);
    return NETRC.matcher(around).find();
  }

  private int wordEnd(int from, int end) {
    int at = from;
    while (at < end && !Character.isWhitespace(sheet.at(at))) {
      at++;
    }
    return at;
  }

  /** The value from its first character on, wherever it ends. */
  boolean value(String name, int nameStart, int start, boolean colon, boolean flag) {
    char c = sheet.at(start);
    if (start >= sheet.length || c == '\n' || c == '\r' || (colon && c == '#')) {
      return colon && sheet.at(start - 2) != ':' && below(name, nameStart, sheet.nextLine(start));
    }
    if (c == '<' && sheet.at(start + 1) == '<' && sheet.at(start + 2) != '<') {
      return heredoc(name, start);
    }
    if ((c == '|' || c == '>') && blockMark(start)) {
      return scalar(name, nameStart, sheet.nextLine(start));
    }
    if (colon && c == '!' && sheet.at(start + 1) != '=') {
      int word = wordEnd(start, sheet.endOfLine(start));
      int next = sheet.skipBlanks(word, 20);
      return (next > word && value(name, nameStart, next, true, flag))
          || (sheet.at(next) == '\n' && below(name, nameStart, sheet.nextLine(next)));
    }
    if (c == '[') {
      return list(name, start);
    }
    if (c == '{' && sheet.at(start + 1) != '{') {
      return block(name, start, '}');
    }
    if (c == '$' && sheet.at(start + 1) == '{') {
      return fallback(name, start);
    }
    int open = opening(start);
    if (open > 0) {
      return quotedValue(name, nameStart, start + open - 1, colon);
    }
    return plain(name, nameStart, start, colon, flag);
  }

  /** The characters up to and with the quote that opens a value; 0 where none does. */
  private int opening(int start) {
    int at = start;
    while (at - start < 3 && "bBrRuUfFL$@".indexOf(sheet.at(at)) >= 0) {
      at++;
    }
    if ("\"'`".indexOf(sheet.at(at)) >= 0) {
      return at - start + 1;
    }
    at = start;
    while (at - start < 8 && sheet.at(at) == '\\') {
      at++;
    }
    return at > start && sheet.at(at) == '"' ? at - start + 1 : 0;
  }

  private boolean quotedValue(String name, int nameStart, int quoteAt, boolean colon) {
    char quote = sheet.at(quoteAt);
    int start = quoteAt + 1;
    int end;
    if (sheet.at(start) == quote && sheet.at(start + 1) == quote) {
      start += 2;
      end = sheet.next(String.valueOf(quote).repeat(3), start, BLOCK);
      end = end < 0 || end - start > BLOCK ? sheet.endOfLine(start) : end;
    } else {
      end = sheet.at(quoteAt - 1) == '\\' ? escaped(quoteAt) : quoted(quoteAt);
    }
    var value = text.substring(start, end);
    if (value.startsWith("${")) {
      return fallback(name, start);
    }
    boolean named = nameStart > 0 && "\"'".indexOf(sheet.at(nameStart - 1)) >= 0;
    boolean config = (colon && named) || !sheet.code();
    boolean secret = config ? !weak(value) : strong(value);
    secret &= !(value.isBlank() || (Values.number(value) && !passwordName(name)));
    return secret && take(start, config ? further(end, nameStart) : joined(end, quote), name);
  }

  /** To the end of the line where a quote inside the value seemed to end it. */
  private int further(int end, int nameStart) {
    char after = sheet.at(end + 1);
    boolean goesOn =
        after != 0 && !Character.isWhitespace(after) && ",;)}]>&|/\\:#.\"'`".indexOf(after) < 0;
    return goesOn && end < sheet.length && sheet.first(nameStart)
        ? sheet.endOfLine(end)
        : joined(end, sheet.at(end));
  }

  /** Behind the pieces of a literal that are put together. */
  private int joined(int end, char quote) {
    int last = end;
    for (int pieces = 0; pieces < 20; pieces++) {
      int at = skipSpace(last + 1, 200);
      if (sheet.at(at) != '+' && sheet.at(at) != '.' && sheet.at(at) != '&') {
        return last;
      }
      at = skipSpace(at + 1, 200);
      if (sheet.at(at) != quote) {
        return last;
      }
      last = quoted(at);
    }
    return last;
  }

  /** Where the string ends that begins with this quote. */
  int quoted(int quoteAt) {
    char quote = sheet.at(quoteAt);
    int limit = Math.min(sheet.length, quoteAt + BLOCK);
    int line = -1;
    for (int at = quoteAt + 1; at < limit; at++) {
      char c = text.charAt(at);
      if (c == '\\' && quote != '\'') {
        at++;
      } else if (c == quote) {
        return at;
      } else if (c == '\n') {
        line = line < 0 ? at : line;
        if (at - quoteAt > 20_000 || newSetting(at + 1)) {
          break;
        }
      }
    }
    int end = line < 0 ? Math.min(limit, sheet.endOfLine(quoteAt)) : line;
    return Math.max(end, Math.min(sheet.length, quoteAt + 1));
  }

  /** Whether a line begins another setting, so that the string before has no end. */
  private boolean newSetting(int start) {
    int at = start + sheet.indent(start);
    int from = at;
    while (at - from < 60
        && (Character.isLetterOrDigit(sheet.at(at)) || "_.-\"'".indexOf(sheet.at(at)) >= 0)) {
      at++;
    }
    return (at > from && (sheet.at(at) == ':' || sheet.at(at) == '='))
        || sheet.at(from) == '}'
        || sheet.blank(start);
  }

  /** Where a string of a string ends: at a quote behind as many backslashes. */
  private int escaped(int quoteAt) {
    int depth = 0;
    while (sheet.at(quoteAt - 1 - depth) == '\\') {
      depth++;
    }
    int limit = Math.min(sheet.length, quoteAt + BLOCK);
    int slashes = 0;
    for (int at = quoteAt + 1; at < limit; at++) {
      char c = text.charAt(at);
      if (c == '"' && slashes <= depth) {
        return Math.max(at - slashes, quoteAt + 1);
      }
      slashes = c == '\\' ? slashes + 1 : 0;
    }
    return Math.max(Math.min(limit, sheet.endOfLine(quoteAt)), Math.min(sheet.length, quoteAt + 1));
  }

  private boolean plain(String name, int nameStart, int start, boolean colon, boolean flag) {
    int line = sheet.endOfLine(start);
    boolean first = sheet.first(nameStart);
    char quote = sheet.openQuote(nameStart);
    boolean query =
        nameStart > 0 && (sheet.at(nameStart - 1) == '?' || sheet.at(nameStart - 1) == '&');
    boolean opened =
        nameStart > 1 && sheet.at(nameStart - 1) == '{' && sheet.at(nameStart - 2) == '$';
    if (opened) {
      return fallback(name, nameStart - 2);
    }
    int end;
    boolean whole = false;
    if (query) {
      end = until(start, line, "&#\"'`<> \t)]}\\");
    } else if (connection(nameStart, start, line)) {
      end = until(start, line, quote == 0 ? ";" : ";" + quote);
    } else if (quote != 0) {
      end = until(start, line, flag ? quote + " \t\\" : quote + "\\");
      whole = !flag;
    } else if (flag) {
      end = wordEnd(start, line);
    } else if (inBraces(nameStart)) {
      end = until(start, line, ",}\n");
    } else if (first && !manyPairs(start, line, colon)) {
      end = line;
      whole = true;
    } else {
      end = wordEnd(start, line);
    }
    while (end > start && Character.isWhitespace(sheet.at(end - 1))) {
      end--;
    }
    if (!whole) {
      end = bare(start, end);
    }
    return unquoted(name, nameStart, start, end, first, flag || query);
  }

  private boolean unquoted(
      String name, int nameStart, int start, int end, boolean first, boolean sure) {
    if (end <= start) {
      return false;
    }
    var value = text.substring(start, end);
    if (value.length() > 4000) {
      return take(start, end, name);
    }
    if (GO.matcher(value).matches()) {
      return false;
    }
    boolean assigned =
        upper(name)
            && sheet.at(nameStart + name.length()) == '='
            && sheet.at(nameStart + name.length() + 1) != ' ';
    boolean code = !assigned && sheet.code();
    boolean secret;
    if (code) {
      secret =
          Values.likely(value)
              && !Values.expression(value)
              && Values.entropy(value) > 3
              && value.indexOf('(') < 0;
    } else if (sure || assigned) {
      secret = value.length() >= 3;
    } else if (first) {
      boolean goesOn = value.endsWith(",") || value.endsWith(";");
      boolean member = digitless(value) && value.indexOf('.') > 0 && Values.expression(value);
      secret =
          (value.length() >= 3 && !goesOn && !member)
              || (Values.likely(value) && !Values.expression(value));
      secret &= !call(value) && !typeName(value) && !value.endsWith("{");
    } else {
      boolean index = digitless(value) && value.matches("[\\w.]+[\\[(].*");
      secret =
          Values.likely(value)
              && value.length() >= 8
              && !call(value)
              && !index
              && !value.endsWith("{");
    }
    boolean number = Values.number(value) && !(passwordName(name) && value.length() >= 4);
    if (!secret || weak(value) || number) {
      return false;
    }
    if (value.indexOf(' ') > 0 && Values.prose(value) && !passphrase(name)) {
      return false;
    }
    return take(start, end, name);
  }

  private boolean upper(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT));
  }

  private static boolean call(String value) {
    int open = value.indexOf('(');
    if (open <= 0 || !value.substring(0, open).matches("[&*!]?[A-Za-z_][\\w.:>\\[\\]-]*")) {
      return false;
    }
    boolean more =
        value.endsWith("(") || value.endsWith("),") || value.endsWith(");") || value.endsWith("{");
    boolean arguments =
        value.indexOf('.') >= 0
            || value.indexOf('"') > 0
            || value.indexOf(',') > 0
            || value.endsWith("()");
    return more || (value.endsWith(")") && arguments);
  }

  /** {@code Optional<String>}, {@code map[string]string}, {@code *corev1.Secret}. */
  private static boolean typeName(String value) {
    return value.matches(
            "[*&?]?(?:\\[\\])?(?:[A-Za-z]\\w{0,40}\\.)?[A-Z][a-zA-Z]{2,40}(?:<.{0,60}>)?[?,;]?")
        && value.matches(
            ".*(?:String|Secret|Token|Type|Key|Credentials?|Config|Spec|Ref|Selector|Source|Provider|Password|Object|Buffer|Value|Params?|Options?)[?,;>]*");
  }

  private static boolean passphrase(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("phrase") || lower.contains("mnemonic") || lower.contains("seed");
  }

  private static boolean passwordName(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("pass")
        || lower.contains("pwd")
        || lower.contains("secret")
        || lower.endsWith("pw");
  }

  /** Whether other settings follow on the line: {@code user=a password=b host=c}. */
  private boolean manyPairs(int start, int line, boolean colon) {
    int space = sheet.next(" ", start, 4000);
    if (colon || space < 0 || space >= line) {
      return false;
    }
    int at = sheet.skipBlanks(space, 10);
    int from = at;
    while (at < line
        && (Character.isLetterOrDigit(sheet.at(at)) || "_-.".indexOf(sheet.at(at)) >= 0)) {
      at++;
    }
    return at > from && sheet.at(at) == '=';
  }

  /** {@code Server=db;Uid=app;Pwd=x;}. */
  private boolean connection(int nameStart, int start, int line) {
    int before = nameStart - 1;
    while (before > sheet.lineStart()
        && (sheet.at(before) == ' ' || Character.isLetter(sheet.at(before)))) {
      before--;
    }
    if (sheet.at(before) == ';' && before > sheet.lineStart()) {
      return true;
    }
    int semicolon = sheet.next(";", start, 4000);
    if (semicolon < 0 || semicolon >= line) {
      return false;
    }
    int at = sheet.skipBlanks(semicolon + 1, 5);
    int from = at;
    while (at < line && (Character.isLetter(sheet.at(at)) || sheet.at(at) == ' ')) {
      at++;
    }
    return at > from && sheet.at(at) == '=';
  }

  private boolean inBraces(int nameStart) {
    int at = nameStart - 1;
    int steps = 0;
    while (at >= sheet.lineStart() && steps++ < 300) {
      char c = sheet.at(at);
      if (c == '}') {
        return false;
      }
      if (c == '{') {
        return sheet.at(at - 1) != '$';
      }
      at--;
    }
    return false;
  }

  private int until(int start, int line, String ends) {
    int at = start;
    while (at < line && ends.indexOf(sheet.at(at)) < 0) {
      at++;
    }
    return at;
  }

  /** Without what ends a sentence or closes a bracket. */
  private int bare(int start, int end) {
    int at = end;
    while (at > start + 1 && ".,;:!?)]}>\"'`".indexOf(sheet.at(at - 1)) >= 0) {
      at--;
    }
    return at;
  }

  private boolean blockMark(int start) {
    int end = sheet.endOfLine(start);
    int at = start + 1;
    while (at < end && "+-0123456789".indexOf(sheet.at(at)) >= 0) {
      at++;
    }
    at = sheet.skipBlanks(at, 20);
    return at >= end || sheet.at(at) == '#';
  }

  /** The lines of a block scalar: those that are indented further than the line of its name. */
  private boolean scalar(String name, int nameStart, int from) {
    int own = depth(nameStart);
    int end = from;
    int start = -1;
    for (int line = from; line < sheet.length && line - from < BLOCK; line = sheet.nextLine(line)) {
      if (sheet.blank(line)) {
        continue;
      }
      if (depthOf(line) <= own) {
        break;
      }
      start = start < 0 ? line + sheet.indent(line) : start;
      end = sheet.endOfLine(line);
    }
    return start >= 0 && !weak(text.substring(start, end)) && take(start, end, name);
  }

  /** Columns before a name on its line, without what a list of changes or numbers puts there. */
  private int depth(int nameStart) {
    int line = sheet.last('\n', nameStart - 1, 400) + 1;
    return depthOf(Math.max(line, nameStart - 400));
  }

  private int depthOf(int line) {
    int at = line;
    // Numbers of lines, and the marks of a difference.
    while (Character.isDigit(sheet.at(at)) && at - line < 9) {
      at++;
    }
    if (at > line && sheet.at(at) == '\t') {
      at++;
    } else {
      at = line;
    }
    int from = at;
    if ((sheet.at(at) == '+' || sheet.at(at) == '-')
        && sheet.at(at + 1) == ' '
        && sheet.at(at + 2) == ' ') {
      at++;
    }
    return sheet.indent(at) + at - from;
  }

  /** The value on the lines below: a scalar, a list, or a map that holds it. */
  private boolean below(String name, int nameStart, int from) {
    int own = depth(nameStart);
    int line = from;
    while (line < sheet.length && sheet.blank(line) && line - from < 200) {
      line = sheet.nextLine(line);
    }
    int depth = depthOf(line);
    int first = line + sheet.indent(line);
    boolean item = sheet.at(first) == '-' && sheet.at(first + 1) == ' ';
    if (line >= sheet.length || (depth <= own && !item && "\"'".indexOf(sheet.at(first)) < 0)) {
      return false;
    }
    boolean found = false;
    for (int lines = 0; lines < 100 && line < sheet.length; lines++) {
      first = line + sheet.indent(line);
      if (sheet.blank(line)
          || depthOf(line) < depth
          || (depthOf(line) <= own && !item && lines > 0)) {
        break;
      }
      boolean here = sheet.at(first) == '-' && sheet.at(first + 1) == ' ';
      if (item && !here) {
        break;
      }
      int start = here ? sheet.skipBlanks(first + 1, 20) : first;
      found |= depthOf(line) == depth && lower(name, start, item || lines == 0);
      line =
          Math.max(
              sheet.nextLine(line),
              sheet.covered > line && sheet.covered < sheet.length
                  ? sheet.nextLine(sheet.covered)
                  : 0);
    }
    return found;
  }

  private boolean lower(String name, int start, boolean scalarToo) {
    int at = start;
    boolean bare = "\"'".indexOf(sheet.at(start)) < 0;
    while (Character.isLetterOrDigit(sheet.at(at))
        || (bare && "_-\"'.".indexOf(sheet.at(at)) >= 0)) {
      at++;
    }
    if (sheet.at(at) == ':' && (sheet.at(at + 1) == ' ' || sheet.at(at + 1) == '\n')) {
      var key = text.substring(start, at).toLowerCase(Locale.ROOT);
      if (REFERENCES.contains(key) || !DEFAULTS.matcher(key + ":").lookingAt()) {
        return false;
      }
      int value = sheet.skipBlanks(at + 1, 60);
      boolean plain = "|>\n\r[{$".indexOf(sheet.at(value)) < 0;
      return plain ? lineValue(name, value) : value(name, start, value, true, false);
    }
    return scalarToo && lineValue(name, start);
  }

  private boolean lineValue(String name, int start) {
    int open = opening(start);
    if (sheet.code()) {
      int end = open > 0 ? quoted(start + open - 1) : start;
      return open > 0
          && strong(text.substring(start + open, Math.max(end, start + open)))
          && take(start + open, end, name);
    }
    if (open > 0) {
      int end = quoted(start + open - 1);
      var value = text.substring(start + open, Math.max(end, start + open));
      return !weak(value) && !Values.number(value) && take(start + open, end, name);
    }
    int end = sheet.endOfLine(start);
    var value = text.substring(start, end).strip();
    boolean pair =
        value.contains(": ") || value.endsWith(":") || value.endsWith("{") || value.startsWith("#");
    return value.length() >= 4
        && !pair
        && !weak(value)
        && !Values.number(value)
        && !Values.prose(value)
        && !call(value)
        && take(start, start + value.length(), name);
  }

  /** Every string of a list in brackets. */
  private boolean list(String name, int start) {
    int limit = Math.min(sheet.length, start + 4000);
    boolean found = false;
    for (int at = start + 1; at < limit && sheet.at(at) != ']'; at++) {
      char c = sheet.at(at);
      if (c == '{' || c == '[' || c == '(') {
        return found;
      }
      if (c == '"' || c == '\'') {
        int end = quoted(at);
        var value = text.substring(at + 1, Math.max(end, at + 1));
        if (Values.likely(value)
            && !path(value)
            && value.indexOf(' ') < 0
            && !Names.onlyNames(value)) {
          found |= take(at + 1, end, name);
        }
        at = end;
      }
    }
    return found;
  }

  /** {@code variable "db_password" { default = "x" }}, {@code "password": {"value": "x"}}. */
  boolean block(String name, int start, char close) {
    int end = start;
    int depth = 0;
    int limit = Math.min(sheet.length, start + 3000);
    for (int at = start; at < limit; at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at = quoted(at);
      } else if (c == '{') {
        depth++;
      } else if (c == close && --depth == 0) {
        end = at;
        break;
      }
    }
    return defaults(name, start, end > start ? end : limit);
  }

  /** What stands behind {@code value} or {@code default} between two places. */
  boolean defaults(String name, int start, int end) {
    var matcher = DEFAULTS.matcher(text).region(start, Math.min(end, sheet.length));
    boolean found = false;
    while (matcher.find()) {
      int at = skipSpace(matcher.end(), 60);
      int open = opening(at);
      if (open > 0) {
        boolean inner = sheet.at(at) == '\\';
        int stop = inner ? escaped(at + open - 1) : quoted(at + open - 1);
        var value = text.substring(at + open, Math.max(stop, at + open));
        found |=
            !weak(value)
                && !Values.number(value)
                && value.length() >= 3
                && take(at + open, stop, name);
      } else if (sheet.at(at) == '<' && sheet.at(at + 1) == '<') {
        found |= heredoc(name, at);
      } else if ("[{\n".indexOf(sheet.at(at)) < 0) {
        int stop = until(at, sheet.endOfLine(at), ",}");
        var value = text.substring(at, stop).strip();
        found |=
            value.length() >= 3
                && !weak(value)
                && !Values.number(value)
                && !(Values.expression(value)
                    && !Values.likely(value)
                    && value.matches(".*[.(;].*"))
                && take(at, at + value.length(), name);
      }
    }
    return found;
  }

  private boolean heredoc(String name, int at) {
    int start = sheet.nextLine(at);
    var mark = text.substring(at, sheet.endOfLine(at)).replaceAll("[<\\-~'\" ]", "");
    int end = mark.isEmpty() ? -1 : sheet.next(mark, start, BLOCK);
    return end > start && end - start < BLOCK && take(start, sheet.last('\n', end, 400), name);
  }

  /** {@code ${DB_PASSWORD:-x}}: what counts where nothing else is set. */
  private boolean fallback(String name, int start) {
    int close = sheet.next("}", start, 4000);
    int line = sheet.endOfLine(start);
    if (close < 0 || close > line) {
      return false;
    }
    int colon = sheet.next(":", start, 4000);
    int from = colon > 0 && colon < close ? colon + 1 : sheet.next("-", start, 4000) + 1;
    if (from <= 0 || from > close) {
      return false;
    }
    while (from < close && "-=+?".indexOf(sheet.at(from)) >= 0) {
      from++;
    }
    boolean message = sheet.at(from - 1) == '?' || sheet.at(from - 1) == '+';
    var value = text.substring(from, close);
    return !message
        && value.length() >= 3
        && value.charAt(0) != '$'
        && !weak(value)
        && !Values.prose(value)
        && !Values.number(value)
        && take(from, close, name);
  }

  /** What follows {@code Authorization:}: everything behind the scheme. */
  boolean header(String name, int nameStart, int nameEnd) {
    int at = closing(nameEnd);
    int behind = sheet.skipBlanks(at, 20);
    int separator = separator(behind);
    boolean comma = sheet.at(behind) == ',' && at > nameEnd;
    boolean apart = behind > at && (sheet.at(behind) == '"' || sheet.at(behind) == '\'');
    if (separator == 0 && !comma && !apart) {
      return false;
    }
    int start = skipQuotes(apart ? behind : behind + Math.max(1, separator));
    int line = sheet.endOfLine(start);
    char open = sheet.at(start - 1);
    boolean quoted = open == '"' || open == '\'' || open == '`';
    char outer = quoted ? open : sheet.openQuote(nameStart);
    int end = outer == 0 ? line : until(start, line, outer + "\\");
    int word = wordEnd(start, end);
    var scheme = text.substring(start, word).toLowerCase(Locale.ROOT);
    int from = SCHEMES.contains(scheme) ? sheet.skipBlanks(word, 10) : start;
    while (end > from && ",;) \t".indexOf(sheet.at(end - 1)) >= 0) {
      end--;
    }
    if (end <= from) {
      return false;
    }
    var value = text.substring(from, end);
    boolean secret =
        Values.likely(value)
            || Shapes.Shape.login(value)
            || (SCHEMES.contains(scheme)
                && value.length() >= 8
                && value.indexOf(' ') < 0
                && !sheet.code());
    boolean code = Values.expression(value) && digitless(value) && !Shapes.Shape.login(value);
    return secret && !weak(value) && !code && !reference(value) && take(from, end, name);
  }

  private static boolean digitless(String value) {
    return value.chars().noneMatch(Character::isDigit);
  }

  private static boolean reference(String value) {
    return value.contains("%s")
        || value.contains("%v")
        || value.matches("[\\w.&*\\[\\]]+[({].*")
        || value.contains("${")
        || value.startsWith("$")
        || value.startsWith("{{")
        || value.startsWith("<")
        || value.contains(" + ")
        || value.startsWith("%s");
  }

  /** The values of {@code Cookie:} and {@code Set-Cookie:}. */
  boolean cookies(int nameEnd, int nameStart) {
    int at = closing(nameEnd);
    int separator = separator(sheet.skipBlanks(at, 10));
    if (separator == 0 && sheet.at(at) != ' ') {
      return false;
    }
    int start = skipQuotes(sheet.skipBlanks(at, 10) + separator);
    char open = sheet.at(start - 1);
    boolean quoted = open == '"' || open == '\'';
    char outer = quoted ? open : sheet.openQuote(nameStart);
    int line = sheet.endOfLine(start);
    int end = outer == 0 ? line : until(start, line, String.valueOf(outer));
    boolean found = false;
    int from = start;
    while (from < end) {
      int stop = Math.min(end, until(from, end, ";"));
      int equals = sheet.next("=", from, 4000);
      if (equals > from && equals < stop) {
        var key = text.substring(from, equals).strip().toLowerCase(Locale.ROOT);
        var value = text.substring(equals + 1, stop);
        boolean attribute =
            Set.of("path", "domain", "expires", "max-age", "samesite", "version", "priority")
                .contains(key);
        if (!attribute
            && key.indexOf(' ') < 0
            && value.length() >= 6
            && value.indexOf(' ') < 0
            && (Values.likely(value) || Names.secret(key))
            && !weak(value)
            && !(Values.expression(value) && digitless(value))) {
          found |= take(equals + 1, stop, "cookie");
        }
      }
      from = stop + 1;
    }
    return found;
  }

  private int skipQuotes(int from) {
    int at = sheet.skipBlanks(from, 20);
    while (at - from < 30 && "\"'`\\[".indexOf(sheet.at(at)) >= 0) {
      at++;
    }
    return at;
  }

  int skipSpace(int from, int most) {
    int at = from;
    while (at < sheet.length && at - from < most && Character.isWhitespace(sheet.at(at))) {
      at++;
    }
    return at;
  }

  /** Plainly no secret, or only the name of one. */
  static boolean weak(String value) {
    return value.isBlank()
        || Values.harmless(value)
        || Values.filler(value)
        || Names.onlyNames(value);
  }

  /** Whether a literal of a program is a secret. */
  static boolean strong(String value) {
    return Values.likely(value)
        && !weak(value)
        && !path(value)
        && value.indexOf(' ') < 0
        && !Values.number(value)
        && !value.contains("%s")
        && !value.startsWith("{")
        && !value.contains("://");
  }

  static boolean path(String value) {
    return value.startsWith("/")
        || value.startsWith("./")
        || value.matches("[\\w-]+(?:[./][\\w-]+)*\\.(?:[a-z]{1,5}|[a-z]{2,4}\\d)")
        || value.matches("(?:[a-z][a-z0-9-]*[./:])+[A-Za-z][A-Za-z0-9_-]*");
  }

  boolean take(int start, int end, String name) {
    if (end <= start) {
      return false;
    }
    sheet.add(start, end, name);
    return true;
  }

  static int nameLimit() {
    return NAME;
  }
}
