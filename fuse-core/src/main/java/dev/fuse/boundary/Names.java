package dev.fuse.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the name of a field, a variable or a flag says of its value. */
final class Names {

  private static final int LONGEST = 120;

  /** Last words that alone say it. */
  private static final Set<String> SECRET =
      Set.of(
          "password",
          "passwd",
          "passwrd",
          "passphrase",
          "passcode",
          "passwort",
          "kennwort",
          "senha",
          "contrasena",
          "pass",
          "pwd",
          "psw",
          "pswd",
          "pword",
          "secret",
          "secrets",
          "token",
          "tokens",
          "credential",
          "credentials",
          "creds",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "authkey",
          "authtoken",
          "requirepass",
          "masterauth",
          "passwords",
          "apikeys",
          "pgpassword",
          "userpass",
          "rootpw",
          "bindpw",
          "dsn",
          "jwt",
          "bearer",
          "otp",
          "authorization",
          "sshpass",
          "privkey",
          "keypass",
          "storepass");

  /** Ends of words that are written together, such as {@code dbpassword}. */
  private static final List<String> ENDS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "token",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "passcode",
          "authkey",
          "rootpw",
          "bindpw");

  /** What makes a key a secret one. */
  private static final Set<String> KEYS =
      Set.of(
          "api",
          "access",
          "account",
          "private",
          "secret",
          "signing",
          "encryption",
          "master",
          "auth",
          "shared",
          "license",
          "service",
          "storage",
          "sas",
          "encrypt",
          "decryption",
          "session",
          "jwt",
          "hmac",
          "webhook",
          "deploy",
          "subscription",
          "app",
          "application",
          "consumer",
          "client",
          "admin",
          "root",
          "ssh",
          "tls",
          "ssl",
          "pgp",
          "gpg",
          "preshared",
          "psk",
          "integration",
          "ingest",
          "write",
          "host",
          "sentry",
          "datadog",
          "newrelic",
          "stripe",
          "sendgrid",
          "mailgun",
          "function",
          "crypto",
          "cookie",
          "vault",
          "unseal",
          "recovery",
          "enc",
          "aes",
          "rsa",
          "openai",
          "anthropic",
          "gemini",
          "azure",
          "algolia",
          "project",
          "team",
          "user",
          "server");

  /** Words behind the telling one that change nothing. */
  private static final Set<String> TRAILERS =
      Set.of(
          "prod",
          "production",
          "prd",
          "dev",
          "development",
          "test",
          "testing",
          "staging",
          "stage",
          "stg",
          "qa",
          "live",
          "sandbox",
          "old",
          "new",
          "current",
          "previous",
          "primary",
          "secondary",
          "main",
          "backup",
          "value",
          "val",
          "plain",
          "plaintext",
          "text",
          "string",
          "str",
          "raw",
          "base64",
          "b64",
          "encoded",
          "default",
          "override",
          "data",
          "contents",
          "content",
          "env",
          "pem",
          "literal",
          "a",
          "b",
          "the",
          "ro",
          "rw",
          "admin",
          "root",
          "user",
          "eu",
          "us");

  /** What stands before {@code token} where it only marks a place in a list. */
  private static final Set<String> PLACES =
      Set.of(
          "next",
          "page",
          "continue",
          "continuation",
          "pagination",
          "start",
          "marker",
          "cursor",
          "sync",
          "max",
          "min",
          "num",
          "prompt",
          "completion",
          "input",
          "output",
          "total",
          "current",
          "peek",
          "prev",
          "previous",
          "last",
          "first",
          "end",
          "stop",
          "eos",
          "bos",
          "pad",
          "unk",
          "left",
          "right",
          "string",
          "comment",
          "line",
          "word",
          "eof",
          "invalid",
          "unexpected",
          "by",
          "per");

  private Names() {}

  /** Whether what has this name is a secret. */
  static boolean secret(CharSequence name) {
    if (name.length() > LONGEST || name.isEmpty()) {
      return false;
    }
    return secret(words(name));
  }

  private static boolean secret(List<String> all) {
    int last = all.size() - 1;
    while (last > 0
        && (TRAILERS.contains(all.get(last)) || Character.isDigit(all.get(last).charAt(0)))) {
      boolean told = all.get(last).equals("data") && all.get(last - 1).equals("key");
      if (told) {
        return true;
      }
      last--;
    }
    if (last < 0) {
      return false;
    }
    var word = all.get(last);
    var before = last > 0 ? all.get(last - 1) : "";
    if (SECRET.contains(word) || endsLikeOne(word)) {
      return !(word.startsWith("token") && PLACES.contains(before));
    }
    return switch (word) {
      case "key", "keys" -> KEYS.contains(before) || secretWord(before);
      case "pw" -> last > 0 && !all.get(0).equals("pw");
      case "mnemonic" ->
          before.isEmpty()
              || before.equals("wallet")
              || before.equals("seed")
              || before.equals("my");
      case "url", "uri" -> before.equals("webhook") || before.equals("sas") || before.equals("dsn");
      case "code" -> before.equals("recovery") || before.equals("pass");
      case "phrase" -> before.equals("pass") || before.equals("recovery") || before.equals("seed");
      case "seed" -> before.equals("wallet") || before.equals("otp") || before.equals("totp");
      case "word", "words" -> before.equals("pass");
      default -> false;
    };
  }

  static boolean secretWord(String word) {
    return SECRET.contains(word) || endsLikeOne(word);
  }

  /** Whether all that a value says is that it is one: {@code password}, {@code access_token}. */
  static boolean onlyNames(CharSequence value) {
    if (value.length() > 60) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!Character.isLetter(c) && c != '_' && c != '-' && c != '.' && c != ' ') {
        return false;
      }
    }
    return words(value).stream().anyMatch(word -> secretWord(word) || word.equals("key"));
  }

  private static boolean endsLikeOne(String word) {
    for (var end : ENDS) {
      if (word.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  /** {@code DB_PASSWORD}, {@code dbPassword}, {@code db-password} have the same words. */
  static List<String> words(CharSequence name) {
    var words = new ArrayList<String>();
    int start = 0;
    int length = name.length();
    for (int i = 0; i <= length; i++) {
      char c = i < length ? name.charAt(i) : '.';
      boolean sign = !Character.isLetterOrDigit(c);
      if (sign || (i > start && border(name, i))) {
        if (i > start) {
          words.add(name.subSequence(start, i).toString().toLowerCase(Locale.ROOT));
        }
        start = sign ? i + 1 : i;
      }
    }
    return words;
  }

  /** Between {@code b} and {@code P} of {@code dbPassword}, {@code I} and {@code K} of APIKey. */
  private static boolean border(CharSequence name, int at) {
    char c = name.charAt(at);
    char before = name.charAt(at - 1);
    if (Character.isDigit(c)) {
      return !Character.isDigit(before);
    }
    if (!Character.isUpperCase(c)) {
      return Character.isDigit(before) && !base64(name, at);
    }
    return !Character.isUpperCase(before)
        || (at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1)));
  }

  private static boolean base64(CharSequence name, int at) {
    return at < name.length() && Character.isDigit(name.charAt(at));
  }
}
