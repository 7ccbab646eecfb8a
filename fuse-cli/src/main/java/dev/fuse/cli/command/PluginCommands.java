package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.json.Json;
import dev.fuse.plugin.Plugin;
import dev.fuse.spi.ToolSpec;
import dev.fuse.text.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code fuse plugins}: what is installed, and why something is not used. */
final class PluginCommands {

  private PluginCommands() {}

  static Command command() {
    return Command.group("plugins", "Show which plugins are installed and what they offer")
        .with("list", "List the plugins and their state", "", PluginCommands::list)
        .with("show", "Show what a plugin offers", "NAME", PluginCommands::show);
  }

  private static ExitCode list(Given given, Workbench bench) {
    var plugins = bench.catalog().plugins();
    if (given.json()) {
      bench.data(Json.writeIndented(plugins.stream().map(PluginCommands::data).toList()));
      return ExitCode.DONE;
    }
    var rows = plugins.stream().map(PluginCommands::row).toList();
    bench.data(
        Columns.of(List.of("NAME", "FROM", "STATE", "TOOLS", "DESCRIPTION"), rows, bench.width()));
    return ExitCode.DONE;
  }

  private static ExitCode show(Given given, Workbench bench) {
    var name = given.word(0);
    var plugins = bench.catalog().plugins();
    var plugin =
        plugins.stream()
            .filter(it -> it.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new FuseException(
                        Kind.USAGE,
                        "there is no plugin '"
                            + name
                            + "'"
                            + Spelling.didYouMean(
                                name, plugins.stream().map(Plugin::name).toList()),
                        "fuse plugins list"));
    if (given.json()) {
      bench.data(Json.writeIndented(data(plugin)));
      return ExitCode.DONE;
    }
    switch (plugin) {
      case Plugin.Broken broken -> {
        bench.data(broken.name() + ": not used: " + broken.problem());
        bench.data("folder   " + broken.directory());
        bench.data("remedy   " + broken.hint());
      }
      case Plugin.Described described -> {
        var descriptor = described.descriptor();
        bench.data(descriptor.name() + ": " + descriptor.description());
        bench.data("version  " + descriptor.version());
        bench.data("folder   " + described.directory());
        bench.data("sha-256  " + descriptor.hash());
        bench.data("scenarios  " + String.join(", ", descriptor.scenarioFiles().keySet()));
        var rows =
            descriptor.tools().stream()
                .map(
                    spec ->
                        List.of(
                            spec.name(), ToolCommands.effects(spec.ceiling()), spec.description()))
                .toList();
        if (!rows.isEmpty()) {
          bench.data("");
          bench.data(Columns.of(List.of("TOOL", "MAX EFFECT", "DESCRIPTION"), rows, bench.width()));
        }
      }
    }
    return ExitCode.DONE;
  }

  private static List<String> row(Plugin plugin) {
    return switch (plugin) {
      case Plugin.Broken broken ->
          List.of(broken.name(), "", "broken", "", broken.problem() + "; " + broken.hint());
      case Plugin.Described described ->
          List.of(
              described.name(),
              described.builtin() ? "built-in" : "you",
              "ready",
              String.valueOf(described.descriptor().tools().size()),
              described.descriptor().description());
    };
  }

  private static Map<String, Object> data(Plugin plugin) {
    var data = new LinkedHashMap<String, Object>();
    data.put("name", plugin.name());
    data.put("directory", plugin.directory().toString());
    switch (plugin) {
      case Plugin.Broken broken -> {
        data.put("state", "broken");
        data.put("problem", broken.problem());
        data.put("hint", broken.hint());
      }
      case Plugin.Described described -> {
        var descriptor = described.descriptor();
        data.put("state", "ready");
        data.put("builtin", described.builtin());
        data.put("version", descriptor.version());
        data.put("description", descriptor.description());
        data.put("sha256", descriptor.hash());
        data.put("tools", descriptor.tools().stream().map(ToolSpec::name).toList());
        data.put("scenarios", List.copyOf(descriptor.scenarioFiles().keySet()));
      }
    }
    return data;
  }
}
