package dev.fuse.tool.github.diagnose;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a person asked, as far as it says which runs are meant. */
public record Question(String text) {

  private static final Pattern RUN = Pattern.compile("(?i)(?:\\bruns?/|\\brun #?)(\\d{6,14})\\b");
  private static final Pattern JOB = Pattern.compile("(?i)\\bjobs?/(\\d{6,14})\\b");
  private static final Pattern PULL =
      Pattern.compile(
          "(?i)(?:\\bpull request|\\bpr|\\bpull|\\bpulls/|\\bpull/|#)\\s*#?(\\d{1,6})\\b");
  private static final Pattern NUMBER =
      Pattern.compile("(?i)\\brun (?:number |no\\.? ?)?#?(\\d{1,5})\\b");
  private static final Pattern WINDOW =
      Pattern.compile(
          "(?i)\\b(?:last|past|previous|recent|in|over|during|for)\\s+(?:the\\s+)?(?:last\\s+|past\\s+|previous\\s+)?(\\d{1,3}|an?|one|two|three|four|six|eight|twelve|few|couple of)?\\s*(day|week|fortnight|month|quarter|year)s?\\b");
  private static final Pattern SUMMARY =
      Pattern.compile(
          "(?i)\\b(summar\\w*|overview|statistic\\w*|stats|trend\\w*|success rate|failure rate|how (?:often|many)|most frequent|p50|p95|median|slower|reliab\\w*|minutes do)\\b");
  private static final Set<String> STOP =
      Set.of(
          "the",
          "a",
          "an",
          "of",
          "in",
          "on",
          "is",
          "are",
          "was",
          "were",
          "does",
          "do",
          "did",
          "why",
          "what",
          "who",
          "when",
          "which",
          "how",
          "and",
          "or",
          "to",
          "it",
          "its",
          "our",
          "my",
          "we",
          "fail",
          "fails",
          "failed",
          "failing",
          "failure",
          "failures",
          "workflow",
          "workflows",
          "job",
          "jobs",
          "run",
          "runs",
          "last",
          "latest",
          "time",
          "today",
          "yesterday",
          "night",
          "please",
          "any",
          "anything",
          "wrong",
          "more",
          "since",
          "commit",
          "red",
          "green",
          "broken",
          "not",
          "can",
          "cannot",
          "github",
          "actions",
          "action",
          "pipeline",
          "say",
          "says",
          "that",
          "this",
          "with",
          "for",
          "from",
          "at",
          "there",
          "then",
          "they",
          "always",
          "again",
          "still",
          "but",
          "get",
          "gets",
          "has",
          "have",
          "had",
          "be",
          "been",
          "by",
          "before",
          "after",
          "all",
          "some");

  public long run() {
    return number(RUN);
  }

  public long job() {
    return number(JOB);
  }

  /** A pull request's number. */
  public long pull() {
    return NUMBER.matcher(text).find() ? 0 : number(PULL);
  }

  /** The number that a run shows beside its workflow's name. */
  public long runNumber() {
    return number(NUMBER);
  }

  private long number(Pattern pattern) {
    var matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  public boolean says(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(text).find();
  }

  /** Whether flakiness is asked about. */
  public boolean flaky() {
    return says("flak|now and then|sometimes|intermittent|random|unstable|every (?:so|other)");
  }

  /** Whether a stop is asked about, rather than a failure. */
  public boolean stopped() {
    return says("cancel|stopp?|abort|kill|timed? ?-?out|hang|stuck|interrupt");
  }

  public boolean dependabot() {
    return says("dependabot");
  }

  /** The span of time that is asked about, where the question wants more than the last run. */
  public Optional<Duration> window() {
    var matcher = WINDOW.matcher(text);
    if (matcher.find() && (matcher.group(1) != null || SUMMARY.matcher(text).find())) {
      return Optional.of(span(matcher.group(1) == null ? "1" : matcher.group(1), matcher.group(2)));
    }
    return SUMMARY.matcher(text).find() && says("\\bruns?\\b|workflow|build|pipeline|\\bci\\b")
        ? Optional.of(Duration.ofDays(28))
        : Optional.empty();
  }

  private static Duration span(String many, String unit) {
    int number =
        switch (many.toLowerCase(Locale.ROOT)) {
          case "a", "an", "one" -> 1;
          case "two", "couple of" -> 2;
          case "three", "few" -> 3;
          case "four" -> 4;
          case "six" -> 6;
          case "eight" -> 8;
          case "twelve" -> 12;
          default -> Integer.parseInt(many);
        };
    int days =
        switch (unit.toLowerCase(Locale.ROOT)) {
          case "day" -> 1;
          case "week" -> 7;
          case "fortnight" -> 14;
          case "month" -> 30;
          case "quarter" -> 91;
          default -> 365;
        };
    return Duration.ofDays((long) number * days);
  }

  /** The words that may name a workflow, job or branch. */
  public Set<String> words() {
    return words(text);
  }

  static Set<String> words(String text) {
    var words = new LinkedHashSet<String>();
    Arrays.stream(
            text.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
        .filter(it -> it.length() > 1 && !STOP.contains(it))
        .map(Question::stem)
        .forEach(words::add);
    return words;
  }

  /** Deployments and deploy are one word here. */
  private static String stem(String word) {
    for (var ending : new String[] {"ments", "ment", "ing", "es", "s", "ed", "ly"}) {
      if (word.endsWith(ending) && word.length() - ending.length() >= 4) {
        return word.substring(0, word.length() - ending.length());
      }
    }
    return word;
  }
}
