package dev.fuse.cli.command;

import dev.fuse.cli.invocation.Flags;
import dev.fuse.cli.invocation.Flags.Output;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The shared flags for picocli, written as data: reading annotations costs 60 ms at each start. */
final class FlagSpecs {

  private FlagSpecs() {}

  /** Adds every flag of a prompt. */
  static CommandSpec addAll(CommandSpec spec) {
    addOutput(spec);
    addLook(spec);
    addPins(spec);
    return spec.addOption(value("[PROVIDER:]NAME", "The model to ask", "-m", "--model"))
        .addOption(value("NAME", "Use this scenario, or none", "--scenario"))
        .addOption(flag("Read only: nothing that changes anything is offered", "--plan"))
        .addOption(many("RULE", "Let calls through that this rule covers", "--allow"))
        .addOption(flag("Go on with the last conversation here", "-c", "--continue"))
        .addOption(value("ID", "Go on with that conversation", "-r", "--resume"))
        .addOption(flag("Keep nothing of this conversation", "--no-session"))
        .addOption(whole("N", "Ask the model at most N times", "--max-turns"))
        .addOption(whole("N", "Let an answer have at most N tokens", "--max-tokens"))
        .addOption(value("DURATION", "End after this time, such as 90s or 5m", "--timeout"))
        .addOption(
            many("PARAM=SOURCE", "Where a secret comes from: env:NAME, file:PATH", "--secret"))
        .addOption(flag("Go on chatting after the answer", "-i", "--interactive"));
  }

  static CommandSpec addOutput(CommandSpec spec) {
    return spec.addOption(value("FORMAT", "text, json or stream-json", "-o", "--output"));
  }

  static CommandSpec addLook(CommandSpec spec) {
    return spec.addOption(flag("Print the answer and nothing else", "-q", "--quiet"))
        .addOption(flag("Show arguments, results and usage", "-v", "--verbose"))
        .addOption(flag("Trace what is done, and show where a bug in Fuse is", "--debug"))
        .addOption(flag("Never ask; fail and name the flag instead", "--no-input"))
        .addOption(flag("Answer yes to Fuse's own questions, never to a call", "-y", "--yes"))
        .addOption(flag("No spinner and no drawn lines", "--accessible"))
        .addOption(value("WHEN", "auto, always or never", "--color"))
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help")
                .build());
  }

  static CommandSpec addPins(CommandSpec spec) {
    return spec.addOption(value("CONTEXT", "Pin the kube context", "--context"))
        .addOption(value("NAMESPACE", "Pin the namespace", "-n", "--namespace"))
        .addOption(value("PROJECT", "Pin the Google Cloud project", "--project"));
  }

  /**
   * The flags of a parsed command line, wherever in it they stand.
   *
   * @throws ParameterException if a value is none of those that its flag takes
   */
  static Flags read(ParseResult parsed) {
    var pins = new LinkedHashMap<String, String>();
    for (var pin : List.of("context", "namespace", "project")) {
      string(parsed, "--" + pin).ifPresent(value -> pins.put(pin, value));
    }
    return new Flags(
        string(parsed, "--model"),
        string(parsed, "--scenario").orElse(""),
        is(parsed, "--plan"),
        strings(parsed, "--allow"),
        is(parsed, "--continue"),
        string(parsed, "--resume"),
        is(parsed, "--no-session"),
        output(parsed),
        whole(parsed, "--max-turns"),
        whole(parsed, "--max-tokens"),
        string(parsed, "--timeout").map(text -> duration(parsed, text)),
        pins,
        strings(parsed, "--secret"),
        is(parsed, "--interactive"),
        new Flags.Look(
            is(parsed, "--quiet"),
            is(parsed, "--verbose"),
            is(parsed, "--debug"),
            is(parsed, "--no-input"),
            is(parsed, "--yes"),
            is(parsed, "--accessible"),
            color(parsed)));
  }

  /** The flags that help needs. */
  static Flags plain(ParseResult parsed) {
    return bare(is(parsed, "--debug"));
  }

  /** No flags, where they cannot be read. */
  static Flags none() {
    return bare(false);
  }

  private static Flags bare(boolean debug) {
    return new Flags(
        Optional.empty(),
        "",
        false,
        List.of(),
        false,
        Optional.empty(),
        false,
        Output.TEXT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        false,
        new Flags.Look(false, false, debug, true, false, false, Optional.empty()));
  }

  static OptionSpec flag(String description, String name, String... names) {
    return builder(name, names).description(description).type(boolean.class).build();
  }

  static OptionSpec value(String label, String description, String name, String... names) {
    return builder(name, names)
        .paramLabel(label)
        .description(description)
        .type(String.class)
        .arity("1")
        .build();
  }

  private static OptionSpec many(String label, String description, String name) {
    return builder(name)
        .paramLabel(label)
        .description(description + " (repeatable)")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .build();
  }

  static OptionSpec whole(String label, String description, String name) {
    return builder(name)
        .paramLabel(label)
        .description(description)
        .type(Integer.class)
        .arity("1")
        .converters(FlagSpecs::positive)
        .build();
  }

  private static OptionSpec.Builder builder(String name, String... names) {
    var all = new String[names.length + 1];
    all[0] = name;
    System.arraycopy(names, 0, all, 1, names.length);
    return OptionSpec.builder(all);
  }

  private static Integer positive(String text) {
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new TypeConversionException("'" + text + "' is no whole number above 0");
    }
    return Integer.valueOf(text);
  }

  private static boolean is(ParseResult parsed, String name) {
    return owner(parsed, name).matchedOptionValue(name, false);
  }

  /** The innermost command that was given this flag. */
  private static ParseResult owner(ParseResult parsed, String name) {
    var owner = parsed;
    for (var at = parsed; at != null; at = at.subcommand()) {
      owner = at.hasMatchedOption(name) ? at : owner;
    }
    return owner;
  }

  private static Optional<String> string(ParseResult parsed, String name) {
    return Optional.ofNullable(owner(parsed, name).matchedOptionValue(name, (String) null));
  }

  private static Optional<Integer> whole(ParseResult parsed, String name) {
    return Optional.ofNullable(owner(parsed, name).matchedOptionValue(name, (Integer) null));
  }

  private static List<String> strings(ParseResult parsed, String name) {
    return owner(parsed, name).matchedOptionValue(name, List.of());
  }

  private static Output output(ParseResult parsed) {
    var text = string(parsed, "--output").orElse("text");
    return switch (text) {
      case "text" -> Output.TEXT;
      case "json" -> Output.JSON;
      case "stream-json" -> Output.STREAM_JSON;
      default -> throw wrong(parsed, "--output", text, "text, json, stream-json");
    };
  }

  private static Optional<String> color(ParseResult parsed) {
    var color = string(parsed, "--color");
    if (color.isPresent() && !List.of("auto", "always", "never").contains(color.get())) {
      throw wrong(parsed, "--color", color.get(), "auto, always, never");
    }
    return color;
  }

  private static Duration duration(ParseResult parsed, String text) {
    var matcher =
        java.util.regex.Pattern.compile("([1-9]\\d{0,6})(ms|s|m|h)")
            .matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(parsed, "--timeout", text, "a number with ms, s, m or h, such as 90s");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private static ParameterException wrong(
      ParseResult parsed, String flag, String value, String allowed) {
    return new ParameterException(
        parsed.commandSpec().commandLine(), flag + " is '" + value + "'; it takes " + allowed);
  }
}
