package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.home.ConfigEditor;
import dev.fuse.cli.home.Settings;
import dev.fuse.cli.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** {@code fuse config}: the settings, and where each value comes from. */
final class ConfigCommands {

  private ConfigCommands() {}

  static Command command() {
    return Command.group("config", "The settings, and where each comes from")
        .with("view", "Every setting with its value", "", ConfigCommands::view)
        .with("get", "The value of a setting", "KEY", ConfigCommands::get)
        .with("set", "Write a setting into your own file", "KEY VALUE...", ConfigCommands::set)
        .with("explain", "Which layer a value comes from", "KEY", ConfigCommands::explain);
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
    bench.data(Columns.of(List.of("KEY", "VALUE", "FROM"), rows));
    return ExitCode.DONE;
  }

  private static ExitCode get(Given given, Workbench bench) {
    var explanation = bench.settings().explain(given.word(0));
    bench.data(given.json() ? Json.writeIndented(explanation.value()) : explanation.value());
    return ExitCode.DONE;
  }

  private static ExitCode set(Given given, Workbench bench) {
    var key = bench.settings().known(given.word(0));
    var file =
        bench
            .home()
            .findFolder("")
            .map(folder -> folder.resolve("config.yaml"))
            .orElseThrow(
                () ->
                    new FuseException(
                        Kind.FAILED,
                        "'" + key.name() + "' cannot be kept",
                        "make ~/.fuse writable or set FUSE_HOME"));
    var values = given.words().subList(1, given.words().size());
    if (!key.form().several() && values.size() > 1) {
      throw new FuseException(
          Kind.USAGE,
          "'" + key.name() + "' takes one value and was given " + values.size(),
          "put the value in quotes");
    }
    new ConfigEditor(file, bench.settings().keys()).set(key, values);
    bench.note(key.name() + " = " + key.shown(values) + "  (" + file + ")");
    return ExitCode.DONE;
  }

  private static ExitCode explain(Given given, Workbench bench) {
    var it = bench.settings().explain(given.word(0));
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
