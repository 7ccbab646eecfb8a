package dev.fuse.scenario;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Places in a text for a value: <code>${name}</code>; <code>$${name}</code> is left as it reads.
 */
final class Placeholders {

  /** Lower case only, so that shell variables and GitHub's double braces stay what they are. */
  private static final Pattern PLACE = Pattern.compile("(\\$?)\\$\\{([a-z][a-z0-9-]*)}");

  private Placeholders() {}

  /** Names in a value and in all that it holds, in order. */
  static Set<String> in(Object value) {
    var names = new LinkedHashSet<String>();
    collect(value, names);
    return names;
  }

  static String fill(String text, Function<String, String> value) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    place.group(1).isEmpty()
                        ? value.apply(place.group(2))
                        : place.group().substring(1)));
  }

  private static void collect(Object value, Set<String> names) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(item -> collect(item, names));
    }
    if (value instanceof Collection<?> list) {
      list.forEach(item -> collect(item, names));
    }
    if (value instanceof String text) {
      PLACE
          .matcher(text)
          .results()
          .filter(place -> place.group(1).isEmpty())
          .forEach(place -> names.add(place.group(2)));
    }
  }
}
