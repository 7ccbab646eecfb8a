package dev.fuse.cli.home;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.SettingKey.Project;
import dev.fuse.cli.home.Settings.Entry;
import dev.fuse.cli.home.Settings.Layer;
import dev.fuse.cli.json.Json;
import dev.fuse.text.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the layers of the settings, the winning one first. */
final class SettingLayers {

  /** The names that other programs use as well. */
  private static final Map<String, String> STANDARD =
      Map.of("OPENAI_API_KEY", "model.key", "OPENAI_BASE_URL", "model.base-url");

  /** Variables that are no settings. */
  private static final List<String> OTHERS =
      List.of("FUSE_HOME", "FUSE_JAVA_HOME", "FUSE_TERMINAL", "FUSE_TRACE_STARTUP", "FUSE_TRAIN");

  private final SettingSources sources;
  private final SettingKeys keys;
  private final Map<String, List<Entry>> entries = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  SettingLayers(SettingSources sources) {
    this.sources = sources;
    this.keys = new SettingKeys(sources.plugins());
  }

  Settings read() {
    sources.flags().forEach(this::flag);
    var variables = sources.environment().variables();
    variables.keySet().stream()
        .filter(name -> name.startsWith("FUSE_"))
        .sorted()
        .forEach(this::variable);
    STANDARD.forEach((name, key) -> environment(name, keys.find(key).orElseThrow()));
    sources.project().filter(SettingLayers::hasContent).ifPresent(this::project);
    sources.person().filter(SettingLayers::hasContent).ifPresent(this::person);
    return new Settings(sources.environment(), keys, entries, notes);
  }

  static boolean sets(String variable) {
    return variable.startsWith("FUSE_") && !OTHERS.contains(variable);
  }

  /** {@code FUSE_} variables that set nothing, each in a sentence. */
  static List<String> unknownVariables(Environment environment, SettingKeys keys) {
    var known = keys.all().stream().map(SettingKey::variable).collect(Collectors.toList());
    known.addAll(OTHERS);
    return environment.variables().keySet().stream()
        .filter(name -> name.startsWith("FUSE_") && !known.contains(name))
        .sorted()
        .map(name -> "'" + name + "' sets nothing" + Spelling.didYouMean(name, known))
        .toList();
  }

  private void flag(String name, SettingSources.Flag flag) {
    var key = keys.find(flag.key()).orElseThrow(() -> new IllegalArgumentException(flag.key()));
    flag.values().forEach(value -> check(Kind.USAGE, name, key, value));
    add(key, new Entry(Layer.FLAG, flag.values(), same(name, flag.values())));
  }

  private void variable(String name) {
    var candidates = name.startsWith("FUSE_PLUGINS_") ? keys.all() : keys.own();
    candidates.stream()
        .filter(key -> key.variable().equals(name))
        .findFirst()
        .ifPresent(key -> environment(name, key));
  }

  private void environment(String name, SettingKey key) {
    var text = sources.environment().find(name);
    if (text.isEmpty()) {
      return;
    }
    var values = key.form().several() ? split(name, key, text.get()) : List.of(text.get().strip());
    values.forEach(value -> check(Kind.USAGE, name, key, value));
    add(key, new Entry(Layer.ENVIRONMENT, values, same(name, values)));
  }

  private void person(Path file) {
    var config = ConfigFile.read(file, keys);
    notes.addAll(config.notes());
    for (var written : config.written()) {
      add(written.key(), new Entry(Layer.PERSON, written.values(), written.places()));
      if (written.key().secret() && readableByOthers(file)) {
        notes.add(
            "'%s' holds %s and others can read it; run: chmod 600 '%s'"
                .formatted(file, written.key().name(), file));
      }
    }
  }

  private void project(Path file) {
    for (var written : ConfigFile.read(file, keys).written()) {
      if (written.key().project() != Project.NOTHING) {
        add(written.key(), new Entry(Layer.PROJECT, written.values(), written.places()));
        continue;
      }
      var place = written.places().isEmpty() ? file.toString() : written.places().getFirst();
      notes.add(place + ": '" + written.key().name() + "' is ignored: a project can only tighten");
    }
  }

  private void add(SettingKey key, Entry entry) {
    entries.computeIfAbsent(key.name(), _ -> new ArrayList<>()).add(entry);
  }

  /** A JSON list, or rules one per line, or texts with commas between. */
  private static List<String> split(String name, SettingKey key, String text) {
    if (!text.stripLeading().startsWith("[")) {
      var separator = key.form() == SettingKey.Form.RULES ? "\n" : "[,\n]";
      return Arrays.stream(text.split(separator, -1))
          .map(String::strip)
          .filter(value -> !value.isEmpty())
          .toList();
    }
    try {
      if (Json.read(text) instanceof List<?> list) {
        return list.stream().map(String::valueOf).toList();
      }
    } catch (IOException e) {
      throw new FuseException(Kind.INVALID, name + ": " + e.getMessage(), "write a JSON list");
    }
    throw new FuseException(Kind.INVALID, name + " is not a list", "write a JSON list");
  }

  private static void check(Kind kind, String where, SettingKey key, String value) {
    try {
      key.parse(value);
    } catch (IllegalArgumentException e) {
      throw new FuseException(kind, where + ": " + e.getMessage(), "");
    }
  }

  private static List<String> same(String place, List<String> values) {
    return Collections.nCopies(values.size(), place);
  }

  /** So that no YAML is read where there is none. */
  private static boolean hasContent(Path file) {
    var attributes = file.toFile();
    return attributes.exists() && (attributes.isDirectory() || attributes.length() > 0);
  }

  private static boolean readableByOthers(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream()
          .anyMatch(
              permission ->
                  permission == PosixFilePermission.OTHERS_READ
                      || permission == PosixFilePermission.GROUP_READ);
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }
}
