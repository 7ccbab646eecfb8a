package dev.fuse.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A regular expression whose search ends after a number of steps, whatever the text. */
final class BoundedRegex {

  private static final int STEPS_ON_A_PROMPT = 1_000_000;
  private static final int STEPS_ON_A_PROBE = 100_000;
  private static final int LONGEST_PROMPT = 4_000;

  private final Pattern pattern;

  /**
   * Compiles it.
   *
   * @throws java.util.regex.PatternSyntaxException if it is none
   */
  BoundedRegex(String regex) {
    this.pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  int groups() {
    return pattern.matcher("").groupCount();
  }

  /** What the first group holds; empty too where looking took too many steps. */
  Optional<String> findGroup(String text) {
    var prompt = text.substring(0, Math.min(text.length(), LONGEST_PROMPT));
    var matcher = pattern.matcher(new Counted(prompt, new AtomicInteger(STEPS_ON_A_PROMPT)));
    try {
      return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    } catch (TooManySteps | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** What its named groups hold, where it is found; those without a value are left out. */
  Optional<Map<String, String>> findGroups(String text) {
    var matcher = pattern.matcher(new Counted(text, new AtomicInteger(STEPS_ON_A_PROBE)));
    try {
      if (!matcher.find()) {
        return Optional.empty();
      }
    } catch (TooManySteps | StackOverflowError e) {
      return Optional.empty();
    }
    var told = new LinkedHashMap<String, String>();
    matcher
        .namedGroups()
        .forEach(
            (name, group) ->
                Optional.ofNullable(matcher.group(group)).ifPresent(it -> told.put(name, it)));
    return Optional.of(told);
  }

  /** Whether it goes astray on texts that look like what it looks for. */
  boolean slow() {
    var letters = pattern.pattern().replaceAll("\\\\.|[^\\p{L}\\p{N} ,;:./_=-]", "") + "a0 -.";
    try {
      for (int i = 0; i < letters.length(); i++) {
        var one = letters.substring(i, i + 1);
        for (var probe : new String[] {one, one + "a", one + " "}) {
          search(probe.repeat(40) + "\u0001");
        }
      }
      return false;
    } catch (TooManySteps | StackOverflowError e) {
      return true;
    }
  }

  private void search(String probe) {
    pattern.matcher(new Counted(probe, new AtomicInteger(STEPS_ON_A_PROBE))).find();
  }

  private record Counted(String text, AtomicInteger left) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (left.getAndDecrement() == 0) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManySteps() {
      super("too many steps", null, false, false);
    }
  }
}
