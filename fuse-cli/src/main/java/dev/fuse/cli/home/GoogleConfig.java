package dev.fuse.cli.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The Google Cloud project that gcloud would use, from the environment and gcloud's own files. */
final class GoogleConfig {

  private GoogleConfig() {}

  static Optional<String> project(Environment environment) {
    return environment
        .find("CLOUDSDK_CORE_PROJECT")
        .or(() -> environment.find("GOOGLE_CLOUD_PROJECT"))
        .or(() -> folder(environment).flatMap(folder -> project(environment, folder)));
  }

  private static Optional<Path> folder(Environment environment) {
    return environment
        .find("CLOUDSDK_CONFIG")
        .map(environment::path)
        .or(() -> environment.home().map(home -> home.resolve(".config/gcloud")));
  }

  private static Optional<String> project(Environment environment, Path folder) {
    var name =
        environment
            .find("CLOUDSDK_ACTIVE_CONFIG_NAME")
            .or(() -> Optional.of(text(folder.resolve("active_config")).strip()))
            .filter(text -> text.matches("[A-Za-z0-9_-]+"))
            .orElse("default");
    var section = "";
    for (var line : text(folder.resolve("configurations/config_" + name)).lines().toList()) {
      var words = line.strip();
      if (words.startsWith("[")) {
        section = words;
      }
      int equals = words.indexOf('=');
      if (section.equals("[core]")
          && equals > 0
          && words.substring(0, equals).strip().equals("project")) {
        return Optional.of(words.substring(equals + 1).strip()).filter(text -> !text.isEmpty());
      }
    }
    return Optional.empty();
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException _) {
      // What is not there or cannot be read tells nothing.
      return "";
    }
  }
}
