package dev.fuse.cli.model;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.Settings;
import dev.fuse.cli.model.openai.ModelSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Which model is asked, and with what key. */
final class ModelChoice {

  private static final Duration KEY_COMMAND = Duration.ofSeconds(30);

  private final Settings settings;

  ModelChoice(Settings settings) {
    this.settings = settings;
  }

  /** How the model is reached; empty where neither a key nor an address is known. */
  Optional<ModelSettings> find() {
    var url = settings.find("model.base-url");
    var origin = keyOrigin();
    if (url.isEmpty() && origin.isEmpty()) {
      return Optional.empty();
    }
    var address = url.map(text -> text.replaceAll("/+$", "")).orElse(ModelSettings.OPENAI);
    check(address);
    var name = settings.text("model.name");
    return Optional.of(
        new ModelSettings(
            name.startsWith("openai:") ? name.substring("openai:".length()) : name,
            address,
            this::key,
            origin.orElse("nowhere (none is set)"),
            settings.findCount("model.window"),
            settings.findCount("model.max-output-tokens"),
            settings.duration("model.idle-timeout"),
            ModelSettings.TRIES));
  }

  private Optional<String> keyOrigin() {
    if (settings.find("model.key-command").isPresent()) {
      return Optional.of("model.key-command");
    }
    return settings.find("model.key").map(_ -> place("model.key"));
  }

  /** Where a setting's value stands. */
  private String place(String key) {
    return settings.explain(key).decided().stream()
        .flatMap(entry -> entry.places().stream())
        .findFirst()
        .orElse(key);
  }

  private String key() {
    var command = settings.find("model.key-command");
    if (command.isPresent()) {
      return fromCommand(command.get());
    }
    return settings.find("model.key").orElse("");
  }

  /** The first line of what the person's own command prints. */
  private String fromCommand(String command) {
    try {
      var process =
          new ProcessBuilder("/bin/sh", "-c", command)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      return firstLine(process);
    } catch (IOException e) {
      throw noKey(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noKey("it was interrupted");
    }
  }

  private static String firstLine(Process process) throws IOException, InterruptedException {
    try {
      if (!process.waitFor(KEY_COMMAND.toSeconds(), TimeUnit.SECONDS)) {
        throw noKey("it took longer than " + KEY_COMMAND.toSeconds() + " s");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    var line = process.inputReader().readLine();
    if (process.exitValue() != 0) {
      throw noKey("it ended with " + process.exitValue());
    }
    if (line == null || line.isBlank()) {
      throw noKey("it printed nothing");
    }
    return line.strip();
  }

  private static FuseException noKey(String why) {
    return new FuseException(
        Kind.CREDENTIALS,
        "model.key-command gave no key: " + why,
        "run the command by hand, or set OPENAI_API_KEY");
  }

  private static void check(String address) {
    try {
      var uri = URI.create(address);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw noAddress(address);
    }
    throw noAddress(address);
  }

  private static FuseException noAddress(String address) {
    return new FuseException(
        Kind.INVALID,
        "the model's address is '" + address + "', which is not an http or https URL",
        "set OPENAI_BASE_URL or model.base-url to one such as http://localhost:11434/v1");
  }
}
