package dev.fuse.tool.github.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The hosts that {@code gh} is logged in to, with the tokens that it keeps in its file. */
final class GhConfig {

  private final Map<String, String> tokens = new HashMap<>();

  /** Reads {@code hosts.yml}; what is unreadable counts as absent. */
  static GhConfig of(Map<String, String> environment) {
    var config = new GhConfig();
    try {
      config.read(folder(environment).resolve("hosts.yml"));
    } catch (IOException | RuntimeException absent) {
      return config;
    }
    return config;
  }

  private static Path folder(Map<String, String> environment) {
    return Endpoint.given(environment, "GH_CONFIG_DIR")
        .map(Path::of)
        .or(
            () ->
                Endpoint.given(environment, "XDG_CONFIG_HOME").map(it -> Path.of(it).resolve("gh")))
        .orElseGet(() -> Endpoint.home(environment).resolve(".config/gh"));
  }

  /** The file is a mapping of hosts to a few scalars; the first token of a host is the active. */
  private void read(Path file) throws IOException {
    var host = "";
    for (var line : Files.readAllLines(file)) {
      var text = line.strip();
      int colon = text.indexOf(':');
      if (colon < 0 || text.startsWith("#")) {
        continue;
      }
      if (!Character.isWhitespace(line.charAt(0))) {
        host = text.substring(0, colon);
        tokens.put(host, "");
      } else if (text.startsWith("oauth_token:") && indented(line) <= 4) {
        tokens.merge(host, unquoted(text.substring(colon + 1)), (first, next) -> next);
      }
    }
  }

  private static int indented(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static String unquoted(String value) {
    return value.strip().replaceAll("^[\"']|[\"']$", "");
  }

  boolean knows(String host) {
    return tokens.containsKey(host);
  }

  Optional<String> token(String host) {
    return Optional.ofNullable(tokens.get(host)).filter(it -> !it.isEmpty());
  }
}
