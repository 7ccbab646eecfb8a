package dev.fuse.cli.command;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Tells a command from a prompt before either is parsed. */
record Words(List<String> before, Optional<String> first, List<String> after) {

  /** Splits arguments at the first one that is neither a flag of that command nor its value. */
  static Words of(String[] arguments, CommandSpec root) {
    for (int i = 0; i < arguments.length; i++) {
      var argument = arguments[i];
      if (argument.equals("--")) {
        return at(arguments, i + 1);
      }
      if (!argument.startsWith("-") || argument.length() == 1) {
        return at(arguments, i);
      }
      i += takesNext(argument, root) ? 1 : 0;
    }
    return new Words(List.of(arguments), Optional.empty(), List.of());
  }

  /** Whether the first word names one of these and no prompt is meant. */
  boolean names(Collection<String> commands) {
    return first.filter(commands::contains).isPresent();
  }

  /** White space or a second word make a prompt; a single unknown word is a slip. */
  boolean isPrompt(CommandSpec root) {
    if (first.isEmpty()) {
      return false;
    }
    return first.get().chars().anyMatch(Character::isWhitespace)
        || of(after.toArray(String[]::new), root).first().isPresent();
  }

  private static Words at(String[] arguments, int index) {
    var all = Arrays.asList(arguments);
    if (index >= arguments.length) {
      return new Words(all, Optional.empty(), List.of());
    }
    return new Words(
        all.subList(0, index),
        Optional.of(arguments[index]),
        all.subList(index + 1, arguments.length));
  }

  private static boolean takesNext(String argument, CommandSpec root) {
    if (argument.startsWith("--")) {
      return takesValue(root.findOption(argument));
    }
    // In a cluster such as -qm only the last letter can take the next argument.
    var last = root.findOption(argument.charAt(argument.length() - 1));
    boolean attached = argument.length() > 2 && takesValue(root.findOption(argument.charAt(1)));
    return !attached && takesValue(last);
  }

  private static boolean takesValue(OptionSpec option) {
    return option != null && option.arity().min() > 0;
  }
}
