package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.invocation.Flags;
import dev.fuse.cli.json.FailureJson;
import dev.fuse.text.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads the command line and runs what it asks for. */
public final class Cli {

  /** Another name for scenarios. */
  private static final String ALIAS = "instructions";

  private static final Map<String, Supplier<Command>> COMMANDS = commands();

  private final String version;
  private final Function<Flags, Workbench> benches;

  /**
   * A command line.
   *
   * @param benches makes what commands work with, once the flags are known
   */
  public Cli(String version, Function<Flags, Workbench> benches) {
    this.version = version;
    this.benches = benches;
  }

  private static Map<String, Supplier<Command>> commands() {
    var commands = new LinkedHashMap<String, Supplier<Command>>();
    commands.put("tools", ToolCommands::command);
    commands.put("plugins", PluginCommands::command);
    commands.put("scenarios", ScenarioCommands::command);
    commands.put(ALIAS, ScenarioCommands::command);
    commands.put("sessions", SessionCommands::command);
    commands.put("undo", UndoCommand::command);
    commands.put("audit", AuditCommands::command);
    commands.put("config", ConfigCommands::command);
    commands.put("trust", TrustCommand::command);
    commands.put("doctor", DoctorCommand::command);
    return commands;
  }

  /**
   * Runs a command line.
   *
   * @throws FuseException for what the person can mend
   */
  public ExitCode run(String[] arguments) {
    var root = rootSpec();
    var words = Words.of(arguments, root);
    try {
      return run(root, words, arguments);
    } catch (FuseException e) {
      FailureJson.of(e, !words.names(COMMANDS.keySet()), List.of(arguments))
          .ifPresent(benches.apply(FlagSpecs.none())::data);
      throw e;
    }
  }

  private ExitCode run(CommandSpec root, Words words, String[] arguments) {
    if (words.names(COMMANDS.keySet())) {
      return command(words, arguments);
    }
    if (words.first().isPresent() && !words.isPrompt(root)) {
      var word = words.first().get();
      throw new FuseException(
          Kind.USAGE,
          "there is no command '" + word + "'" + Spelling.didYouMean(word, COMMANDS.keySet()),
          "a question has more than one word, or stands in quotes with a space; see fuse --help");
    }
    return prompt(root, arguments);
  }

  private ExitCode prompt(CommandSpec root, String[] arguments) {
    var line = new CommandLine(root);
    var parsed = parse(line, arguments);
    if (parsed.isUsageHelpRequested()) {
      var whole = rootSpec();
      COMMANDS.forEach(
          (name, command) -> {
            if (!name.equals(ALIAS)) {
              whole.addSubcommand(name, command.get().spec());
            }
          });
      return help(new CommandLine(whole), parsed);
    }
    var flags = flags(parsed);
    var bench = benches.apply(flags);
    if (parsed.matchedOptionValue("--version", false)) {
      bench.data("fuse " + version);
      return ExitCode.DONE;
    }
    var words = parsed.matchedPositionalValue(0, List.<String>of());
    var prompt = String.join(" ", words).strip();
    return bench.converse(flags, prompt.isEmpty() ? Optional.empty() : Optional.of(prompt));
  }

  private ExitCode command(Words words, String[] arguments) {
    var name = words.first().orElseThrow();
    var command = Objects.requireNonNull(COMMANDS.get(name)).get();
    var root = rootSpec();
    root.addSubcommand(name, command.spec());
    var line = new CommandLine(root);
    var whole = parse(line, arguments);
    var parsed = whole.subcommand();
    boolean below = parsed.hasSubcommand();
    var last = below ? parsed.subcommand() : parsed;
    if (last.isUsageHelpRequested()) {
      return help(last.commandSpec().commandLine(), last);
    }
    var handler = command.handlers().get(below ? last.commandSpec().name() : "");
    if (handler == null) {
      throw new FuseException(
          Kind.USAGE,
          "'fuse " + name + "' needs one of " + String.join(", ", command.handlers().keySet()),
          "see fuse " + name + " --help");
    }
    var flags = flags(whole);
    return handler.run(new Given(last, flags, wordsOf(last)), benches.apply(flags));
  }

  private ExitCode help(CommandLine line, ParseResult parsed) {
    var bench = benches.apply(FlagSpecs.plain(parsed));
    bench.data(line.getUsageMessage(Ansi.OFF).stripTrailing());
    return ExitCode.DONE;
  }

  private static ParseResult parse(CommandLine line, String[] arguments) {
    line.setUsageHelpWidth(100);
    try {
      return line.parseArgs(arguments);
    } catch (ParameterException e) {
      throw usage(e);
    }
  }

  private static Flags flags(ParseResult parsed) {
    try {
      return FlagSpecs.read(parsed);
    } catch (ParameterException e) {
      throw usage(e);
    }
  }

  /** In the words of the rest: what, the nearest flag, where to read on. */
  private static FuseException usage(ParameterException e) {
    var spec = e.getCommandLine().getCommandSpec();
    var message = String.valueOf(e.getMessage());
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      var word = unmatched.getUnmatched().getFirst();
      var known =
          new ArrayList<>(
              word.startsWith("-") ? spec.optionsMap().keySet() : spec.subcommands().keySet());
      var kind =
          word.startsWith("-") ? "option" : spec.subcommands().isEmpty() ? "argument" : "command";
      message = "unknown " + kind + " '" + word + "'" + Spelling.didYouMean(word, known);
    }
    return new FuseException(Kind.USAGE, message, "see " + spec.qualifiedName() + " --help");
  }

  private static List<String> wordsOf(ParseResult parsed) {
    var words = new ArrayList<String>();
    for (var positional : parsed.matchedPositionals()) {
      words.addAll(positional.stringValues());
    }
    return words;
  }

  private static CommandSpec rootSpec() {
    var root = CommandSpec.create().name("fuse");
    root.usageMessage()
        .description("A terminal copilot for DevOps, SRE and platform engineers.", "")
        .customSynopsis("fuse [FLAGS] 'QUESTION'", "fuse [FLAGS] COMMAND", "fuse")
        .footer(
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 needed a confirmation, 4 credentials,",
            "5 denied, 6 a limit was reached, 7 configuration invalid, 70 a bug, 130 interrupted.");
    FlagSpecs.addAll(root).addOption(FlagSpecs.flag("Print the version", "--version", "-V"));
    root.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("QUESTION")
            .index("0..*")
            .arity("0..*")
            .hidden(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
    return root;
  }
}
