package dev.fuse.boundary;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds secrets by what stands around them: keys in armour, addresses, commands, base64. */
final class TextReaders {

  private static final int KEY = 60_000;

  private static final Pattern BEGIN =
      Pattern.compile("-----BEGIN[A-Z0-9 ]{0,60}PRIVATE KEY(?: BLOCK)?-----");

  private static final Pattern END =
      Pattern.compile("-----END[A-Z0-9 ]{0,60}PRIVATE KEY(?: BLOCK)?-----");

  private static final Set<String> HARMLESS =
      Set.of(
          "password",
          "pass",
          "passwd",
          "pwd",
          "pw",
          "secret",
          "xxx",
          "bar",
          "user",
          "token",
          "p",
          "pswd",
          "hunter");

  private final Sheet sheet;
  private final PairReader pairs;
  private final String text;
  private int commandEnd;

  TextReaders(Sheet sheet, PairReader pairs) {
    this.sheet = sheet;
    this.pairs = pairs;
    this.text = sheet.text;
  }

  /** A private key from its first line to its last, or as far as it goes. */
  void key(int start) {
    var begin = BEGIN.matcher(text).region(start, Math.min(sheet.length, start + 120));
    if (!begin.lookingAt() || start < sheet.covered) {
      return;
    }
    var end = END.matcher(text).region(begin.end(), Math.min(sheet.length, begin.end() + KEY));
    int stop = end.find() ? end.end() : bodyEnd(begin.end());
    if (stop - begin.end() > 8) {
      sheet.add(start, stop, "private-key");
    }
  }

  /** The rest of a key whose beginning is not there. */
  void keyEnd(int start) {
    var end = END.matcher(text).region(start, Math.min(sheet.length, start + 120));
    if (!end.lookingAt() || start < sheet.covered) {
      return;
    }
    int line = sheet.last('\n', start, 400);
    int from = start;
    for (int lines = 0; line > 0 && lines < 400; lines++) {
      int before = sheet.last('\n', line - 1, 400);
      if (!armour(before + 1, line)) {
        break;
      }
      from = before + 1;
      line = before;
    }
    sheet.add(from, end.end(), "private-key");
  }

  private int bodyEnd(int from) {
    int end = sheet.endOfLine(from);
    int limit = Math.min(sheet.length, from + KEY);
    for (int line = sheet.nextLine(from); line < limit; line = sheet.nextLine(line)) {
      int stop = sheet.endOfLine(line);
      if (!armour(line, stop)) {
        break;
      }
      end = stop;
      if (stop >= sheet.length) {
        break;
      }
    }
    return end;
  }

  /** Whether a line may be of a key's body: base64, a header, or blank; with what numbers it. */
  private boolean armour(int start, int end) {
    int at = start;
    int base64 = 0;
    int others = 0;
    if (end - start > 400) {
      return false;
    }
    for (; at < end; at++) {
      if (base64(sheet.at(at))) {
        base64++;
      } else if (!Character.isWhitespace(sheet.at(at))) {
        others++;
      }
    }
    var line = text.substring(start, end);
    return (others == 0 && line.strip().indexOf(' ') < 0)
        || (base64 >= 8
            && others <= 8
            && line.matches("[\\w:./ \\t|+>#*\"'-]{0,60}?[A-Za-z0-9+/=]{8,}[\"',\\\\n]{0,6}"))
        || line.startsWith("Proc-Type")
        || line.startsWith("DEK-Info")
        || line.startsWith("Comment:")
        || line.startsWith("Version:");
  }

