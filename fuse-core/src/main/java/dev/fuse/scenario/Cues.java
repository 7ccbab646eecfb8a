package dev.fuse.scenario;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a question's form and single words of it say about every scenario. */
final class Cues {

  private static final int LOOKED_AT = 300;

  /** Asks for knowledge or for something new, not for what is the case here. */
  private static final Pattern KNOWLEDGE =
      Pattern.compile(
          "^(please"
              + " )?(write|draft|design|translate|recommend|generate|implement|refactor|convert|calculate|estimate|summari[sz]e"
              + " this|create an?|build an?|make an?|set up) |^what('s| is| are) (an? )?[a-z-]+("
              + " [a-z-]+)?\\??$|^how (does|do) (an? |the )?[a-z ]{1,40} work|^how (do|should|can)"
              + " (i|we|you) |^how to |^explain (what|how|why|to me|[a-z ]{1,30}$)|best"
              + " practices?|pros and cons|difference between|^compare [a-z]+ (and|with|to)"
              + " [a-z]+$|what does [a-z ]{1,40} (mean|cost|stand)",
          Pattern.CASE_INSENSITIVE);

  /** Names of what other people run instead; a scenario that does not speak of one is not meant. */
  private static final Set<String> PLATFORMS = Set.copyOf(Words.lines("platforms.txt"));

  /** Words of greetings, thanks and the like. */
  private static final Set<String> TALK = Set.copyOf(Words.lines("talk.txt"));

  private Cues() {}

  /** Whether a prompt has no word that any scenario could be about, such as thanks. */
  static boolean isTalk(String prompt) {
    return Words.plain(start(prompt)).allMatch(TALK::contains);
  }

  static boolean asksForKnowledge(String prompt) {
    return KNOWLEDGE.matcher(start(prompt).strip()).find();
  }

  /** Names of platforms; a part of an identifier such as AWS_REGION is none. */
  static List<String> platforms(String prompt) {
    var words = start(prompt).toLowerCase(Locale.ROOT).split("[^a-z0-9_-]+", -1);
    var found = new LinkedHashSet<String>();
    for (int i = 0; i < words.length; i++) {
      var word = words[i];
      var pair = i + 1 < words.length ? word + " " + words[i + 1] : word;
      if (PLATFORMS.contains(word)) {
        found.add(word);
      } else if (PLATFORMS.contains(pair)) {
        found.add(pair);
      }
    }
    return List.copyOf(found);
  }

  private static String start(String prompt) {
    return prompt.substring(0, Math.min(prompt.length(), LOOKED_AT));
  }
}
