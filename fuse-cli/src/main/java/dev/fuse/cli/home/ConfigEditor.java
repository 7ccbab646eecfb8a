package dev.fuse.cli.home;

import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Changes the person's settings file, comments and order left as they are. */
public final class ConfigEditor {

  private final Path file;
  private final SettingKeys keys;

  /**
   * An editor of a file, which need not be there yet; its folder must be.
   *
   * @param keys all that may stand in it
   */
  public ConfigEditor(Path file, SettingKeys keys) {
    this.file = file;
    this.keys = keys;
  }

  /**
   * Sets a key to one value, or to a list of them.
   *
   * @throws FuseException of kind USAGE for a wrong value, INVALID for a file that is wrong already
   */
  public void set(SettingKey key, List<String> values) {
    if (values.isEmpty() || (values.size() > 1 && !key.form().several())) {
      throw new FuseException(Kind.USAGE, "'" + key.name() + "' takes one value", "");
    }
    values.forEach(value -> check(key, value));
    var text = text();
    write(
        text, new YamlEdit(file, text).set(key.name(), values, key.form().several()), key, values);
  }

  /** Adds an entry to a list, if it is not there. */
  public void add(SettingKey key, String entry) {
    check(key, entry);
    var text = text();
    var before = values(text, key);
    if (before.contains(entry)) {
      return;
    }
    var after = new ArrayList<>(before);
    after.add(entry);
    write(text, new YamlEdit(file, text).add(key.name(), before, entry), key, after);
  }

  /** Removes an entry from a list; says whether it was there. */
  public boolean remove(SettingKey key, String entry) {
    var text = text();
    var before = values(text, key);
    if (!before.contains(entry)) {
      return false;
    }
    var after = new ArrayList<>(before);
    after.remove(entry);
    write(text, new YamlEdit(file, text).remove(key.name(), before, entry), key, after);
    return true;
  }

  /** Takes a key out of the file; says whether it was there. */
  public boolean unset(SettingKey key) {
    var text = text();
    if (ConfigFile.of(file, text, keys).written().stream().noneMatch(it -> it.key().equals(key))) {
      return false;
    }
    write(text, new YamlEdit(file, text).unset(key.name()), key, List.of());
    return true;
  }

  /** What the file says of a key now. */
  public List<String> values(SettingKey key) {
    return values(text(), key);
  }

  /** Where the settings are. */
  public String file() {
    return file.toString();
  }

  /**
   * Reads the file.
   *
   * @throws FuseException of kind INVALID, with the place of what is wrong
   */
  public void check() {
    ConfigFile.of(file, text(), keys);
  }

  /** A settings file as it is; empty where there is none. */
  public static String text(Path file) {
    return Files.exists(file) ? ConfigFile.content(file) : "";
  }

  private static void check(SettingKey key, String value) {
    try {
      key.parse(value);
    } catch (IllegalArgumentException e) {
      throw new FuseException(Kind.USAGE, key.name() + ": " + e.getMessage(), "");
    }
  }

  private String text() {
    return text(file);
  }

  private List<String> values(String text, SettingKey key) {
    return ConfigFile.of(file, text, keys).written().stream()
        .filter(written -> written.key().equals(key))
        .flatMap(written -> written.values().stream())
        .toList();
  }

  /** Only if what then stands there is what was wanted, and nothing else has changed. */
  private void write(String before, String after, SettingKey key, List<String> values) {
    if (!onlyThat(before, after, key, values)) {
      throw new FuseException(
          Kind.FAILED,
          "'%s' is written in a way that cannot be changed safely".formatted(file),
          "set '" + key.name() + "' in an editor: fuse config edit");
    }
    try {
      PrivateFile.write(file, after);
    } catch (IOException e) {
      throw new FuseException(
          Kind.FAILED, "'%s' cannot be written: %s".formatted(file, Reason.of(e)), "");
    }
  }

  private boolean onlyThat(String before, String after, SettingKey key, List<String> values) {
    try {
      return values(after, key).equals(values) && others(before, key).equals(others(after, key));
    } catch (FuseException _) {
      return false;
    }
  }

  private List<String> others(String text, SettingKey key) {
    return ConfigFile.of(file, text, keys).written().stream()
        .filter(written -> !written.key().equals(key))
        .map(written -> written.key().name() + written.values())
        .toList();
  }
}
