package dev.fuse.scenario;

import dev.fuse.scenario.ScenarioClassifier.Clue;
import dev.fuse.scenario.ScenarioClassifier.Clue.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds well-known messages of programs in a question or in what is pasted with it. */
public final class Signatures {

  /** What is looked at of a longer text: its beginning and its end. */
  private static final int MOST = 64 * 1024;

  private static final int LONGEST_LINE = 2_000;
  private static final int MOST_CLUES = 6;

  private final List<Signature> all;
  private final List<List<String>> literals;

  private Signatures(List<Signature> all) {
    this.all = List.copyOf(all);
    this.literals =
        all.stream()
            .map(one -> one.says().stream().map(it -> it.toLowerCase(Locale.ROOT)).toList())
            .toList();
  }

  public static Signatures of(List<Signature> all) {
    return new Signatures(all);
  }

  /** A clue for each message that is there, those that settle the route first. */
  public List<Clue> find(String text) {
    var looked =
        text.length() <= 2 * MOST
            ? text
            : text.substring(0, MOST) + "\n" + text.substring(text.length() - MOST);
    var lower = lower(looked);
    var clues = new ArrayList<Clue>();
    for (int i = 0; i < all.size() && clues.size() < MOST_CLUES; i++) {
      clue(all.get(i), literals.get(i), looked, lower).ifPresent(clues::add);
    }
    clues.sort(Comparator.comparing(Clue::sort));
    return List.copyOf(clues);
  }

  private static Optional<Clue> clue(
      Signature signature, List<String> literals, String text, String lower) {
    for (var literal : literals) {
      for (int at = lower.indexOf(literal); at >= 0; at = lower.indexOf(literal, at + 1)) {
        var told = told(signature, line(text, at));
        if (told.isPresent()) {
          return Optional.of(
              clue(signature, text.substring(at, at + literal.length()), told.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Clue clue(Signature signature, String said, Map<String, String> told) {
    var meaning = signature.about().isEmpty() ? "" : ": " + signature.about();
    return new Clue(
        signature.settles() ? Sort.MESSAGE : Sort.HINT,
        signature.system(),
        signature.scenario(),
        "'" + said + "'" + meaning,
        signature.tool(),
        told);
  }

  /** What the named groups of its pattern hold in this line; empty where it is not found there. */
  private static Optional<Map<String, String>> told(Signature signature, String line) {
    if (signature.pattern().isEmpty()) {
      return Optional.of(Map.of());
    }
    return new BoundedRegex(signature.pattern().get()).findGroups(line);
  }

  /** Letter by letter, so that places stay what they are. */
  private static String lower(String text) {
    var letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      letters[i] = Character.toLowerCase(letters[i]);
    }
    return new String(letters);
  }

  private static String line(String text, int at) {
    int from = Math.max(text.lastIndexOf('\n', at) + 1, at - LONGEST_LINE);
    int end = text.indexOf('\n', at);
    int to = Math.min(end < 0 ? text.length() : end, at + LONGEST_LINE);
    return text.substring(from, to);
  }
}
