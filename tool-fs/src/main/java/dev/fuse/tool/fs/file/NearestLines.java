package dev.fuse.tool.fs.file;

import dev.fuse.tool.fs.place.Shown;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lines of a text that look most like one that is not in it. */
final class NearestLines {

  private static final int SHOWN = 6;
  private static final double ALIKE = 0.4;

  private NearestLines() {}

  static int line(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  /** A hint that quotes the most similar place with its line number. */
  static String of(String text, String missing) {
    var lines = text.lines().toList();
    var wanted = missing.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    int best = best(lines, wanted);
    if (best < 0) {
      return "nothing in it is alike; read it with fs_read";
    }
    int height = Math.clamp(missing.lines().count(), 1, SHOWN);
    var found = lines.subList(best, Math.min(lines.size(), best + height));
    boolean space = squeezed(found.getFirst()).equals(squeezed(wanted));
    return "%s line %d: %s"
        .formatted(
            space ? "it differs in white space or in the lines after" : "the nearest is",
            best + 1,
            Shown.line(String.join("\n", found), 600).replace("\\n", "\n"));
  }

  private static int best(List<String> lines, String wanted) {
    var target = pairs(squeezed(wanted));
    int best = -1;
    double score = ALIKE;
    for (int i = 0; i < lines.size(); i++) {
      double similar = similar(target, pairs(squeezed(lines.get(i))));
      if (similar > score) {
        best = i;
        score = similar;
      }
    }
    return best;
  }

  /** Dice's coefficient of the pairs of neighbouring characters. */
  private static double similar(Set<Integer> one, Set<Integer> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return 0;
    }
    long common = one.stream().filter(other::contains).count();
    return 2.0 * common / (one.size() + other.size());
  }

  private static Set<Integer> pairs(String text) {
    var pairs = new HashSet<Integer>();
    for (int i = 0; i + 1 < Math.min(text.length(), 400); i++) {
      pairs.add(text.charAt(i) << 16 | text.charAt(i + 1));
    }
    return pairs;
  }

  private static String squeezed(String line) {
    return line.replaceAll("\\s+", "");
  }
}
