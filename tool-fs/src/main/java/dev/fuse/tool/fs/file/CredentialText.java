package dev.fuse.tool.fs.file;

import dev.fuse.spi.ToolResult.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The values in a credential file that nobody may read, where its format tells which they are. */
final class CredentialText {

  /** The beginning of what stands where a secret was. */
  private static final String HANDLE = "⟦secret";

  /** Shorter ones would be masked in every other word. */
  private static final int SHORTEST = 5;

  private static final Pattern PAIR =
      Pattern.compile(
          "(?:export\\s+|[-{,]\\s*)?[\"']?([\\w./:@-]*?[\\w-])[\"']?\\s*[=:]\\s*[\"']?(.*)");
  private static final Pattern END = Pattern.compile("[\"']?\\s*[,}]?$");

  /** Characters of a line beyond which it is data and no setting. */
  private static final int LONGEST = 4000;

  private static final Pattern KEY =
      Pattern.compile(
          ".*(?:pass|pwd|token|secret|key|credential|auth|private|cookie|session|dsn|signature|salt).*");

  /** Random by its look: long, of one word, letters and digits. */
  private static final Pattern RANDOM =
      Pattern.compile("(?=.*\\d)(?=.*[A-Za-z])[A-Za-z0-9+/=_~-]{20,}");

  private static final Pattern HARMLESS =
      Pattern.compile("true|false|null|none|\\$\\{.*|\\$\\w+|<.*>|~?/[\\w./-]*|\\{|\\[|\\|");
  private static final Pattern NETRC = Pattern.compile("\\bpassword\\s+(\\S+)");

  private CredentialText() {}

  static Secret[] secrets(Path file, List<String> lines) {
    var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    var found = new LinkedHashMap<String, String>();
    for (var line : lines) {
      switch (name) {
        case ".netrc", "_netrc" ->
            NETRC.matcher(line).results().forEach(match -> put(found, "password", match.group(1)));
        case ".pgpass", ".htpasswd", "shadow", "gshadow" -> lastField(name, line, found);
        case ".vault-token" -> put(found, "vault-token", line.strip());
        default -> pair(line, found);
      }
    }
    return found.entrySet().stream()
        // What is masked already is known to the host; its handle is no secret.
        .filter(entry -> !entry.getKey().contains(HANDLE))
        .map(entry -> new Secret(entry.getValue(), entry.getKey()))
        .toArray(Secret[]::new);
  }

  /** By the key, or by the look of the value. */
  static boolean secret(String key, String value) {
    boolean random = RANDOM.matcher(value).matches();
    boolean named = KEY.matcher(key.toLowerCase(Locale.ROOT)).matches();
    return value.length() >= SHORTEST && (random || named) && !HARMLESS.matcher(value).matches();
  }

  private static void pair(String line, Map<String, String> found) {
    var bare = line.substring(0, Math.min(line.length(), LONGEST)).strip();
    var pair = PAIR.matcher(bare);
    if (bare.startsWith("#") || !pair.matches()) {
      return;
    }
    var value = END.matcher(pair.group(2)).replaceFirst("");
    if (secret(pair.group(1), value)) {
      put(found, pair.group(1), value);
    }
  }

  private static void lastField(String name, String line, Map<String, String> found) {
    var fields = line.split(":", -1);
    boolean shadow = name.endsWith("shadow");
    if (fields.length > 1) {
      put(found, name.replace(".", ""), fields[shadow ? 1 : fields.length - 1]);
    }
  }

  private static void put(Map<String, String> found, String key, String value) {
    if (value.length() >= SHORTEST) {
      var plain =
          key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
      found.putIfAbsent(value, plain.isEmpty() ? "value" : plain);
    }
  }
}
