package dev.fuse.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was counted in the texts of scenarios and in background questions, ready to be compared. */
final class Index {

  private static final int BACKGROUND = -1;
  private static final int MOST_WORDS = 200;

  /** What a keyword adds to the share of a scenario's texts that have the word. */
  private static final float OF_A_KEYWORD = 0.04f;

  /** The share below which a word says nothing for or against; keeps logarithms finite. */
  private static final float HARDLY = 0.01f;

  private final Words words;
  private final List<Scenario> scenarios;
  private final List<Text> texts = new ArrayList<>();
  private final Map<String, Term> terms = new HashMap<>();

  Index(Words words, List<Scenario> scenarios, List<String> background) {
    this.words = words;
    this.scenarios = List.copyOf(scenarios);
    for (int i = 0; i < scenarios.size(); i++) {
      var scenario = scenarios.get(i);
      var share = 1f / (scenario.match().examples().size() + 2);
      add(i, share, false, List.of(scenario.title(), scenario.description()));
      add(i, share, false, scenario.match().examples());
      add(i, 0, true, scenario.match().negatives());
      keywords(i, scenario.match().keywords());
    }
    add(BACKGROUND, 1f / Math.max(background.size(), 1), true, background);
    terms.values().forEach(term -> term.rarity = rarity(term.postings.size()));
    texts.forEach(text -> text.norm = norm(text.words));
  }

  List<Scenario> scenarios() {
    return scenarios;
  }

  /** Whether a scenario speaks of a word in what it is for. */
  boolean speaksOf(int scenario, String word) {
    return words.of(word).stream()
        .allMatch(w -> terms.containsKey(w) && terms.get(w).shares.containsKey(scenario));
  }

  private void add(int owner, float share, boolean against, List<String> lines) {
    for (var line : lines) {
      var distinct = new HashSet<>(words.of(line));
      texts.add(new Text(owner, against, line, distinct));
      for (var word : distinct) {
        var term = terms.computeIfAbsent(word, _ -> new Term());
        term.postings.add(texts.size() - 1);
        if (owner == BACKGROUND) {
          term.background += share;
        } else if (!against) {
          term.shares.merge(owner, share, Float::sum);
        }
      }
    }
  }

  private void keywords(int owner, List<String> phrases) {
    for (var phrase : phrases) {
      var parts = Set.copyOf(words.of(phrase));
      for (var word : parts) {
        var term = terms.computeIfAbsent(word, _ -> new Term());
        term.keyOf.computeIfAbsent(owner, _ -> new ArrayList<>()).add(parts);
        term.shares.merge(owner, OF_A_KEYWORD / parts.size(), Float::sum);
      }
    }
  }

  private float rarity(int count) {
    return (float) Math.log(1 + texts.size() / (count + 0.5));
  }

  private float rarity(String word) {
    var term = terms.get(word);
    return term == null ? rarity(1) : term.rarity;
  }

  private float norm(Set<String> distinct) {
    double square = 1e-9;
    for (var word : distinct) {
      square += rarity(word) * rarity(word);
    }
    return (float) Math.sqrt(square);
  }

  /** How near a question is to each scenario, in their order. */
  List<Signals> compare(String question) {
    var asked = new LinkedHashSet<>(words.of(question).stream().limit(MOST_WORDS).toList());
    var all = new ArrayList<Signals>();
    scenarios.forEach(_ -> all.add(new Signals()));
    float background = similarities(asked, all);
    float total = 1e-6f;
    float unknown = 0;
    for (var word : asked) {
      total += rarity(word);
      var term = terms.get(word);
      if (term == null) {
        unknown += rarity(word);
      } else {
        count(word, term, asked, all);
      }
    }
    for (var signals : all) {
      signals.background = background;
      signals.key /= total;
      signals.unknown = unknown / total;
      signals.lift /= (float) Math.sqrt(Math.max(asked.size(), 1));
    }
    return all;
  }

  /**
   * Cosines with every text; what is best for and against each scenario, and the background's best.
   */
  private float similarities(Set<String> asked, List<Signals> all) {
    var near = new float[texts.size()];
    for (var word : asked) {
      var term = terms.get(word);
      if (term != null) {
        term.postings.forEach(text -> near[text] += term.rarity * term.rarity);
      }
    }
    float norm = norm(asked);
    float background = 0;
    for (int i = 0; i < near.length; i++) {
      var text = texts.get(i);
      float cosine = near[i] / (norm * text.norm);
      if (text.owner == BACKGROUND) {
        background = Math.max(background, cosine);
      } else {
        all.get(text.owner).near(cosine, text);
      }
    }
    return background;
  }

  private void count(String word, Term term, Set<String> asked, List<Signals> all) {
    float first = term.background;
    float second = term.background;
    for (float share : term.shares.values()) {
      second = Math.max(second, Math.min(first, share));
      first = Math.max(first, share);
    }
    for (int i = 0; i < all.size(); i++) {
      var signals = all.get(i);
      float own = term.shares.getOrDefault(i, 0f);
      float others = Math.max(own == first ? second : first, term.background);
      signals.lift += (float) Math.log((own + HARDLY) / (others + HARDLY));
      if (own > 0) {
        boolean whole = term.keyOf.getOrDefault(i, List.of()).stream().anyMatch(asked::containsAll);
        signals.key += whole ? term.rarity : 0;
        signals.matched.add(word);
      }
    }
  }

  /** A text that something is compared with. */
  private static final class Text {
    private final int owner;
    private final boolean against;
    private final String line;
    private final Set<String> words;
    private float norm;

    Text(int owner, boolean against, String line, Set<String> words) {
      this.owner = owner;
      this.against = against;
      this.line = line;
      this.words = words;
    }
  }

  /** A word: the texts that have it and the share of each scenario's texts that do. */
  private static final class Term {
    private final List<Integer> postings = new ArrayList<>();
    private final Map<Integer, Float> shares = new HashMap<>();
    private final Map<Integer, List<Set<String>>> keyOf = new HashMap<>();
    private float background;
    private float rarity;
  }

  /** Measures of nearness; 0 to 1, but lift. */
  static final class Signals {
    final List<String> matched = new ArrayList<>();
    float best;
    float second;
    float against;
    float background;
    float key;
    float unknown;
    float lift;
    String example = "";

    private void near(float cosine, Text text) {
      if (text.against) {
        against = Math.max(against, cosine);
      } else if (cosine > best) {
        second = best;
        best = cosine;
        example = text.line;
      } else {
        second = Math.max(second, cosine);
      }
    }

    /** How many words speak for it, up to four. */
    float breadth() {
      return Math.min(matched.size(), 4) / 4f;
    }

    float margin() {
      return best - Math.max(background, against);
    }
  }
}
