package dev.fuse.boundary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the places of secrets in a text: one pass that meets words that lead to them, and a reader
 * for each kind of word. Time is linear in the text.
 */
final class SecretFinder {

  private static final int DEEPEST = 1;

  /** Characters of one text that are looked at; those of a machine's whole day of logs. */
  private static final int MOST = 24_000_000;

  /** How long one text may take; ordinary ones of 64 MB take about as much. */
  private static final long LONGEST_NANOS = 2_000_000_000L;

  private enum Kind {
    NAME,
    SHAPE,
    KEY,
    KEY_END,
    ADDRESS,
    TCP,
    THIN,
    COMMAND,
    LITERAL,
    ENCODED,
    SENSITIVE,
    COOKIE
  }

  private record Lead(Kind kind, List<Shapes.Shape> shapes) {}

  private static final List<String> NAMES =
      List.of(
          "pass",
          "pwd",
          "secret",
          "token",
          "credential",
          "creds",
          "key",
          "kennwort",
          "senha",
          "contrase",
          "auth",
          "mnemonic",
          "psw",
          "pw",
          "dsn",
          "jwt",
          "otp",
          "phrase",
          "webhook",
          "seed",
          "recovery",
          "recovery code");

  /** How the words of NAMES may go on and still mean a secret. */
  private static final java.util.Set<String> TAILS =
      java.util.Set.of(
          "s",
          "word",
          "words",
          "wd",
          "wrd",
          "phrase",
          "phrases",
          "code",
          "codes",
          "wort",
          "ial",
          "ials",
          "orization",
          "token",
          "key",
          "keys",
          "data",
          "pass",
          "prod",
          "dev",
          "test",
          "value",
          "na",
          "url",
          "uri",
          "nia",
          "string",
          "file",
          "ionstring");

  private static final List<String> COMMANDS =
      List.of(
          "mysql",
          "mysqldump",
          "mysqladmin",
          "mariadb",
          "mariadb-dump",
          "curl",
          "wget",
          "sshpass",
          "redis-cli",
          "docker",
          "podman",
          "helm",
          "mongo",
          "mongosh",
          "mongodump",
          "smbclient",
          "ldapsearch",
          "ldapadd",
          "ldapmodify",
          "sqlcmd",
          "bcp",
          "zip",
          "7z",
          "openssl",
          "lftp",
          "skopeo",
          "buildah",
          "nerdctl",
          "rabbitmqadmin",
          "argocd",
          "oc",
          "az");

  /** Beginnings of base64 of armour, of a registry's logins and of names, at each of its places. */
  private static final List<String> ENCODED =
      List.of(
          "LS0tLS1CRUdJTi",
          "eyJhdXRocyI",
          "ewogICJhdXRocyI",
          "ewogICAgImF1dGhzI",
          "ewoJImF1dGhzI",
          "cGFzc3dvcm",
          "Bhc3N3b3Jk",
          "wYXNzd29yZ",
          "UEFTU1dPUk",
          "BBU1NXT1JE",
          "QQVNTV09SR",
          "UFJJVkFURSBLRV",
          "BSSVZBVEUgS0VZ",
          "QUklWQVRFIEtFW",
          "dG9rZW46",
          "c2VjcmV0",
          "NlY3JldD",
          "X1NFQ1JFV",
          "VE9LRU49",
          "Y2xpZW50LWtleS1kYXRh",
          "cHJpdmF0ZV9rZX",
          "ZG9ja2VyY29uZmlnanNvb");

  /** All words and what each leads to; made when the first text with something in it is met. */
  private static final class Leads {
    static final Leads ALL = new Leads();

    final Keywords words;
    final List<String> text;
    final List<Lead[]> leads = new ArrayList<>();

    private Leads() {
      var all = new LinkedHashMap<String, List<Lead>>();
      NAMES.forEach(word -> put(all, word, new Lead(Kind.NAME, List.of())));
      COMMANDS.forEach(word -> put(all, word, new Lead(Kind.COMMAND, List.of())));
      ENCODED.forEach(word -> put(all, word, new Lead(Kind.ENCODED, List.of())));
      put(all, "-----begin", new Lead(Kind.KEY, List.of()));
      put(all, "-----end", new Lead(Kind.KEY_END, List.of()));
      put(all, "://", new Lead(Kind.ADDRESS, List.of()));
      put(all, ":\\/\\/", new Lead(Kind.ADDRESS, List.of()));
      List.of("@tcp(", "@unix(", "@udp(")
          .forEach(word -> put(all, word, new Lead(Kind.TCP, List.of())));
      put(all, ":thin:", new Lead(Kind.THIN, List.of()));
      List.of("identified by", "with password", "encrypted password")
          .forEach(word -> put(all, word, new Lead(Kind.LITERAL, List.of())));
      put(all, "sensitive", new Lead(Kind.SENSITIVE, List.of()));
      put(all, "cookie", new Lead(Kind.COOKIE, List.of()));
      for (var shape : Shapes.read().all()) {
        shape.words().forEach(word -> put(all, word, new Lead(Kind.SHAPE, List.of(shape))));
      }
      text = List.copyOf(all.keySet());
      words = new Keywords(text);
      all.values().forEach(found -> leads.add(found.toArray(Lead[]::new)));
    }

