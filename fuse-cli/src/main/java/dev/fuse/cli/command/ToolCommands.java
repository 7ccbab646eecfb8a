package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.json.CallData;
import dev.fuse.cli.json.Json;
import dev.fuse.spi.Ceiling;
import dev.fuse.spi.Schema;
import dev.fuse.spi.ToolSpec;
import dev.fuse.text.Spelling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code fuse tools}: what the model has, for a person to read and to use. */
final class ToolCommands {

  private ToolCommands() {}

  static Command command() {
    return Command.group("tools", "List, describe and run the tools that the model has")
        .with("list", "List the tools by plugin", "", ToolCommands::list)
        .with("show", "Show a tool's arguments and effects", "NAME", ToolCommands::show)
        .with(
            "run",
            "Run a tool; what would ask for the model asks here too",
            "NAME [KEY=VALUE...]",
            ToolCommands::run)
        .calls("run")
        .examples(
            "run",
            "fuse tools run fs_read path=notes.md",
            "fuse tools run k8s_list kind=pods -n payments -o json");
  }

  private static ExitCode list(Given given, Workbench bench) {
    var specs = bench.catalog().specs();
    if (given.json()) {
      bench.data(Json.writeIndented(specs.stream().map(spec -> data(spec, bench)).toList()));
      return ExitCode.DONE;
    }
    bench.page(listed(specs, bench));
    return ExitCode.DONE;
  }

  /** One heading for each plugin, its tools below. */
  private static String listed(List<ToolSpec> specs, Workbench bench) {
    var groups = new LinkedHashMap<String, List<List<String>>>();
    specs.forEach(
        spec ->
            groups
                .computeIfAbsent(owner(spec, bench), _ -> new ArrayList<>())
                .add(List.of("  " + spec.name(), effects(spec.ceiling()), spec.description())));
    var header = List.of("  NAME", "MAX EFFECT", "DESCRIPTION");
    return groups.entrySet().stream()
        .map(group -> group.getKey() + "\n" + Columns.of(header, group.getValue(), bench.width()))
        .collect(Collectors.joining("\n\n"));
  }

  private static ExitCode show(Given given, Workbench bench) {
    var spec = find(given.word(0), bench);
    if (given.json()) {
      bench.data(Json.writeIndented(data(spec, bench)));
      return ExitCode.DONE;
    }
    bench.data(spec.name() + ": " + spec.description());
    bench.data("plugin   " + owner(spec, bench));
    bench.data("effects  " + effects(spec.ceiling()));
    var required = spec.parameters().required();
    var rows =
        spec.parameters().properties().entrySet().stream()
            .map(
                entry ->
                    List.of(
                        entry.getKey() + (required.contains(entry.getKey()) ? "" : "?"),
                        String.valueOf(entry.getValue().getOrDefault("type", "")),
                        describe(entry.getValue())))
            .toList();
    if (!rows.isEmpty()) {
      bench.data("");
      bench.data(Columns.of(List.of("ARGUMENT", "TYPE", "DESCRIPTION"), rows, bench.width()));
    }
    return ExitCode.DONE;
  }

  private static ExitCode run(Given given, Workbench bench) {
    var spec = find(given.word(0), bench);
    var arguments = arguments(spec, given.words().subList(1, given.words().size()));
    var call = bench.call(given.flags(), spec.name(), arguments);
    if (given.json()) {
      bench.data(Json.writeIndented(CallData.of(call)));
    }
    if (call.ok()) {
      if (!given.json()) {
        bench.data(unfenced(call.text()));
      }
      return ExitCode.DONE;
    }
    return CallOutcome.tell(call, bench);
  }

  /**
   * {@code key=value}: JSON where the schema wants a list, an object or a number, text elsewhere.
   */
  static Map<String, Object> arguments(ToolSpec spec, List<String> words) {
    var arguments = new LinkedHashMap<String, Object>();
    for (var word : words) {
      int sign = word.indexOf('=');
      if (sign < 1) {
        throw new FuseException(
            Kind.USAGE,
            "'" + word + "' is not an argument",
            "write key=value; fuse tools show " + spec.name() + " lists the keys");
      }
      var key = word.substring(0, sign);
      var property = spec.parameters().find(key);
      if (property.isEmpty()) {
        var keys = spec.parameters().properties().keySet();
        throw new FuseException(
            Kind.USAGE,
            spec.name() + " has no argument '" + key + "'" + Spelling.didYouMean(key, keys),
            "arguments are " + String.join(", ", keys));
      }
      arguments.put(key, value(key, property.get(), word.substring(sign + 1)));
    }
    return arguments;
  }

  private static Object value(String key, Schema schema, String text) {
    var type = String.valueOf(schema.json().get("type"));
    boolean json = type.equals("object") || (type.equals("array") && text.startsWith("["));
    if (!json) {
      return text;
    }
    try {
      var value = Json.read(text);
      return value == null ? text : value;
    } catch (IOException e) {
      throw new FuseException(
          Kind.USAGE, "'" + key + "' is '" + text + "', which is not JSON", "its type is " + type);
    }
  }

  static ToolSpec find(String name, Workbench bench) {
    var specs = bench.catalog().specs();
    return specs.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new FuseException(
                    Kind.USAGE,
                    "there is no tool '"
                        + name
                        + "'"
                        + Spelling.didYouMean(name, specs.stream().map(ToolSpec::name).toList()),
                    "fuse tools list"));
  }

  private static String owner(ToolSpec spec, Workbench bench) {
    return bench.catalog().owner(spec.name()).map(plugin -> plugin.name()).orElse("");
  }

  private static Map<String, Object> data(ToolSpec spec, Workbench bench) {
    var data = new LinkedHashMap<String, Object>();
    data.put("name", spec.name());
    data.put("description", spec.description());
    data.put("plugin", owner(spec, bench));
    data.put("reading", spec.reading());
    data.put("verbs", spec.ceiling().verbs().stream().map(Enum::name).sorted().toList());
    data.put("systems", spec.ceiling().systems().stream().sorted().toList());
    data.put("risk", spec.ceiling().risk().name());
    data.put("leavesMachine", spec.ceiling().leavesMachine());
    data.put("parameters", spec.parameters().json());
    return data;
  }

  static String effects(Ceiling ceiling) {
    var verbs =
        ceiling.verbs().stream()
            .sorted()
            .map(verb -> verb.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.joining(","));
    return verbs + (ceiling.reading() ? "" : " " + ceiling.risk());
  }

  private static String describe(Map<String, Object> schema) {
    var text = new StringBuilder(String.valueOf(schema.getOrDefault("description", "")));
    if (schema.get("enum") instanceof List<?> values) {
      text.append(" (")
          .append(values.stream().map(String::valueOf).collect(Collectors.joining(", ")))
          .append(")");
    }
    if (schema.get("default") != null) {
      text.append(" [").append(schema.get("default")).append("]");
    }
    return text.toString();
  }

  /** The text as the tool gave it; the fence is for models. */
  private static String unfenced(String text) {
    var inside = text.replaceFirst("\\A<data [^\\n]*>\\n", "");
    return inside.length() == text.length() ? text : inside.replaceFirst("\\n</data>\\z", "");
  }
}
