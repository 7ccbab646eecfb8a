package dev.fuse.cli.command;

import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.invocation.Flags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command with what it does, or with commands below it.
 *
 * @param spec for picocli
 * @param handlers what each command below does, by name; the empty name is this one itself
 */
record Command(CommandSpec spec, Map<String, Handler> handlers) {

  /** What a command does. */
  @FunctionalInterface
  interface Handler {
    ExitCode run(Given given, Workbench bench);
  }

  /**
   * A parsed command line.
   *
   * @param flags the shared ones
   * @param words those that are no flags
   */
  record Given(ParseResult parsed, Flags flags, List<String> words) {
    String word(int index) {
      return words.get(index);
    }

    boolean json() {
      return flags.output() != Flags.Output.TEXT;
    }
  }

  /** A command that does something. */
  static Command leaf(String name, String description, String words, Handler handler) {
    return new Command(leafSpec(name, description, words), Map.of("", handler));
  }

  /** A command that only groups others. */
  static Command group(String name, String description) {
    var spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    FlagSpecs.addLook(spec);
    return new Command(spec, new LinkedHashMap<>());
  }

  /**
   * Puts a command below this one.
   *
   * @param words what it takes: {@code NAME}, {@code [NAME]} or {@code NAME KEY=VALUE...}; may be
   *     empty
   */
  Command with(String name, String description, String words, Handler handler) {
    spec.addSubcommand(name, leafSpec(name, description, words));
    handlers.put(name, handler);
    return this;
  }

  /** Gives a command below this one an option of its own. */
  Command option(String name, OptionSpec option) {
    Objects.requireNonNull(spec.subcommands().get(name)).getCommandSpec().addOption(option);
    return this;
  }

  private static CommandSpec leafSpec(String name, String description, String words) {
    var spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    FlagSpecs.addAll(spec);
    int index = 0;
    for (var word : words.isEmpty() ? List.<String>of() : List.of(words.split(" "))) {
      boolean optional = word.startsWith("[");
      boolean many = word.replace("]", "").endsWith("...");
      spec.addPositional(
          PositionalParamSpec.builder()
              .paramLabel(word.replaceAll("[\\[\\]]|\\.\\.\\.", ""))
              .index(many ? index + "..*" : String.valueOf(index))
              .arity(many ? (optional ? "0..*" : "1..*") : (optional ? "0..1" : "1"))
              .type(many ? List.class : String.class)
              .auxiliaryTypes(String.class)
              .build());
      index++;
    }
    return spec;
  }
}
