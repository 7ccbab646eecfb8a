package dev.fuse.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was meant. */
public final class Spelling {

  private Spelling() {}

  /** The nearest word, if it is near enough to be meant. */
  public static Optional<String> nearest(String word, Collection<String> words) {
    int limit = Math.max(1, word.length() / 3);
    return words.stream()
        .filter(other -> distance(word, other) <= limit || resembles(word, other))
        .min(Comparator.comparingInt(other -> distance(word, other)));
  }

  /** {@code ; did you mean 'x'?} or nothing. */
  public static String didYouMean(String word, Collection<String> words) {
    return nearest(word, words).map(other -> "; did you mean '" + other + "'?").orElse("");
  }

  private static boolean resembles(String word, String other) {
    return word.length() > 3 && (other.endsWith(word) || other.startsWith(word));
  }

  /** Levenshtein distance with adjacent swaps counted once, case ignored. */
  private static int distance(String a, String b) {
    var left = a.toLowerCase(Locale.ROOT);
    var right = b.toLowerCase(Locale.ROOT);
    var rows = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      rows[i][0] = i;
    }
    for (int j = 0; j <= right.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      for (int j = 1; j <= right.length(); j++) {
        int cost = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        rows[i][j] =
            Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[left.length()][right.length()];
  }
}
