package dev.fuse.rule;

import dev.fuse.spi.Arguments;
import dev.fuse.spi.Effect;
import dev.fuse.spi.Target;
import dev.fuse.text.Glob;
import dev.fuse.text.Spelling;
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
 * session grants. Keys are the coordinates that plugins declare and {@code verb}, {@code risk},
 * {@code system}; a value with {@code ,}, {@code (}, {@code )} or a quote stands in double quotes.
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

  /**
   * Checks that a coordinate of this name exists.
   *
   * @param coordinates the names that the installed plugins declare
   * @throws IllegalArgumentException with a sentence for a person if a key is not one of them
   */
  public Rule knownBy(Collection<String> coordinates) {
    var known = new ArrayList<>(OF_EFFECT);
    known.addAll(coordinates);
    for (var key : globs.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "rule '%s': the key '%s' is unknown%s; keys are %s"
                .formatted(text, key, Spelling.didYouMean(key, known), String.join(", ", known)));
      }
    }
    return this;
  }

  /** Whether this rule covers every one of these effects of a call, and there is one. */
  public boolean covers(String name, Arguments arguments, Collection<Effect> effects) {
    return !effects.isEmpty()
        && effects.stream().allMatch(effect -> covers(name, arguments, effect));
  }

  /**
   * Whether this rule allows one effect of a call: it matches, and it names everything that decides
   * what the call does.
   */
  public boolean covers(String name, Arguments arguments, Effect effect) {
    var target = effect.target();
    return matches(name, arguments, effect)
        && globs.keySet().containsAll(target.deciding())
        && (target.find(Target.RUNS_LATER).isEmpty() || namesOnePlace());
  }

  /** Whether one effect of a call is what this rule is about; enough to ask or to deny. */
  public boolean matches(String name, Arguments arguments, Effect effect) {
    return tool.matches(name)
        && argv.map(globs -> fits(globs, arguments)).orElse(true)
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

  /** A rule for a whole tree is no word about the hooks and profiles that stand in it. */
  private boolean namesOnePlace() {
    return globs.containsKey("path")
        && globs.values().stream().noneMatch(glob -> glob.text().contains("**"));
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

  /** As it is given on a command line, quoted for a shell. */
  public String option() {
    return "--allow '" + text.replace("'", "'\\''") + "'";
  }

  @Override
  public String toString() {
    return text;
  }
}
