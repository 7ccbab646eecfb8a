package dev.fuse.tool.gcp.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What gcloud is configured with: its variables before the active configuration's file before that
 * of the installation.
 *
 * @param folder gcloud's folder, whether it exists or not
 * @param active the active configuration's name
 * @param properties {@code section/key} to value
 */
public record Gcloud(
    Path folder, String active, Map<String, String> properties, Map<String, String> environment) {

  private static final int LARGEST = 256 * 1024;

  /** Reads gcloud's files; one that is missing or cannot be read counts as empty. */
  public static Gcloud read(Map<String, String> environment) {
    var folder = folder(environment);
    var active =
        set(environment, "CLOUDSDK_ACTIVE_CONFIG_NAME")
            .or(() -> text(folder.resolve("active_config")).map(String::strip))
            .filter(name -> !name.isEmpty())
            .orElse("default");
    var properties = new LinkedHashMap<String, String>();
    var file = folder.resolve("configurations").resolve("config_" + active);
    text(file).ifPresent(text -> properties.putAll(parse(text)));
    return new Gcloud(folder, active, properties, environment);
  }

  private static Path folder(Map<String, String> environment) {
    return set(environment, "CLOUDSDK_CONFIG")
        .map(Path::of)
        .orElseGet(() -> Path.of(environment.getOrDefault("HOME", "/"), ".config", "gcloud"));
  }

  /** The value of a property such as {@code core/project}. */
  public Optional<String> find(String section, String key) {
    var variable = "CLOUDSDK_" + section + "_" + key;
    return set(environment, variable.toUpperCase(Locale.ROOT))
        .or(() -> Optional.ofNullable(properties.get(section + "/" + key)))
        .filter(value -> !value.isBlank());
  }

  /** Where a property comes from, for people. */
  public String source(String section, String key) {
    var variable = ("CLOUDSDK_" + section + "_" + key).toUpperCase(Locale.ROOT);
    return set(environment, variable).isPresent()
        ? variable
        : "gcloud configuration '" + active + "'";
  }

  static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static Map<String, String> parse(String text) {
    var properties = new LinkedHashMap<String, String>();
    var section = "";
    for (var raw : text.lines().toList()) {
      var line = raw.strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1).strip();
        continue;
      }
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
        properties.put(
            section + "/" + line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return properties;
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LARGEST
          ? Optional.of(Files.readString(file))
          : Optional.empty();
    } catch (IOException | RuntimeException _) {
      // gcloud itself does not say more of a configuration that it cannot read.
      return Optional.empty();
    }
  }
}
