package dev.fuse.boundary;

import java.util.regex.Pattern;

/** What a value looks like: a secret, a reference to one, or nothing of the kind. */
final class Values {

  private static final int LONGEST = 4000;

  /** A reference, a placeholder, a switch, a place. Whole values only. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?i)\\$\\{[\\w.\\[\\]:-]{0,80}+\\}|\\$\\{\\{[^{}]{0,200}+\\}\\}|\\$\\([^()]{0,200}+\\)|\\$[A-Z_]\\w{0,80}+|\\$\\d"
              + "|<\\(.{0,200}+|(?:[\\w.~-]{0,60}+/|<\\w{1,40}+>/|\\$\\{?\\w{1,40}+\\}?/){1,20}+[\\w.-]{1,80}\\.(?:key|pem|crt|cert|txt|json|ya?ml|p12|jks|pub|cnf|conf|env|sh|py|go|java)"
              + "|</?[\\w .:/|-]{0,120}+/?>|\\{\\{.{0,200}+|\\{%.{0,200}+|%[a-z_]{1,40}+%|%-?\\d{0,3}[sdvqxc]|%\\(\\w{1,40}+\\)s"
              + "|⟦[^⟦⟧\\s]{0,80}+⟧|[*•.#_=~-]{1,200}+|x{3,}+|\\[[\\w .-]{0,40}+\\]|\\{\\w{0,40}+\\}"
              + "|/(?:var|etc|run|usr|opt|tmp|mnt|home|secrets|dev|root|proc)/[\\w./@-]{0,200}+|\\.{1,2}/[\\w./-]{1,200}+|~/[\\w./-]{1,200}+"
              + "|true|false|null|none|nil|yes|no|on|off|undefined|redacted|hidden|masked|string|str|bytes|int|integer|bool|boolean"
              + "|number|object|array|any|optional|required|readonly|write|read|inherit|auto|default|disabled|enabled|empty|unset|never|always"
              + "|n/a|tbd|todo|unknown|missing|expired|invalid|valid|present|absent|ok|error"
              + "|!(?:Ref|Sub|GetAtt|ImportValue|env|include|reference)\\b.{0,200}+"
              + "|(?:vault|op|ssm|awssm|gcpsm|secretref|ref\\+\\w{1,20}|env|file|gcp-secret|kms|azurekeyvault):[\\w./:#@-]{1,200}+"
              + "|arn:aws[\\w-]{0,8}:[\\w.:/*-]{1,200}+|projects/[\\w-]{1,60}+/secrets/[\\w./-]{1,120}+"
              + "|(?:var|local|module|data|secrets|env|vars|inputs|params|values|steps|github|process\\.env|os\\.environ|self|this|config|settings|args|options|props|req|request|ctx|context|state|input|output|each|path|resource)(?:[.\\[][\\w.\\[\\]'\"-]{1,120}+)"
              + "|(?:os\\.getenv|os\\.environ\\.get|System\\.getenv|System\\.getProperty|getenv|env|ENV\\.fetch|lookup|get|config|require|input|prompt|getpass(?:\\.getpass)?)\\([^()]{0,120}+\\)");

  /** Names, members, calls and their like, of which code is made. */
  private static final Pattern EXPRESSION =
      Pattern.compile(
          "[(!&*+-]{0,3}(?:(?:new|await|typeof|return|not|const|final|static)\\s++)?[A-Za-z_$@][\\w$]{0,80}+(?:<[\\w, ?.<>]{0,60}+>)?"
              + "(?:(?:\\.|->|::|\\?\\.|!\\.)[A-Za-z_$][\\w$]{0,80}+|\\((?:[^()\"'`\\n]|\\([^()\"'`\\n]{0,80}+\\)){0,200}+\\)|\\[(?:[\"'][\\w.-]{0,60}+[\"']|[^\\]\"'`\\n]{0,80}+)\\]|[{]\\}?){0,12}+\\s{0,2}(?:[;,)}\\]{:.?]|&&.{0,200}+|\\|\\|.{0,200}+|\\?\\s.{0,200}+|[+-]\\s.{0,200}+){0,6}+");

  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?\\d{1,20}+(?:[._,:/-]\\d{1,10}+){0,8}+(?:ms|s|m|h|d|[kmgt]i?b?|%|px|em|[lfdu])?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern HEX_NUMBER =
      Pattern.compile("(?:0x|#|\\\\u)[0-9a-fA-F]{1,16}+[lLuU]{0,2}");

