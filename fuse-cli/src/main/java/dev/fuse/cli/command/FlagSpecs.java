package dev.fuse.cli.command;

import dev.fuse.cli.invocation.Flags;
import dev.fuse.cli.invocation.Flags.Output;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The flags for picocli, written as data: reading annotations costs 60 ms at each start. */
final class FlagSpecs {

  private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,6})(ms|s|m|h|d)");
  private static final List<String> PROVIDERS = List.of("openai");

  private FlagSpecs() {}

  /** Adds every flag, so that one in the wrong place can be named. */
  static CommandSpec addAll(CommandSpec spec) {
    Stream.of(Flag.values()).forEach(flag -> spec.addOption(spec(flag)));
    return spec;
  }

  private static OptionSpec spec(Flag flag) {
    var builder = OptionSpec.builder(flag.names().toArray(String[]::new));
    switch (flag.form()) {
      case SWITCH -> builder.type(boolean.class);
      case TEXT, COUNT -> builder.type(String.class).arity(flag == Flag.RESUME ? "0..1" : "1");
      case MANY -> builder.type(List.class).auxiliaryTypes(String.class).arity("1");
    }
    if (flag == Flag.RESUME) {
      builder.fallbackValue("");
    }
    return builder.paramLabel(flag.label()).usageHelp(flag == Flag.HELP).build();
  }

  /**
   * The flags that were given, wherever in the line they stand.
   *
   * @throws ParameterException if a flag is none of those that are used here
   */
  static Set<Flag> given(ParseResult parsed) {
    var given = EnumSet.noneOf(Flag.class);
    for (var at = parsed; at != null; at = at.subcommand()) {
      for (var flag : Flag.values()) {
        if (at.hasMatchedOption(flag.longName())) {
          given.add(flag);
        }
      }
    }
    return given;
  }

  /**
   * The flags of a parsed command line.
   *
   * @throws ParameterException if a value is none of those that its flag takes
   */
  static Flags read(ParseResult parsed) {
    var pins = new LinkedHashMap<String, String>();
    for (var pin : List.of(Flag.CONTEXT, Flag.NAMESPACE, Flag.PROJECT)) {
      text(parsed, pin)
          .ifPresent(
              value -> {
                if (value.isBlank() || value.contains(" ")) {
                  throw wrong(parsed, pin, value, "a name");
                }
                pins.put(pin.longName().substring(2), value);
              });
    }
    return new Flags(
        text(parsed, Flag.MODEL).map(name -> model(parsed, name)),
        text(parsed, Flag.SCENARIO).orElse(""),
        is(parsed, Flag.PLAN),
        texts(parsed, Flag.ALLOW),
        is(parsed, Flag.CONTINUE),
        text(parsed, Flag.RESUME),
        is(parsed, Flag.NO_SESSION),
        output(parsed),
        count(parsed, Flag.MAX_TURNS),
        count(parsed, Flag.MAX_TOKENS),
        text(parsed, Flag.TIMEOUT).map(text -> duration(parsed, text)),
        pins,
        texts(parsed, Flag.SECRET).stream().map(secret -> secret(parsed, secret)).toList(),
        is(parsed, Flag.INTERACTIVE),
        new Flags.Files(text(parsed, Flag.PLAN_OUT), text(parsed, Flag.OUTPUT_SCHEMA)),
        look(parsed));
  }

  private static Flags.Look look(ParseResult parsed) {
    return new Flags.Look(
        is(parsed, Flag.QUIET),
        is(parsed, Flag.VERBOSE),
        is(parsed, Flag.DEBUG),
        is(parsed, Flag.NO_INPUT),
        is(parsed, Flag.YES),
        is(parsed, Flag.ACCESSIBLE),
        color(parsed));
  }

  /** The flags that help needs. */
  static Flags plain(ParseResult parsed) {
    return bare(is(parsed, Flag.DEBUG));
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
        new Flags.Files(Optional.empty(), Optional.empty()),
        new Flags.Look(false, false, debug, true, false, false, Optional.empty()));
  }

  static boolean is(ParseResult parsed, Flag flag) {
    return owner(parsed, flag).matchedOptionValue(flag.longName(), false);
  }

  static Optional<String> text(ParseResult parsed, Flag flag) {
    return Optional.ofNullable(
        owner(parsed, flag).matchedOptionValue(flag.longName(), (String) null));
  }

  static List<String> texts(ParseResult parsed, Flag flag) {
    return owner(parsed, flag).matchedOptionValue(flag.longName(), List.of());
  }

  static Optional<Integer> count(ParseResult parsed, Flag flag) {
    return text(parsed, flag)
        .map(
            text -> {
              if (!text.matches("[1-9]\\d{0,8}")) {
                throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    flag.longName() + " must be a positive whole number, got '" + text + "'");
              }
              return Integer.valueOf(text);
            });
  }

  /** The innermost command that was given this flag. */
  private static ParseResult owner(ParseResult parsed, Flag flag) {
    var owner = parsed;
    for (var at = parsed; at != null; at = at.subcommand()) {
      owner = at.hasMatchedOption(flag.longName()) ? at : owner;
    }
    return owner;
  }

  private static String model(ParseResult parsed, String name) {
    int colon = name.indexOf(':');
    if (colon >= 0 && !PROVIDERS.contains(name.substring(0, colon))) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(),
          "unknown model provider '%s' in '%s'; providers are %s (for a model whose own name has a colon, write openai:%s)"
              .formatted(name.substring(0, colon), name, String.join(", ", PROVIDERS), name));
    }
    if (name.isBlank() || colon == name.length() - 1) {
      throw wrong(parsed, Flag.MODEL, name, "[PROVIDER:]NAME");
    }
    return name;
  }

  private static String secret(ParseResult parsed, String text) {
    if (!text.matches("(?s)[A-Za-z0-9_.-]+=(env|file):.+")) {
      throw wrong(parsed, Flag.SECRET, text, "PARAM=env:NAME or PARAM=file:PATH");
    }
    return text;
  }

  private static Output output(ParseResult parsed) {
    var text = text(parsed, Flag.OUTPUT).orElse("text");
    return switch (text) {
      case "text" -> Output.TEXT;
      case "json" -> Output.JSON;
      case "stream-json" -> Output.STREAM_JSON;
      default -> throw wrong(parsed, Flag.OUTPUT, text, "text, json or stream-json");
    };
  }

  private static Optional<String> color(ParseResult parsed) {
    var color = text(parsed, Flag.COLOR);
    color
        .filter(when -> !when.matches("auto|always|never"))
        .ifPresent(
            when -> {
              throw wrong(parsed, Flag.COLOR, when, "auto, always or never");
            });
    return color;
  }

  private static Duration duration(ParseResult parsed, String text) {
    return duration(text)
        .orElseThrow(
            () -> wrong(parsed, Flag.TIMEOUT, text, "a number with ms, s, m or h, such as 90s"));
  }

  /** A time span such as {@code 90s} or {@code 30d}; empty if the text is none. */
  static Optional<Duration> duration(String text) {
    var matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  private static ParameterException wrong(
      ParseResult parsed, Flag flag, String value, String allowed) {
    return new ParameterException(
        parsed.commandSpec().commandLine(),
        flag.longName() + " is '" + value + "'; it takes " + allowed);
  }
}
