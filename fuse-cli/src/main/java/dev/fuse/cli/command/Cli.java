package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Given;
import dev.fuse.cli.command.Command.Leaf;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.cli.invocation.Flags;
import dev.fuse.cli.json.FailureJson;
import dev.fuse.cli.json.Json;
import dev.fuse.text.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads the command line and runs what it asks for. */
public final class Cli {

  private static final String HELP = "help";
  private static final String VERSION = "version";

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

  /**
   * Runs a command line.
   *
   * @throws FuseException for what the person can mend
   */
  public ExitCode run(String[] given) {
    var arguments = Words.complete(given);
    var words = Words.of(arguments);
    boolean prompt = words.question() || words.first().filter(this::command).isEmpty();
    try {
      return run(words, arguments);
    } catch (FuseException e) {
      FailureJson.of(e, prompt, arguments)
          .ifPresent(text -> benches.apply(FlagSpecs.none()).data(text));
      throw e;
    }
  }

  private boolean command(String word) {
    return Commands.all().containsKey(word) || word.equals(HELP) || word.equals(VERSION);
  }

  private ExitCode run(Words words, List<String> arguments) {
    if (words.first().isEmpty() || words.question()) {
      return prompt(words, arguments);
    }
    var word = words.first().get();
    if (command(word)) {
      return command(word, arguments);
    }
    if (word.chars().noneMatch(Character::isWhitespace) && !word.isEmpty()) {
      noCommand(word);
    }
    return prompt(words, arguments);
  }

  /** A word that is or nearly is a command is no question. */
  private void noCommand(String word) {
    var built = new ArrayList<>(Commands.all().keySet());
    built.addAll(List.of(HELP, VERSION));
    if (CommandNames.planned(word, built)) {
      throw new FuseException(
          Kind.USAGE, "'fuse " + word + "' is not in this version of Fuse", "see fuse --help");
    }
    CommandNames.near(word, built)
        .ifPresent(
            near -> {
              throw new FuseException(
                  Kind.USAGE,
                  "there is no command '" + word + "'; did you mean '" + near + "'?",
                  "to ask a question that begins with this word, put it all in quotes");
            });
  }

  private ExitCode prompt(Words words, List<String> arguments) {
    var root = spec("fuse");
    addWords(root);
    var parsed = parse(new CommandLine(root), arguments);
    if (parsed.isUsageHelpRequested()) {
      return help(HelpText.root(), parsed);
    }
    unused("fuse 'QUESTION'", parsed, Flag.PROMPT);
    var said = parsed.matchedPositionalValue(0, List.<String>of());
    var text = String.join(" ", said).strip();
    if (!said.isEmpty() && text.isEmpty()) {
      throw new FuseException(
          Kind.USAGE, "the question is empty", "write one: fuse 'why is checkout crashing?'");
    }
    var flags = flags(parsed);
    var bench = benches.apply(flags);
    if (FlagSpecs.is(parsed, Flag.VERSION)) {
      return version(bench, flags);
    }
    bench.checkSurroundings();
    boolean oneWord = words.count() == 1 && !text.contains(" ") && !text.equals("-");
    if (oneWord && !words.question() && !bench.hasInput()) {
      throw new FuseException(
          Kind.USAGE,
          "there is no command '" + text + "'",
          "to ask a question, put it in quotes and use more than one word; see fuse --help");
    }
    return bench.converse(
        flags, text.isEmpty() || text.equals("-") ? Optional.empty() : Optional.of(text));
  }

  private ExitCode command(String name, List<String> arguments) {
    var root = spec("fuse");
    if (name.equals(HELP) || name.equals(VERSION)) {
      var below = spec(name);
      addWords(below);
      root.addSubcommand(name, below);
      return told(name, parse(new CommandLine(root), arguments));
    }
    var command = Objects.requireNonNull(Commands.all().get(name)).get();
    root.addSubcommand(name, spec(command));
    var whole = parse(new CommandLine(root), arguments);
    var parsed = whole.subcommand();
    var last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    var below = parsed.hasSubcommand() ? last.commandSpec().name() : "";
    var leaf = command.leaves().get(below);
    if (last.isUsageHelpRequested()) {
      return help(leaf == null ? HelpText.of(name, command) : HelpText.of(name, leaf), last);
    }
    if (leaf == null) {
      throw new FuseException(
          Kind.USAGE,
          "'fuse " + name + "' needs one of " + command.names(),
          "see fuse " + name + " --help");
    }
    var full = ("fuse " + name + " " + below).strip();
    unused(full, whole, leaf.allFlags());
    var words = wordsOf(last);
    counted(full, leaf, words);
    var flags = flags(whole);
    var bench = benches.apply(flags);
    bench.checkSurroundings();
    return leaf.handler().run(new Given(whole, flags, words), bench);
  }