    private static void put(Map<String, List<Lead>> all, String word, Lead lead) {
      var key = lead.kind() == Kind.ENCODED ? word : word.toLowerCase(Locale.ROOT);
      var folded =
          all.keySet().stream()
              .filter(other -> lead.kind() == Kind.ENCODED && other.equalsIgnoreCase(key))
              .findFirst();
      all.computeIfAbsent(folded.orElse(key), _ -> new ArrayList<>()).add(lead);
    }
  }

  private final Sheet sheet;
  private final String text;
  private final PairReader pairs;
  private final FieldReader fields;
  private final SecretObjects objects;
  private final TextReaders readers;
  private final int depth;
  private final long end = System.nanoTime() + LONGEST_NANOS;
  private int work;
  private int nameDone;
  private final Map<String, Integer> shapesDone = new java.util.HashMap<>();

  private SecretFinder(String text, int depth) {
    this.sheet = new Sheet(text);
    this.text = text;
    this.depth = depth;
    this.pairs = new PairReader(sheet);
    this.fields = new FieldReader(sheet, pairs);
    this.objects = new SecretObjects(sheet);
    this.readers = new TextReaders(sheet, pairs);
  }

  /** The names and addresses of all that leads to a secret, for tests. */
  static int words() {
    return Leads.ALL.text.size();
  }

  static List<Shapes.Shape> shapes() {
    return Leads.ALL.leads.stream()
        .flatMap(java.util.Arrays::stream)
        .flatMap(lead -> lead.shapes().stream())
        .distinct()
        .toList();
  }

  /** The places in a text, as they were found; none in what is only words. */
  static List<Span> spans(String text) {
    return found(text, 0).spans();
  }

  /**
   * What was found in a text.
   *
   * @param reached how much of it was looked at, in characters; what follows may hold anything
   */
  record Found(List<Span> spans, int reached) {}

  static Found found(String text, int depth) {
    if (depth > DEEPEST || plain(text)) {
      return new Found(List.of(), text.length());
    }
    return new SecretFinder(text, depth).find();
  }

