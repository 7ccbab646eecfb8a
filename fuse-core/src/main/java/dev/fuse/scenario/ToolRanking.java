package dev.fuse.scenario;

import dev.fuse.spi.ToolSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tools a question calls for, by the words of their names, keywords and descriptions. */
public final class ToolRanking {

  private static final double OF_THE_NAME = 3;
  private static final double OF_A_KEYWORD = 2;
  private static final double OF_THE_DESCRIPTION = 1;

  /** The share of the best tool's score that another must have to be called for too. */
  private static final double SHARE = 0.3;

  /** Words that say when and not what. */
  private static final Set<String> WHEN =
      Set.copyOf(
          Words.STANDARD.of(
              "since until yesterday today last night week month year hour minute day ago before"
                  + " after again still lately"));

  private final List<ToolSpec> tools;
  private final List<Map<String, Double>> weights = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  private ToolRanking(List<ToolSpec> tools) {
    this.tools = List.copyOf(tools);
    for (var tool : this.tools) {
      var own = new HashMap<String, Double>();
      weigh(own, tool.description(), OF_THE_DESCRIPTION);
      weigh(own, tool.name(), OF_THE_NAME);
      tool.keywords().forEach(keyword -> weigh(own, keyword, OF_A_KEYWORD));
      weights.add(own);
      own.keySet().forEach(word -> counts.merge(word, 1, Integer::sum));
    }
  }

  /** A ranking of these tools; made once, asked often. */
  public static ToolRanking of(List<ToolSpec> tools) {
    return new ToolRanking(tools);
  }

  /** The tools that a question calls for, the best first; none where no word fits. */
  public List<ToolSpec> rank(String question) {
    var asked = new HashSet<>(Words.STANDARD.of(question));
    asked.removeAll(WHEN);
    var scored = new ArrayList<Scored>();
    for (int i = 0; i < tools.size(); i++) {
      double score = score(weights.get(i), asked);
      if (score > 0) {
        scored.add(new Scored(tools.get(i), score));
      }
    }
    scored.sort(Comparator.comparingDouble(Scored::score).reversed());
    double least = scored.isEmpty() ? 0 : scored.getFirst().score() * SHARE;
    return scored.stream().filter(one -> one.score() >= least).map(Scored::tool).toList();
  }

  private double score(Map<String, Double> own, Set<String> asked) {
    double score = 0;
    for (var word : asked) {
      double weight = own.getOrDefault(word, 0.0);
      score += weight * Math.log(1 + (double) tools.size() / counts.getOrDefault(word, 1));
    }
    return score;
  }

  private static void weigh(Map<String, Double> own, String text, double weight) {
    Words.STANDARD.of(text).forEach(word -> own.merge(word, weight, Math::max));
  }

  private record Scored(ToolSpec tool, double score) {}
}
