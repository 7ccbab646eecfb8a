package dev.fuse.cli.command;

import dev.fuse.cli.command.Command.Leaf;
import dev.fuse.cli.exit.ExitCode;
import dev.fuse.cli.exit.FuseException;
import dev.fuse.cli.exit.FuseException.Kind;
import dev.fuse.text.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Help, made from the commands and flags themselves; the manual page is made of it. */
final class HelpText {

  static final String WHAT = "A terminal copilot for DevOps, SRE and platform engineers.";

  static final List<String> USAGE =
      List.of("fuse [FLAGS] 'QUESTION'", "fuse [FLAGS] COMMAND", "fuse [FLAGS]");

  static final List<String> EXAMPLES =
      List.of(
          "fuse 'why is checkout crashing?'",
          "kubectl logs deploy/checkout | fuse --plan 'what is wrong in this log?'");

  private static final int COLUMN = 34;
  private static final int WIDTH = 80;

  private HelpText() {}

  /** Help about a command, or about all of Fuse where none is named. */
  static String about(List<String> words) {
    if (words.isEmpty()) {
      return root();
    }
    var name = words.getFirst();
    var found = Optional.ofNullable(Commands.all().get(name)).map(it -> it.get());
    var command = found.orElseThrow(() -> unknown("fuse", name, Commands.all().keySet()));
    if (words.size() == 1 && command.groups()) {
      return of(name, command);
    }
    var leaf = command.leaves().get(words.size() > 1 ? words.get(1) : "");
    if (leaf == null || words.size() > 2) {
      throw unknown("fuse " + name, words.getLast(), command.leaves().keySet());
    }
    return of(name, leaf);
  }

  private static FuseException unknown(String of, String name, Collection<String> known) {
    return new FuseException(
        Kind.USAGE,
        "'" + of + "' has no command '" + name + "'" + Spelling.didYouMean(name, known),
        "see " + of + " --help");
  }

  static String root() {
    var lines = new ArrayList<>(List.of(WHAT, "", "Usage:"));
    USAGE.forEach(usage -> lines.add("  " + usage));
    section("Commands", lines);
    Commands.shown().values().forEach(it -> lines.addAll(item(it.name(), it.description())));
    lines.addAll(item("help [COMMAND]", "Show help about Fuse or a command"));
    flags(Flag.PROMPT, lines);
    section("Exit codes", lines);
    lines.addAll(wrapped(exitCodes(), "  "));
    examples(EXAMPLES, lines);
    lines.add("");
    lines.add("'fuse help COMMAND' shows one command; 'man fuse' is the manual.");
    return String.join("\n", lines);
  }

  static String exitCodes() {
    return ExitCode.byNumber().stream()
        .map(code -> code.code() + " " + code.meaning())
        .collect(Collectors.joining(" · "));
  }

  /** Help about a command that groups others. */
  static String of(String name, Command command) {
    var lines =
        new ArrayList<>(
            List.of(command.description() + ".", "", "Usage:", "  fuse " + name + " COMMAND"));
    section("Commands", lines);
    command
        .leaves()
        .values()
        .forEach(
            leaf ->
                lines.addAll(item((leaf.name() + " " + leaf.words()).strip(), leaf.description())));
    examples(
        command.leaves().values().stream()
            .flatMap(leaf -> leaf.examples().stream())
            .limit(2)
            .toList(),
        lines);
    lines.add("");
    lines.add("'fuse " + name + " COMMAND --help' shows the flags of one.");
    return String.join("\n", lines);
  }

  /** Help about a command that does something. */
  static String of(String name, Leaf leaf) {
    var full = ("fuse " + name + " " + leaf.name()).strip();
    var usage = (full + " [FLAGS] " + leaf.words()).strip();
    var lines = new ArrayList<>(List.of(leaf.description() + ".", "", "Usage:", "  " + usage));
    flags(leaf.allFlags(), lines);
    examples(leaf.examples().isEmpty() ? List.of(full + sample(leaf)) : leaf.examples(), lines);
    return String.join("\n", lines);
  }

  private static String sample(Leaf leaf) {
    return leaf.takes().stream()
        .filter(word -> !word.startsWith("["))
        .map(word -> " " + word.replace("...", ""))
        .collect(Collectors.joining());
  }

  private static void examples(List<String> examples, List<String> lines) {
    if (!examples.isEmpty()) {
      section(examples.size() == 1 ? "Example" : "Examples", lines);
      examples.forEach(example -> lines.add("  " + example));
    }
  }

  private static void flags(Collection<Flag> flags, List<String> lines) {
    for (var group : Flag.Group.values()) {
      var those = Arrays.stream(Flag.values()).filter(it -> it.group() == group);
      var used = those.filter(flags::contains).toList();
      if (!used.isEmpty()) {
        section(group.title, lines);
        used.forEach(flag -> lines.addAll(item(label(flag), flag.help())));
      }
    }
  }

  /** A flag as help names it: {@code -m, --model=NAME}. */
  static String label(Flag flag) {
    var names = String.join(", ", flag.names());
    var indent = flag.names().getFirst().startsWith("--") ? "    " : "";
    return indent + names + (flag.takesValue() ? " " + flag.label() : "");
  }

  private static void section(String title, List<String> lines) {
    lines.add("");
    lines.add(title + ":");
  }

  private static List<String> item(String name, String description) {
    var lines = new ArrayList<String>();
    var indent = " ".repeat(COLUMN);
    var start = "  " + name;
    if (start.length() >= COLUMN - 1) {
      lines.add(start);
      start = "";
    }
    var wrapped = wrapped(description, indent);
    lines.add((start + indent).substring(0, COLUMN) + wrapped.getFirst().strip());
    lines.addAll(wrapped.subList(1, wrapped.size()));
    return lines;
  }

  private static List<String> wrapped(String text, String indent) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(indent);
    for (var word : text.split(" ", -1)) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(line.length() > indent.length() ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