  private static final Pattern WORDS =
      Pattern.compile("[\\p{L}'’,.:;!?()/\"-]{1,40}+(?:\\s[\\p{L}'’,.:;!?()/\"-]{1,40}+){4,400}+");

  private Values() {}

  /** Whether a value is plainly none: a reference, a placeholder, a switch. */
  static boolean harmless(CharSequence value) {
    return value.length() <= LONGEST && HARMLESS.matcher(value).matches();
  }

  /** Prose of at least five words. */
  static boolean prose(CharSequence value) {
    return value.length() <= LONGEST && WORDS.matcher(value).matches();
  }

  /** A number of any kind, with its unit. */
  static boolean number(CharSequence value) {
    return value.length() <= 80
        && (NUMBER.matcher(value).matches() || HEX_NUMBER.matcher(value).matches());
  }

  /** Whether code is what it looks like: a name, a member, a call. */
  static boolean expression(CharSequence value) {
    return value.length() <= LONGEST && EXPRESSION.matcher(value).matches();
  }

  /** Whether a value is by itself likely to be a secret: long, and not of words. */
  static boolean likely(CharSequence value) {
    int length = value.length();
    if (length < 6) {
      return false;
    }
    if (length > LONGEST) {
      return true;
    }
    int letters = 0;
    int digits = 0;
    int signs = 0;
    int spaces = 0;
    int turns = 0;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (Character.isLetter(c)) {
        letters++;
      } else if (Character.isDigit(c)) {
        digits++;
      } else if (c <= ' ') {
        spaces++;
      } else if ("_-./:,".indexOf(c) < 0) {
        signs++;
      }
      if (i > 1 && Character.isUpperCase(c) && Character.isLowerCase(value.charAt(i - 1))) {
        turns++;
      }
    }
    if (spaces > 3 || letters == 0) {
      return false;
    }
    if (digits == 0) {
      return (signs > 0 && letters >= 4 && length >= 8 && spaces == 0 && signs <= length / 3)
          || (length >= 20 && turns >= 4 && spaces == 0 && entropy(value) >= 4);
    }
    return length >= 6 && entropy(value) >= 2.2;
  }

  /** One and the same character again and again, as in examples. */
  static boolean filler(CharSequence value) {
    int longest = 1;
    int run = 1;
    for (int i = 1; i < Math.min(value.length(), LONGEST); i++) {
      run = value.charAt(i) == value.charAt(i - 1) ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    return longest >= 8 && longest * 2 > value.length();
  }

  /** Bits a character, as Shannon counts them. */
  static double entropy(CharSequence value) {
    var counts = new int[128];
    int length = Math.min(value.length(), LONGEST);
    for (int i = 0; i < length; i++) {
      counts[value.charAt(i) & 127]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / length;
        bits -= share * Math.log(share);
      }
    }
    return bits / Math.log(2);
  }

  /** Whether a value is long and mixed enough to be looked for wherever it may stand. */
  static boolean telling(CharSequence value) {
    return value.length() >= 8
        && value.length() <= LONGEST
        && entropy(value) >= 2.5
        && mixed(value);
  }

  private static boolean mixed(CharSequence value) {
    boolean digit = false;
    boolean letter = false;
    boolean sign = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      digit |= Character.isDigit(c);
      letter |= Character.isLetter(c);
      sign |= !Character.isLetterOrDigit(c);
    }
    return (digit && letter) || (letter && sign && value.length() >= 10) || value.length() >= 20;
  }
}
