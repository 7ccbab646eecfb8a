package dev.fuse.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a command from a prompt before either is parsed.
 *
 * @param first the first word that is neither a flag nor its value
 * @param count how many such words there are
 * @param question whether {@code --} says that the words are a question
 */
record Words(Optional<String> first, int count, boolean question) {

  private static final Set<String> RESUME = Set.copyOf(Flag.RESUME.names());

  /** The words of a command line. */
  static Words of(List<String> arguments) {
    Optional<String> first = Optional.empty();
    int count = 0;
    for (int i = 0; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      if (argument.equals("--")) {
        boolean question = first.isEmpty();
        var rest = arguments.subList(i + 1, arguments.size());
        return new Words(first.or(() -> rest.stream().findFirst()), count + rest.size(), question);
      }
      if (argument.startsWith("-") && argument.length() > 1) {
        i += takesNext(argument) ? 1 : 0;
        continue;
      }
      first = first.or(() -> Optional.of(argument));
      count++;
    }
    return new Words(first, count, false);
  }

  /** The arguments with an empty ID where one can be picked: {@code -r} before no ID. */
  static List<String> complete(String[] arguments) {
    var complete = new ArrayList<String>();
    boolean flags = true;
    for (int i = 0; i < arguments.length; i++) {
      flags &= !arguments[i].equals("--");
      boolean alone =
          i + 1 == arguments.length
              || arguments[i + 1].startsWith("-")
              || arguments[i + 1].chars().anyMatch(Character::isWhitespace);
      complete.add(
          flags && alone && RESUME.contains(arguments[i])
              ? Flag.RESUME.longName() + "="
              : arguments[i]);
    }
    return complete;
  }

  private static boolean takesNext(String argument) {
    if (argument.startsWith("--")) {
      return find(argument).map(Flag::takesValue).orElse(false);
    }
    // In a cluster such as -qm only the last letter can take the next argument.
    boolean attached =
        argument.length() > 2 && find(argument.substring(0, 2)).map(Flag::takesValue).orElse(false);
    return !attached
        && find("-" + argument.charAt(argument.length() - 1)).map(Flag::takesValue).orElse(false);
  }

  private static Optional<Flag> find(String name) {
    return Arrays.stream(Flag.values()).filter(flag -> flag.names().contains(name)).findFirst();
  }
}
