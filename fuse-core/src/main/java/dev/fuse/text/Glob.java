package dev.fuse.text;

import java.util.regex.Pattern;

/**
 * A pattern for names and paths: {@code ?} is one character and {@code *} any number, both but
 * {@code /}; {@code **} is any number of any; {@code \} takes the next character as it is.
 */
public record Glob(String text, Pattern pattern) {

  /** Compiles a glob; every text is one. */
  public static Glob of(String text) {
    return of(text, "[^/]", 0);
  }

  /** A glob on names that are not paths: {@code *} stops at nothing, and case does not count. */
  public static Glob ofName(String text) {
    return of(text, ".", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static Glob of(String text, String one, int flags) {
    var regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*') {
        boolean twice = i + 1 < text.length() && text.charAt(i + 1) == '*';
        regex.append(twice ? ".*" : one + "*");
        i += twice ? 1 : 0;
      } else if (c == '?') {
        regex.append(one);
      } else {
        if (c == '\\' && i + 1 < text.length()) {
          c = text.charAt(++i);
        }
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return new Glob(text, Pattern.compile(regex.toString(), Pattern.DOTALL | flags));
  }

  /** The glob that fits this text and nothing else. */
  public static String literally(String text) {
    return text.replaceAll("[\\\\*?]", "\\\\$0");
  }

  public boolean matches(String value) {
    return pattern.matcher(value).matches();
  }
}
