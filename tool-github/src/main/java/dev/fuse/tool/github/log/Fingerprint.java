package dev.fuse.tool.github.log;

import java.util.regex.Pattern;

/** The same text for the same trouble, whatever its numbers, times, hashes and places are. */
public final class Fingerprint {

  private static final Pattern MARK =
      Pattern.compile("^##\\[\\w+]|^\\[ERROR]\\s*|^\\s*(?:E|\\*|●|[│|])\\s+");
  private static final Pattern HASH =
      Pattern.compile("\\b(?=[0-9a-f]*\\d)[0-9a-f]{7,64}\\b|\\b[0-9a-f]{8}-[0-9a-f-]{27}\\b");
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,:]\\d+)*");
  private static final Pattern PATH = Pattern.compile("(?:/[\\w.@+-]+){2,}/");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Fingerprint() {}

  public static String of(String line) {
    var text = MARK.matcher(line).replaceFirst("");
    text = HASH.matcher(text).replaceAll("#");
    text = PATH.matcher(text).replaceAll("/…/");
    text = NUMBER.matcher(text).replaceAll("N");
    text = SPACE.matcher(text).replaceAll(" ").strip();
    return text.length() > 160 ? text.substring(0, 160) : text;
  }
}
