package dev.fuse.tool.github.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A turn by which a tool says that something is wrong.
 *
 * @param score how surely this line is the cause, up to 100
 * @param after how many lines behind it belong to it
 * @param what the text of interest is the group {@code test}, where there is one
 */
record Sign(Cause what, int score, int after, Pattern pattern) {

  static Sign of(Cause what, int score, int after, String regex) {
    return new Sign(what, score, after, Pattern.compile(regex));
  }

  /** The sign in a line, with the test's name if it tells one. */
  Optional<Seen> in(String line) {
    var matcher = pattern.matcher(line);
    return matcher.find() ? Optional.of(new Seen(this, test(matcher))) : Optional.empty();
  }

  private static String test(Matcher matcher) {
    if (!matcher.namedGroups().containsKey("test")) {
      return "";
    }
    var name = matcher.group("test");
    return name == null ? "" : name.strip();
  }

  /**
   * A sign that was found.
   *
   * @param test the failing test's name; empty where the line tells none
   */
  record Seen(Sign sign, String test) {}
}
