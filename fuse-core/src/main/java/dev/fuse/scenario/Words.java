package dev.fuse.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of a text as they are compared: lower case, stemmed, one for those that mean the same.
 */
final class Words {

  private static final Set<String> EMPTY = Set.copyOf(lines("empty.txt"));

  /** As they are written in the questions that no scenario is for, and some more. */
  static final Set<String> COMMON =
      Stream.of("background.txt", "common.txt")
          .flatMap(file -> lines(file).stream())
          .flatMap(Words::plain)
          .collect(java.util.stream.Collectors.toUnmodifiableSet());

  static final Words STANDARD = standard();

  private final Map<String, String> same;

  private Words(Map<String, String> same) {
    this.same = Map.copyOf(same);
  }

  /** Words with the groups of words that come with Fuse. */
  private static Words standard() {
    var same = new HashMap<String, String>();
    for (var line : lines("same.txt")) {
      var group = line.split(" ", -1);
      for (var word : group) {
        same.put(stem(word), stem(group[0]));
      }
    }
    return new Words(same);
  }

  /** The lines of a resource of this package. */
  static List<String> lines(String resource) {
    try (InputStream in = Words.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("'" + resource + "' is missing in this jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The words in their order; a CamelCase word of three parts and more counts in its parts too. */
  List<String> of(String text) {
    var words = new ArrayList<String>();
    var cuts = new ArrayList<Integer>();
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
      if (inside
          && (cuts.isEmpty()
              || (Character.isUpperCase(text.charAt(i))
                  && Character.isLowerCase(text.charAt(i - 1))))) {
        cuts.add(i);
      }
      if (!inside && !cuts.isEmpty()) {
        add(text.substring(cuts.getFirst(), i), words);
        cuts.add(i);
        for (int k = 1; cuts.size() > 3 && k < cuts.size(); k++) {
          add(text.substring(cuts.get(k - 1), cuts.get(k)), words);
        }
        cuts.clear();
      }
    }
    return words;
  }

  /** The words of a text that mean something, lower case, not stemmed. */
  static Stream<String> plain(String text) {
    return Pattern.compile("[^\\p{L}\\p{N}]+")
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty() && !EMPTY.contains(word));
  }

  private void add(String raw, List<String> words) {
    var word = raw.toLowerCase(Locale.ROOT);
    if (!EMPTY.contains(word)) {
      var stem = stem(word);
      words.add(same.getOrDefault(stem, stem));
    }
  }

  /** A light stemmer for English: plurals, -ed, -ing, doubled consonants, a last e. */
  static String stem(String word) {
    int n = word.length();
    if (n < 4 || Character.isDigit(word.charAt(n - 1))) {
      return word;
    }
    if (word.endsWith("ies") || word.endsWith("ied")) {
      return word.substring(0, n - 3) + "y";
    }
    var stem = word;
    if (word.endsWith("s")
        && !word.endsWith("ss")
        && !word.endsWith("us")
        && !word.endsWith("is")) {
      stem = word.substring(0, n - 1);
    } else if (word.endsWith("ing") && n > 5) {
      stem = undoubled(word.substring(0, n - 3));
    } else if (word.endsWith("ed") && n > 4) {
      stem = undoubled(word.substring(0, n - 2));
    }
    return stem.endsWith("e") && stem.length() > 3 ? stem.substring(0, stem.length() - 1) : stem;
  }

  private static String undoubled(String stem) {
    int n = stem.length();
    boolean doubled = n > 3 && stem.charAt(n - 1) == stem.charAt(n - 2);
    return doubled && "lsz".indexOf(stem.charAt(n - 1)) < 0 ? stem.substring(0, n - 1) : stem;
  }
}