  /** What is asked about Fuse itself. */
  private ExitCode told(String name, ParseResult whole) {
    var words = wordsOf(whole.subcommand());
    if (name.equals(VERSION)) {
      unused("fuse version", whole, Flag.COMMON);
      counted("fuse version", Leaf.of("version", ""), words);
      var flags = flags(whole);
      return version(benches.apply(flags), flags);
    }
    var allowed = EnumSet.copyOf(Flag.COMMON);
    allowed.add(Flag.ROFF);
    unused("fuse help", whole, allowed);
    return help(
        FlagSpecs.is(whole, Flag.ROFF) ? ManPage.text(version) : HelpText.about(words), whole);
  }

  private ExitCode version(Workbench bench, Flags flags) {
    bench.data(
        flags.output() == Flags.Output.TEXT
            ? "fuse " + version
            : Json.writeIndented(Map.of("version", version)));
    return ExitCode.DONE;
  }

  private ExitCode help(String text, ParseResult parsed) {
    benches.apply(FlagSpecs.plain(parsed)).data(text.stripTrailing());
    return ExitCode.DONE;
  }

  private static void unused(String command, ParseResult whole, Set<Flag> used) {
    for (var flag : FlagSpecs.given(whole)) {
      if (!used.contains(flag)) {
        throw new FuseException(
            Kind.USAGE,
            "'" + command + "' does not use " + flag.longName(),
            "see " + command.replaceFirst(" 'QUESTION'", "") + " --help");
      }
    }
  }

  private static void counted(String command, Leaf leaf, List<String> words) {
    var takes = leaf.takes();
    if (words.size() < leaf.fewest()) {
      var missing = takes.get(words.size()).replaceAll("\\.\\.\\.|[\\[\\]]", "");
      var article = missing.matches("[AEIOU].*") ? "an " : "a ";
      throw new FuseException(
          Kind.USAGE, "'" + command + "' needs " + article + missing, "see " + command + " --help");
    }
    if (words.size() > leaf.most()) {
      var one = words.get(leaf.most());
      throw new FuseException(
          Kind.USAGE,
          leaf.most() == 0
              ? "'" + command + "' takes no argument, got '" + one + "'"
              : "'" + command + "' takes " + leaf.words() + "; '" + one + "' is one too many",
          "see " + command + " --help");
    }
  }

  private static ParseResult parse(CommandLine line, List<String> arguments) {
    try {
      return line.parseArgs(arguments.toArray(String[]::new));
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
    var name = spec.qualifiedName();
    var message = String.valueOf(e.getMessage());
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      message = unknown(unmatched.getUnmatched().getFirst(), spec);
    } else if (e instanceof CommandLine.MissingParameterException missing) {
      message =
          missing.getMissing().stream()
              .findFirst()
              .map(it -> String.valueOf(it).replaceFirst("^.*?(--?[a-z-]+).*$", "$1"))
              .map(flag -> flag + " needs a value")
              .orElse(message);
    }
    return new FuseException(Kind.USAGE, message, "see " + name + " --help");
  }

  private static String unknown(String word, CommandSpec spec) {
    boolean option = word.startsWith("-");
    var bare = word.replaceFirst("=.*$", "");
    if (CommandNames.plannedBelow(option ? "" : spec.name(), bare)) {
      var what = option ? bare : spec.qualifiedName() + " " + bare;
      return "'" + what + "' is not in this version of Fuse";
    }
    var known =
        option
            ? Arrays.stream(Flag.values()).flatMap(flag -> flag.names().stream()).toList()
            : List.copyOf(spec.subcommands().keySet());
    return "unknown "
        + (option ? "flag" : "command")
        + " '"
        + bare
        + "'"
        + Spelling.didYouMean(bare, known);
  }

  private static List<String> wordsOf(ParseResult parsed) {
    var words = new ArrayList<String>();
    for (var positional : parsed.matchedPositionals()) {
      words.addAll(positional.stringValues());
    }
    return words;
  }

  private static CommandSpec spec(Command command) {
    var spec = spec(command.name());
    if (!command.groups()) {
      addWords(spec);
    }
    command
        .leaves()
        .keySet()
        .forEach(
            below -> {
              if (!below.isEmpty()) {
                var one = spec(below);
                addWords(one);
                spec.addSubcommand(below, one);
              }
            });
    return spec;
  }

  private static CommandSpec spec(String name) {
    return FlagSpecs.addAll(CommandSpec.create().name(name));
  }

  private static void addWords(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("WORDS")
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
  }
}
