package dev.fuse.cli.command;

import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.invocation.Flags;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/**
 * A command with what it does, or with commands below it.
 *
 * @param leaves what can be run, by name; the empty name is this command itself
 */
record Command(String name, String description, Map<String, Leaf> leaves) {

  /** What a command does. */
  @FunctionalInterface
  interface Handler {
    ExitCode run(Given given, Workbench bench);
  }

  /**
   * Something that can be run.
   *
   * @param words what it takes: {@code NAME}, {@code [NAME]} or {@code NAME KEY=VALUE...}; may be
   *     empty
   * @param flags those that it uses beside the common ones
   */
  record Leaf(
      String name,
      String description,
      String words,
      Set<Flag> flags,
      List<String> examples,
      Handler handler) {

    static Leaf of(String name, String words) {
      return new Leaf(name, "", words, Set.of(), List.of(), (_, _) -> ExitCode.DONE);
    }

    List<String> takes() {
      return words.isEmpty() ? List.of() : List.of(words.split(" "));
    }

    /** How many words it needs at least. */
    int fewest() {
      return (int) takes().stream().filter(word -> !word.startsWith("[")).count();
    }

    /** How many words it takes at most. */
    int most() {
      boolean open = takes().stream().anyMatch(word -> word.contains("..."));
      return open ? Integer.MAX_VALUE : takes().size();
    }

    Set<Flag> allFlags() {
      var all = EnumSet.copyOf(Flag.COMMON);
      all.addAll(flags);
      return all;
    }
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

    /** The word there, if it was given. */
    Optional<String> find(int index) {
      return index < words.size() ? Optional.of(words.get(index)) : Optional.empty();
    }

    boolean json() {
      return flags.output() != Flags.Output.TEXT;
    }

    boolean is(Flag flag) {
      return FlagSpecs.is(parsed, flag);
    }

    Optional<String> text(Flag flag) {
      return FlagSpecs.text(parsed, flag);
    }

    List<String> texts(Flag flag) {
      return FlagSpecs.texts(parsed, flag);
    }

    int count(Flag flag, int otherwise) {
      return FlagSpecs.count(parsed, flag).orElse(otherwise);
    }
  }

  /** A command that does something. */
  static Command leaf(String name, String description, String words, Handler handler) {
    return new Command(name, description, new LinkedHashMap<>())
        .with("", description, words, handler);
  }

  /** A command that only groups others. */
  static Command group(String name, String description) {
    return new Command(name, description, new LinkedHashMap<>());
  }

  /** Puts a command below this one. */
  Command with(String name, String description, String words, Handler handler) {
    leaves.put(name, new Leaf(name, description, words, Set.of(), List.of(), handler));
    return this;
  }

  /** The flags that one below uses. */
  Command uses(String name, Flag... flags) {
    leaves.computeIfPresent(
        name,
        (_, it) ->
            new Leaf(it.name, it.description, it.words, Set.of(flags), it.examples, it.handler));
    return this;
  }

  /** The flags of one that makes calls, and these. */
  Command calls(String name, Flag... flags) {
    var all = EnumSet.copyOf(Flag.CALLS);
    all.addAll(List.of(flags));
    return uses(name, all.toArray(Flag[]::new));
  }

  /** Two command lines that show what one below is for. */
  Command examples(String name, String... lines) {
    leaves.computeIfPresent(
        name,
        (_, it) ->
            new Leaf(it.name, it.description, it.words, it.flags, List.of(lines), it.handler));
    return this;
  }

  boolean groups() {
    return !leaves.containsKey("");
  }

  /** The names of the commands below, with commas between. */
  String names() {
    return leaves.keySet().stream().filter(it -> !it.isEmpty()).collect(Collectors.joining(", "));
  }
}