  /** The password of an address, or what stands for both where it is a token. */
  void address(int slashes) {
    int start = slashes;
    while (sheet.at(start) == '/' || sheet.at(start) == '\\') {
      start++;
    }
    int limit = Math.min(sheet.length, start + 600);
    int at = -1;
    int path = -1;
    int colon = -1;
    int end = start;
    for (; end < limit; end++) {
      char c = text.charAt(end);
      if (Character.isWhitespace(c) || "\"'`<>|\\".indexOf(c) >= 0) {
        break;
      }
      if (c == ':' && colon < 0 && path < 0) {
        colon = end;
      } else if ((c == '/' || c == '?' || c == '#') && path < 0) {
        path = end;
        if (at >= 0 || colon < 0) {
          break;
        }
      } else if (c == '@' && (path < 0 || colon >= 0)) {
        at = end;
      }
    }
    if (at < 0 || at == start) {
      return;
    }
    boolean port = path >= 0 && path < at && digits(colon + 1, path);
    if (colon >= 0 && colon < at && !port) {
      var value = text.substring(colon + 1, at);
      if (value.length() >= 2
          && !HARMLESS.contains(value)
          && !Values.harmless(value)
          && !Names.onlyNames(value)
          && value.indexOf("${") < 0
          && !value.startsWith("%")
          && !value.startsWith("{")) {
        sheet.spans.add(colon + 1, at, "url-password");
      }
      int user = colon - start;
      if (user >= 20 && (Values.likely(text.substring(start, colon)) && value.length() < 20)) {
        sheet.spans.add(start, colon, "url-token");
      }
      return;
    }
    var user = text.substring(start, at);
    if (path < 0 || path > at) {
      boolean token =
          user.length() >= (mixed(user) ? 10 : 18)
              && Values.likely(user)
              && Values.entropy(user) > 3
              && user.indexOf('.') < 0
              && !Values.harmless(user);
      if (token) {
        sheet.spans.add(start, at, "url-token");
      }
    }
  }

  private static boolean mixed(String user) {
    return user.matches(".*[a-z].*")
        && user.matches(".*[A-Z].*")
        && user.matches(".*\\d.*\\d.*|.*\\d.{0,4}");
  }

