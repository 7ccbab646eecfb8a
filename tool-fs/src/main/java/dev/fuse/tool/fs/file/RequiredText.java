package dev.fuse.tool.fs.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The longest run of plain characters that stands in whatever a regular expression matches, or in
 * whatever each of its alternatives does. Where an expression is not plainly read, none: then every
 * line is tried.
 */
final class RequiredText {

  private static final Pattern PLAIN_CLASS = Pattern.compile("\\[\\^?[^\\]\\[\\\\&^]+]");
  private static final Pattern OTHER_GROUP = Pattern.compile("\\(\\?(?!:)");
  private static final Pattern WHOLE_GROUP = Pattern.compile("\\((?:\\?:)?([^()\\[\\]\\\\]*)\\)");
  private static final String META = "\\.[]{}()*+?^$";
  private static final String OPTIONAL = "*?{";

  private final String regex;
  private final StringBuilder run = new StringBuilder();
  private final List<String> alternatives = new ArrayList<>();
  private String best = "";
  private int depth;

  private RequiredText(String regex) {
    this.regex = regex;
  }

  /** One text for each alternative; none where there is one without. */
  static List<String> of(String regex) {
    boolean unclear =
        OTHER_GROUP.matcher(regex).find()
            || regex.contains("\\Q")
            || regex.chars().anyMatch(c -> Character.isSurrogate((char) c));
    return unclear ? List.of() : new RequiredText(bare(regex)).find();
  }

  /** Without a group around all of it. */
  private static String bare(String regex) {
    var group = WHOLE_GROUP.matcher(regex);
    return group.matches() ? group.group(1) : regex;
  }

  private List<String> find() {
    int at = 0;
    while (at >= 0 && at < regex.length()) {
      at = step(at, regex.charAt(at));
    }
    // What is not read may hold further alternatives.
    if (at < 0 && regex.contains("|")) {
      return List.of();
    }
    alternative();
    return alternatives.contains("") ? List.of() : List.copyOf(alternatives);
  }

  private void alternative() {
    finish();
    alternatives.add(best);
    best = "";
  }

  /** Where to go on; negative where the rest is not plainly read. */
  private int step(int at, char c) {
    if (c == '|' && depth == 0) {
      alternative();
      return at + 1;
    }
    if (META.indexOf(c) < 0) {
      return plain(c, at + 1);
    }
    if (c == '\\') {
      return escape(at + 1);
    }
    if (OPTIONAL.indexOf(c) >= 0 && !run.isEmpty()) {
      run.setLength(run.length() - 1);
    }
    finish();
    return switch (c) {
      case '[' -> afterClass(at);
      case '{' -> afterBrace(at);
      case '(' -> deeper(1, regex.startsWith("(?:", at) ? at + 2 : at);
      case ')' -> deeper(-1, at);
      default -> at + 1;
    };
  }

  private int plain(char c, int next) {
    if (depth == 0) {
      run.append(c);
    }
    return next;
  }

  private int escape(int at) {
    if (at >= regex.length()) {
      return -1;
    }
    char c = regex.charAt(at);
    if (!Character.isLetterOrDigit(c)) {
      return plain(c, at + 1);
    }
    finish();
    // Of the others the letters that follow are no text: \x41, \p{L}, \k<name>.
    return "dDwWsSbBAzZGhHvVRtnrfae".indexOf(c) >= 0 ? at + 1 : -1;
  }

  private int afterClass(int at) {
    var matcher = PLAIN_CLASS.matcher(regex).region(at, regex.length());
    return matcher.lookingAt() ? matcher.end() : -1;
  }

  private int afterBrace(int at) {
    int end = regex.indexOf('}', at);
    return end < 0 ? -1 : end + 1;
  }

  private int deeper(int by, int at) {
    depth += by;
    return at + 1;
  }

  private void finish() {
    best = run.length() > best.length() ? run.toString() : best;
    run.setLength(0);
  }
}
