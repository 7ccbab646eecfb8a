package dev.fuse.rule;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Target;
import dev.fuse.text.Glob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A rule about calls: {@code tool-glob[(key:glob, …)]}, as in {@code --allow}, permissions and
 * session grants. Keys are the coordinates of a target and {@code verb}, {@code risk}, {@code
 * system}; a value with {@code ,}, {@code (}, {@code )} or a quote stands in double quotes.
 * Programs are matched on the whole argument vector: {@code process_run(argv:["docker","ps"])},
 * where {@code "**"} may stand last for any further arguments.
 *
 * @param tool a glob on the tool's name
 * @param globs by key; all must match
 * @param argv globs on the argument vector, one each
 */
public record Rule(String text, Glob tool, Map<String, Glob> globs, Optional<List<String>> argv) {

  private static final List<String> OF_EFFECT = List.of("verb", "risk", "system", "argv");

  public Rule {
    globs = Collections.unmodifiableMap(new LinkedHashMap<>(globs));
    argv = argv.map(List::copyOf);
  }

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException with a sentence for a person if it is none
   */
  public static Rule parse(String text) {
    return new RuleParser(text).parse();
  }

  /** The narrowest rule that covers one effect of a call. */
  public static Rule exactly(String tool, Arguments arguments, Effect effect) {
    var parts = new ArrayList<String>();
    effect
        .target()
        .coordinates()
        .forEach((key, value) -> parts.add(key + ":" + RuleParser.quoted(Glob.literally(value))));
    if (arguments.values().get("argv") instanceof List<?> vector) {
      parts.add(
          vector.stream()
              .map(word -> RuleParser.inQuotes(Glob.literally(String.valueOf(word))))
              .collect(Collectors.joining(",", "argv:[", "]")));
    }
    return parse(parts.isEmpty() ? tool : tool + "(" + String.join(", ", parts) + ")");
  }

  /** Whether this is a key that rules know. */
  public static boolean knows(String key) {
    return OF_EFFECT.contains(key) || Target.KEYS.contains(key);
  }

  /** Whether this rule covers every one of these effects of a call, and there is one. */
  public boolean covers(String name, Arguments arguments, Collection<Effect> effects) {
    return !effects.isEmpty()
        && effects.stream().allMatch(effect -> covers(name, arguments, effect));
  }

  /** Whether this rule covers one effect of a call. */
  public boolean covers(String name, Arguments arguments, Effect effect) {
    return tool.matches(name)
        && argv.map(globs -> fits(globs, arguments)).orElse(true)
        && effect.target().coordinates().keySet().stream().allMatch(this::namedWhereItMust)
        && globs.entrySet().stream().allMatch(glob -> fits(glob.getKey(), glob.getValue(), effect));
  }

  /** Whether this rule has every coordinate of the target word for word. */
  public boolean namesExactly(Target target) {
    return target.coordinates().entrySet().stream()
        .allMatch(
            coordinate -> {
              var glob = globs.get(coordinate.getKey());
              return glob != null && glob.text().equals(Glob.literally(coordinate.getValue()));
            });
  }

  /** A rule about a program says nothing of a changed environment unless it says so. */
  private boolean namedWhereItMust(String coordinate) {
    return !coordinate.equals("env") || globs.containsKey("env");
  }

  private static boolean fits(String key, Glob glob, Effect effect) {
    return switch (key) {
      case "verb" -> fitsName(glob, effect.verb().name());
      case "risk" -> fitsName(glob, effect.risk().name());
      case "system" -> glob.matches(effect.target().system());
      default -> effect.target().find(key).filter(glob::matches).isPresent();
    };
  }

  private static boolean fitsName(Glob glob, String name) {
    return Glob.of(glob.text().toUpperCase(Locale.ROOT)).matches(name);
  }

  private static boolean fits(List<String> globs, Arguments arguments) {
    var vector = arguments.strings("argv");
    boolean open = !globs.isEmpty() && globs.getLast().equals("**");
    int fixed = open ? globs.size() - 1 : globs.size();
    if (open ? vector.size() < fixed : vector.size() != fixed) {
      return false;
    }
    for (int i = 0; i < fixed; i++) {
      if (!Glob.of(globs.get(i)).matches(vector.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