  private boolean digits(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Character.isDigit(sheet.at(i))) {
        return false;
      }
    }
    return to > from;
  }

  /** {@code user:x@tcp(host)}, {@code thin:user/x@host}. */
  void login(int at, char between) {
    int start = at;
    int split = -1;
    while (start > 0 && at - start < 300) {
      char c = sheet.at(start - 1);
      if (Character.isWhitespace(c) || "\"'`=<>".indexOf(c) >= 0) {
        break;
      }
      start--;
      if (c == between) {
        split = start;
        if (between == '/') {
          break;
        }
      }
    }
    if (split >= 0 && at - split > 2) {
      var value = text.substring(split + 1, at);
      if (!Values.harmless(value) && !Names.onlyNames(value) && !HARMLESS.contains(value)) {
        sheet.spans.add(split + 1, at, "dsn-password");
      }
    }
  }

  /** The arguments of a program that takes a password in one. */
  void command(String program, int end) {
    if (end < commandEnd
        || Character.isLetterOrDigit(sheet.at(end))
        || (sheet.at(end) == '-' && !program.equals("docker"))) {
      return;
    }
    int limit = Math.min(sheet.length, end + 1500);
    int at = end;
    String flag = "";
    int lines = 0;
    while (at < limit) {
      char c = sheet.at(at);
      if (c == '\n') {
        int first = at + 1 + sheet.indent(at + 1);
        boolean goesOn =
            sheet.at(at - 1) == '\\'
                || sheet.at(first) == '"'
                || sheet.at(first) == '\''
                || (sheet.at(first) == '-' && lines < 12);
        if (!goesOn || sheet.blank(at + 1)) {
          break;
        }
        lines++;
        at = sheet.at(first) == '-' && sheet.at(first + 1) == ' ' ? first + 2 : first;
        continue;
      }
      if (c == ';'
          || (c == '&' && sheet.at(at + 1) == '&')
          || (c == '|' && sheet.at(at + 1) == ' ')) {
        break;
      }
      if (Character.isWhitespace(c) || c == ',' || c == '[' || c == ']' || c == '\\') {
        at++;
        continue;
      }
      int start = at;
      boolean quoted = c == '"' || c == '\'';
      int stop = quoted ? pairs.quoted(at) : word(at, limit);
      int from = quoted ? start + 1 : start;
      if (!quoted && sheet.at(from) == '-') {
        int inner = sheet.next("\"", from, 300);
        int single = sheet.next("'", from, 300);
        int open = inner > 0 && inner < stop ? inner : single > 0 && single < stop ? single : -1;
        if (open > 0) {
          int close = pairs.quoted(open);
          argument(program, text.substring(from, open), open + 1, close);
          at = close + 1;
          flag = "";
          continue;
        }
      }
      flag = argument(program, flag, from, Math.max(from, stop));
      at = Math.max(stop + (quoted ? 1 : 0), at + 1);
    }
    commandEnd = at;
  }

  private int word(int from, int limit) {
    int at = from;
    while (at < limit
        && !Character.isWhitespace(sheet.at(at))
        && !((sheet.at(at) == ',' || sheet.at(at) == ']')
            && !Character.isLetterOrDigit(sheet.at(at + 1))
            && sheet.at(at + 1) != '<')
        && !(sheet.at(at) == '"' && at > from && !Character.isLetterOrDigit(sheet.at(at + 1)))) {
      if (sheet.at(at) == '"' || sheet.at(at) == '\'') {
        return Math.min(sheet.length, Math.max(at, pairs.quoted(at)) + 1);
      }
      at++;
    }
    return at;
  }

  /** Takes one argument; gives the flag that the next one is the value of. */
  private String argument(String program, String flag, int start, int end) {
    var value = text.substring(start, Math.max(start, end));
    switch (flag) {
      case "-u", "--user", "-U", "--proxy-user", "--userpwd", "-a" -> {
        return afterUser(program, flag, value, start, end);
      }
      case "-p",
          "-P",
          "-w",
          "--pass",
          "-pass",
          "-passin",
          "-passout",
          "--with-token",
          "-b",
          "--cookie",
          "-D" -> {
        if (takesPassword(program, flag)) {
          int from = value.startsWith("pass:") ? start + 5 : start;
          if (!flag.equals("-P") || Values.likely(value)) {
            password(from, end);
          }
        }
        return "";
      }
      default -> {
        return joined(program, value, start, end);
      }
    }
  }

  private String afterUser(String program, String flag, String value, int start, int end) {
    boolean curl =
        program.equals("curl")
            || program.equals("wget")
            || program.equals("http")
            || program.equals("https")
            || program.equals("lftp")
            || program.equals("ftp");
    if (flag.equals("-a") && program.startsWith("redis")) {
      password(start, end);
    } else if ((curl && !flag.equals("-a"))
        || program.equals("smbclient")
        || program.equals("ab")) {
      int split =
          value.indexOf(value.indexOf(':') >= 0 ? ':' : program.equals("smbclient") ? '%' : ':');
      if (split >= 0) {
        password(start + split + 1, end);
      }
    }
    return "";
  }

  private String joined(String program, String value, int start, int end) {
    if (value.startsWith("-p")
        && value.length() > 3
        && value.charAt(2) != '='
        && !value.startsWith("--")
        && attached(program)) {
      password(start + 2, end);
      return "";
    }
    if (value.startsWith("-u")
        && value.length() > 4
        && (program.equals("curl") || program.equals("wget"))) {
      int colon = value.indexOf(':');
      if (colon > 0) {
        password(start + colon + 1, end);
      }
      return "";
    }
    if (value.startsWith("pass:") || value.startsWith("--user=") || value.startsWith("-u=")) {
      int colon = value.indexOf(':');
      if (colon > 0) {
        password(start + colon + 1, end);
      }
      return "";
    }
    if (value.startsWith("-p=") && takesPassword(program, "-p")) {
      password(start + 3, end);
      return "";
    }
    return value;
  }

  private static boolean attached(String program) {
    return program.startsWith("mysql")
        || program.startsWith("maria")
        || program.equals("sshpass")
        || program.equals("7z")
        || program.equals("mongo")
        || program.equals("mongosh")
        || program.equals("mongodump");
  }

  private static boolean takesPassword(String program, String flag) {
    return switch (flag) {
      case "-p" ->
          attached(program)
              || Set.of(
                      "docker",
                      "podman",
                      "helm",
                      "oc",
                      "az",
                      "nerdctl",
                      "buildah",
                      "skopeo",
                      "crane",
                      "rabbitmqadmin",
                      "argocd",
                      "ansible")
                  .contains(program);
      case "-P" -> program.equals("sqlcmd") || program.equals("zip") || program.equals("bcp");
      case "-w" -> program.startsWith("ldap");
      case "-b", "--cookie" -> false;
      case "-D" -> false;
      default -> true;
    };
  }

  private void password(int start, int end) {
    int stop = end;
    while (stop > start && "\"',)]".indexOf(sheet.at(stop - 1)) >= 0) {
      stop--;
    }
    int from = start;
    while (from < stop && "\"'".indexOf(sheet.at(from)) >= 0) {
      from++;
    }
    if (stop - from >= 3
        && !PairReader.weak(text.substring(from, stop))
        && !Values.number(text.substring(from, stop).replaceFirst("^\\d{1,5}:\\d{1,5}$", "1"))
        && sheet.at(from) != '-') {
      sheet.spans.add(from, stop, "password-argument");
    }
  }

  /** {@code IDENTIFIED BY 'x'}. */
  void literal(int end, String name) {
    int at = sheet.skipBlanks(end, 60);
    if (text.regionMatches(true, at, "VALUES ", 0, 7)) {
      at += 7;
    }
    if (sheet.at(at) == '\'' || sheet.at(at) == '"') {
      int stop = pairs.quoted(at);
      if (!PairReader.weak(text.substring(at + 1, Math.max(at + 1, stop)))) {
        sheet.add(at + 1, stop, name);
      }
    }
  }

  /** A run of base64 that holds what would be masked in plain; with its following lines. */
  void encoded(int at, int depth) {
    int start = at;
    while (start > 0 && base64(sheet.at(start - 1)) && at - start < KEY) {
      start--;
    }
    if (start < sheet.covered) {
      return;
    }
    var run = new StringBuilder();
    int end = start;
    while (end < sheet.length && run.length() < 4 * KEY) {
      char c = sheet.at(end);
      if (base64(c)) {
        run.append(c);
        end++;
        continue;
      }
      int next = wrapped(end);
      if (next < 0) {
        break;
      }
      end = next;
    }
    while (run.length() % 4 != 0 && !run.isEmpty()) {
      run.append('=');
    }
    var plain = decode(run.toString());
    if (plain.isEmpty()) {
      return;
    }
    if (!SecretFinder.found(plain, depth + 1).spans().isEmpty()) {
      sheet.add(start, end, "encoded");
    } else {
      sheet.covered = Math.max(sheet.covered, start + 1);
    }
  }

  /** Where base64 goes on behind the end of a line; -1 where it does not. */
  private int wrapped(int at) {
    int line = at;
    if (sheet.at(line) == '\\' && (sheet.at(line + 1) == 'n')) {
      return base64(sheet.at(line + 2)) ? line + 2 : -1;
    }
    if (sheet.at(line) == '\r') {
      line++;
    }
    if (sheet.at(line) != '\n' || line >= sheet.length) {
      return -1;
    }
    int next = line + 1 + sheet.indent(line + 1);
    int end = next;
    while (base64(sheet.at(end)) && end < sheet.length) {
      end++;
    }
    boolean whole =
        end > next && (sheet.at(end) == '\n' || sheet.at(end) == '\r' || end >= sheet.length);
    return whole ? next : -1;
  }

  private static String decode(String run) {
    try {
      var whole = run.replace('-', '+').replace('_', '/');
      int padding = whole.indexOf('=');
      if (padding >= 0) {
        whole = whole.substring(0, Math.min(whole.length(), (padding + 3) / 4 * 4));
      }
      return new String(Base64.getDecoder().decode(whole), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  static boolean base64(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '='
        || c == '_'
        || c == '-';
  }
}
