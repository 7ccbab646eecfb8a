package dev.fuse.tool.github.workflow;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names that look alike: written apart otherwise, or off by a letter or two. */
public final class Near {

  private Near() {}

  /** The name most like this one, if any is near. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(it -> near(name, it))
        .min(
            Comparator.comparingInt((String it) -> distance(plain(name), plain(it)))
                .thenComparing(it -> it));
  }

  private static boolean near(String one, String other) {
    var a = plain(one);
    var b = plain(other);
    int most = Math.max(a.length(), b.length());
    return a.equals(b)
        || (most > 2 && distance(a, b) <= (most < 5 ? 1 : most < 12 ? 2 : 3))
        || sameWords(one, other);
  }

  /** The same words in another order, or one word more: NPM_TOKEN and NPM_AUTH_TOKEN. */
  private static boolean sameWords(String one, String other) {
    var a = words(one);
    var b = words(other);
    var fewer = a.size() <= b.size() ? a : b;
    var more = a.size() <= b.size() ? b : a;
    return fewer.size() > 1 && more.size() - fewer.size() <= 1 && more.containsAll(fewer);
  }

  private static java.util.List<String> words(String name) {
    return java.util.List.of(name.toLowerCase(Locale.ROOT).split("[_-]+"));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
  }

  /** Edits from one to the other; two swapped letters count as one. */
  static int distance(String a, String b) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 ? j : j == 0 ? i : edit(rows, a, b, i, j);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int edit(int[][] rows, String a, String b, int i, int j) {
    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = Math.min(rows[i - 1][j - 1] + same, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
  }
}
