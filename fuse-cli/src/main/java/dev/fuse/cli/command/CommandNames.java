package dev.fuse.cli.command;

import dev.fuse.text.Spelling;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which words are commands: those that are built, those that are only documented, and slips. */
final class CommandNames {

  /** Commands of the documentation that this version lacks; one that is built counts as built. */
  private static final List<String> PLANNED = List.of("init", "tutorials", "knowledge", "mcp");

  /** The same of commands below others, and of flags. */
  private static final Map<String, List<String>> PLANNED_BELOW =
      Map.of(
          "plugins", List.of("add", "verify", "update", "remove", "enable", "disable"),
          "config", List.of("profile"),
          "", List.of("--with-demo-env"));

  /** From this length on two slips are still near. */
  private static final int LONG = 7;

  /** Up to this length another letter makes another word: helm is not help. */
  private static final int SHORT = 4;

  private CommandNames() {}

  static boolean planned(String word, Collection<String> built) {
    return PLANNED.contains(word) && !built.contains(word);
  }

  /** Whether a word below a command, or a flag below the empty name, is only documented. */
  static boolean plannedBelow(String command, String word) {
    return PLANNED_BELOW.getOrDefault(command, List.of()).contains(word);
  }

  /** The command that this word nearly is. */
  static Optional<String> near(String word, Collection<String> built) {
    return Stream.concat(built.stream(), PLANNED.stream())
        .filter(command -> near(word, command))
        .findFirst();
  }

  private static boolean near(String word, String command) {
    if (Math.min(word.length(), command.length()) >= LONG) {
      return Spelling.nearest(word, List.of(command)).isPresent();
    }
    if (!oneSlip(word, command)) {
      return false;
    }
    return word.length() > SHORT
        || word.length() != command.length()
        || sorted(word).equals(sorted(command));
  }

  /** A letter more, less or other, or two swapped. */
  private static boolean oneSlip(String one, String other) {
    int start = 0;
    int shorter = Math.min(one.length(), other.length());
    while (start < shorter && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    var left = one.substring(start, one.length() - end);
    var right = other.substring(start, other.length() - end);
    boolean swapped = left.length() == 2 && sorted(left).equals(sorted(right));
    return swapped || Math.max(left.length(), right.length()) <= 1;
  }

  private static String sorted(String word) {
    var letters = word.toCharArray();
    Arrays.sort(letters);
    return new String(letters);
  }
}
