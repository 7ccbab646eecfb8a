package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.ConfigEditor;
import dev.fuse.cli.home.SettingKey;
import dev.fuse.cli.home.Settings;
import dev.fuse.cli.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code fuse config}: the settings, and where each value comes from. */
final class ConfigCommands {

  private ConfigCommands() {}

  static Command command() {
    return Command.group("config", "Show and change the settings")
        .with("view", "Show every setting and where its value comes from", "", ConfigCommands::view)
        .with("get", "Print the value of a setting", "KEY", ConfigCommands::get)
        .with("set", "Change a setting in your own file", "KEY [VALUE...]", ConfigCommands::set)
        .with("unset", "Remove a setting from your own file", "KEY", ConfigCommands::unset)
        .with("edit", "Open your settings in your editor", "", ConfigCommands::edit)
        .with("explain", "Show which layer a value comes from", "KEY", ConfigCommands::explain)
        .with("profile", "View or edit the environment profile", "[view|edit]", ProfileCommand::run)
        .uses("set", Flag.ADD, Flag.REMOVE)
        .examples(
            "set",
            "fuse config set model.name gpt-4o-mini",
            "fuse config set protected --add 'live-*'");
  }

  private static ExitCode view(Given given, Workbench bench) {
    var settings = bench.settings();
    var all = settings.keys().all().stream().map(key -> settings.explain(key.name())).toList();
    if (given.json()) {
      var data = new LinkedHashMap<String, Object>();
      all.forEach(it -> data.put(it.key().name(), it.value()));
      bench.data(Json.writeIndented(data));
      return ExitCode.DONE;
    }
    var rows =
        all.stream().map(it -> List.of(it.key().name(), it.value(), from(it.decided()))).toList();
    bench.data(Columns.of(List.of("KEY", "VALUE", "FROM"), rows, bench.width()));
    return ExitCode.DONE;
  }

  private static ExitCode get(Given given, Workbench bench) {
    var explanation = bench.settings().explain(given.word(0));
    bench.data(given.json() ? Json.writeIndented(explanation.value()) : explanation.value());
    return ExitCode.DONE;
  }

  private static ExitCode set(Given given, Workbench bench) {
    var key = bench.settings().known(given.word(0));
    var editor = new ConfigEditor(file(key.name(), bench), bench.settings().keys());
    var values = given.words().subList(1, given.words().size());
    var added = given.texts(Flag.ADD);
    var removed = given.texts(Flag.REMOVE);
    if (added.isEmpty() && removed.isEmpty()) {
      replace(key, values, editor);
    } else {
      change(key, values, added, removed, editor);
    }
    return kept(key, editor, given, bench);
  }

  private static void replace(SettingKey key, List<String> values, ConfigEditor editor) {
    if (values.isEmpty()) {
      throw new FuseException(
          Kind.USAGE,
          "'fuse config set " + key.name() + "' needs a VALUE",
          "fuse config unset " + key.name() + " removes the setting");
    }
    if (!key.form().several() && values.size() > 1) {
      throw new FuseException(
          Kind.USAGE,
          "'" + key.name() + "' takes one value, got " + values.size(),
          "put the value in quotes");
    }
    editor.set(key, values);
  }

  private static void change(
      SettingKey key,
      List<String> values,
      List<String> added,
      List<String> removed,
      ConfigEditor editor) {
    if (!key.form().several() || !values.isEmpty()) {
      throw new FuseException(
          Kind.USAGE,
          values.isEmpty()
              ? "'" + key.name() + "' is one value, not a list"
              : "values come either as arguments or with --add and --remove",
          "fuse config set " + key.name() + " VALUE");
    }
    added.forEach(value -> editor.add(key, value));
    for (var value : removed) {
      if (!editor.remove(key, value)) {
        throw new FuseException(
            Kind.USAGE,
            "'" + value + "' is not in your own list of '" + key.name() + "'",
            "fuse config explain " + key.name());
      }
    }
  }

  private static ExitCode unset(Given given, Workbench bench) {
    var key = bench.settings().known(given.word(0));
    var editor = new ConfigEditor(file(key.name(), bench), bench.settings().keys());
    boolean there = editor.unset(key);
    if (!there) {
      bench.note("'" + key.name() + "' is not in your own file; nothing changed");
    }
    return kept(key, editor, given, bench);
  }

  private static ExitCode kept(SettingKey key, ConfigEditor editor, Given given, Workbench bench) {
    var values = editor.values(key);
    if (given.json()) {
      bench.data(
          Json.writeIndented(
              Map.of("key", key.name(), "value", key.shown(values), "file", editor.file())));
      return ExitCode.DONE;
    }
    var shown = values.isEmpty() ? "(not set)" : key.shown(values);
    bench.note(key.name() + " = " + shown + "  (" + editor.file() + ")");
    return ExitCode.DONE;
  }

  private static ExitCode edit(Given given, Workbench bench) {
    var person =
        bench
            .person()
            .orElseThrow(
                () ->
                    new FuseException(
                        Kind.USAGE,
                        "'fuse config edit' needs a terminal",
                        "fuse config set KEY VALUE changes one setting"));
    var file = file("config.yaml", bench);
    var before = ConfigEditor.text(file);
    person.edit(file);
    if (ConfigEditor.text(file).equals(before)) {
      bench.note("no change made");
      return ExitCode.DONE;
    }
    // Reads it and says where it is wrong.
    new ConfigEditor(file, bench.settings().keys()).check();
    bench.note("saved: " + file);
    return ExitCode.DONE;
  }

  private static Path file(String what, Workbench bench) {
    return bench
        .home()
        .findFolder("")
        .map(folder -> folder.resolve("config.yaml"))
        .orElseThrow(
            () ->
                new FuseException(
                    Kind.FAILED,
                    "'" + what + "' cannot be saved: there is no home folder",
                    "make ~/.fuse writable or set FUSE_HOME"));
  }

  private static ExitCode explain(Given given, Workbench bench) {
    var it = bench.settings().explain(given.word(0));
    if (given.json()) {
      var data = new LinkedHashMap<String, Object>();
      data.put("key", it.key().name());
      data.put("description", it.key().description());
      data.put("value", it.value());
      data.put("from", it.decided().stream().map(ConfigCommands::words).toList());
      data.put("overridden", it.overridden().stream().map(ConfigCommands::words).toList());
      data.put("variable", it.key().variable());
      bench.data(Json.writeIndented(data));
      return ExitCode.DONE;
    }
    bench.data(it.key().name() + ": " + it.key().description());
    bench.data("value     " + (it.value().isEmpty() ? "(not set)" : it.value()));
    it.decided().forEach(entry -> bench.data("from      " + words(entry)));
    it.overridden().forEach(entry -> bench.data("not used  " + words(entry)));
    bench.data("set with  " + ways(it.key().name(), it.key().variable()));
    return ExitCode.DONE;
  }

  private static String ways(String key, String variable) {
    return variable + ", or: fuse config set " + key + " VALUE";
  }

  private static String words(Settings.Entry entry) {
    return layer(entry) + " " + String.join(", ", entry.values());
  }

  private static String from(List<Settings.Entry> entries) {
    var words = new ArrayList<String>();
    entries.forEach(entry -> words.add(layer(entry)));
    return String.join("; ", words);
  }

  private static String layer(Settings.Entry entry) {
    var name = entry.layer().name().toLowerCase(Locale.ROOT);
    return entry.places().isEmpty() || entry.layer() == Settings.Layer.DEFAULT
        ? name
        : name + " (" + String.join(", ", entry.places()) + ")";
  }
}