  /** Letters and blanks only, as most prompts are. */
  private static boolean plain(String text) {
    if (text.length() > 2000) {
      return false;
    }
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      run = letter ? run + 1 : 0;
      if (run > 24 || (!letter && " .,!?".indexOf(c) < 0)) {
        return false;
      }
    }
    return !text.contains("pass") && !text.contains("Pass") && !text.contains("PASS");
  }

  private Found find() {
    var all = Leads.ALL;
    var words = all.words;
    int state = 0;
    int line = 0;
    int length = Math.min(text.length(), MOST);
    Keywords.Hit hit = (word, at) -> lead(all, word, at);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line = i + 1;
      }
      state = words.step(state, c);
      if (words.tells(state)) {
        if ((++work & 63) == 0 && System.nanoTime() > end) {
          return new Found(sheet.spans.found(), line);
        }
        sheet.line(line);
        words.words(state, i + 1, hit);
      }
    }
    return new Found(sheet.spans.found(), length < text.length() ? line : length);
  }

  private void lead(Leads all, int word, int end) {
    var name = all.text.get(word);
    int start = end - name.length();
    for (var lead : all.leads.get(word)) {
      switch (lead.kind()) {
        case NAME -> name(start, end);
        case SHAPE -> shape(lead.shapes().getFirst(), start);
        case KEY -> readers.key(start);
        case KEY_END -> readers.keyEnd(start);
        case ADDRESS -> readers.address(start + 1);
        case TCP -> readers.login(start, ':');
        case THIN -> thin(end);
        case COMMAND -> command(name, start, end);
        case LITERAL -> readers.literal(end, "password");
        case ENCODED -> {
          if (text.startsWith(name, start)) {
            readers.encoded(start, depth);
          }
        }
        case SENSITIVE -> sensitive(end);
        case COOKIE -> cookie(start, end);
      }
    }
  }

  private void shape(Shapes.Shape shape, int start) {
    if (start < shapesDone.getOrDefault(shape.name(), 0)) {
      return;
    }
    var span = shape.at(text, start);
    if (span != null) {
      sheet.spans.add(span.start(), span.end(), span.name());
      shapesDone.put(shape.name(), span.end());
    }
  }

  private void thin(int end) {
    int at = sheet.next("@", end, 200);
    if (at > 0 && at - end < 200) {
      readers.login(at, '/');
    }
  }

  private void command(String name, int start, int end) {
    char before = sheet.at(start - 1);
    if (!Character.isLetterOrDigit(before) && before != '-' && before != '_' && before != '.') {
      readers.command(name, end);
    }
  }

  private void cookie(int start, int end) {
    char before = sheet.at(start - 1);
    boolean part = Character.isLetterOrDigit(before) || Character.isLetterOrDigit(sheet.at(end));
    if (!part && start >= sheet.covered) {
      pairs.cookies(end, start);
    }
  }

  /** {@code sensitive = true} of Terraform: the values of the block are secret. */
  private void sensitive(int end) {
    int at = end;
    while (at - end < 20 && "\": =\\\t".indexOf(sheet.at(at)) >= 0) {
      at++;
    }
    if (!text.startsWith("true", at)) {
      return;
    }
    int from = at;
    while (from > 0 && at - from < 1500 && sheet.at(from) != '{') {
      from--;
    }
    int to = sheet.next("}", at, 1500);
    pairs.defaults(
        "sensitive", from, to < 0 || to - at > 1500 ? Math.min(text.length(), at + 300) : to);
  }

  /** Reads the whole name around a telling part of it, and what stands behind or beside it. */
  private void name(int hit, int hitEnd) {
    if (hitEnd <= nameDone || hit < sheet.covered || other(hit, hitEnd)) {
      return;
    }
    int start = hit;
    while (start > 0 && hit - start < PairReader.nameLimit() && named(sheet.at(start - 1))) {
      start--;
    }
    int end = hitEnd;
    while (end < text.length() && end - hitEnd < PairReader.nameLimit() && named(sheet.at(end))) {
      end++;
    }
    while (end > hitEnd
        && (sheet.at(end - 1) == '.' || sheet.at(end - 1) == '-' || sheet.at(end - 1) == '_')) {
      end--;
    }
    start = withoutEscape(start, hit);
    nameDone = end;
    var name = text.substring(start, end);
    if (header(name, start, end) || !told(name, start)) {
      return;
    }
    if (start > 0 && sheet.at(start - 1) == '⟦') {
      return;
    }
    if (name.equalsIgnoreCase("secret")) {
      objects.read(start);
    }
    if (fields.isField(start) && fields.read(name, start, end)) {
      return;
    }
    if (folder(name, end) || start < sheet.covered) {
      return;
    }
    if (!pairs.read(start, end)) {
      fields.table(start, end);
    }
  }

  /** Whether the word goes on to another one, such as {@code keyword}, {@code passed}. */
  private boolean other(int hit, int hitEnd) {
    int end = hitEnd;
    while (end < text.length() && end - hitEnd < 10 && lower(sheet.at(end))) {
      end++;
    }
    return end > hitEnd
        && lower(sheet.at(hitEnd - 1))
        && !TAILS.contains(text.substring(hitEnd, end))
        && !text.startsWith("http", hit);
  }

  private static boolean lower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private int withoutEscape(int start, int hit) {
    char before = sheet.at(start - 1);
    boolean escape = before == '\\' && start < hit && "ntr".indexOf(sheet.at(start)) >= 0;
    return escape ? start + 1 : start;
  }

  private boolean header(String name, int start, int end) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith("authorization")) {
      return pairs.header(name, start, end);
    }
    if (lower.equals("auth") || lower.endsWith("_auth") || lower.endsWith(".auth")) {
      return pairs.header(name, start, end);
    }
    return false;
  }

  private boolean told(String name, int start) {
    if (Names.secret(name)) {
      return true;
    }
    if (name.length() > 8 || sheet.at(start - 1) != ' ') {
      return false;
    }
    int from = start - 1;
    while (from > sheet.lineStart()
        && start - from < 20
        && Character.isLetter(sheet.at(from - 1))) {
      from--;
    }
    var before = text.substring(from, start - 1);
    return !before.isEmpty() && Names.secret(before + "_" + name);
  }

  /** The shell's own names for the working directory and the one before. */
  private boolean folder(String name, int end) {
    var lower = name.toLowerCase(Locale.ROOT);
    boolean shell = lower.equals("pwd") || lower.equals("oldpwd");
    return shell
        && (sheet.at(end + 1) == '/'
            || sheet.at(end + 1) == '`'
            || sheet.at(end) == ')'
            || sheet.at(end + 2) == '/');
  }

  private static boolean named(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.'
        || (c >= 0xc0 && Character.isLetter(c));
  }
}
