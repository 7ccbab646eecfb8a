package dev.fuse.tool.fs.file;

import dev.fuse.spi.ToolFailure;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is searched for: a regular expression, and byte strings of which every line that it matches
 * holds one, so that most of a file is passed over without decoding it.
 *
 * @param texts the byte strings as text; none where every line is tried
 * @param folded whether they stand for capital letters too
 * @param whole whether the one text is all there is to the expression
 */
record Needle(
    Pattern pattern, List<String> texts, boolean folded, boolean whole, Literals literals) {

  private static final String FOLDING = "(?i)";

  static Needle of(String regex) {
    try {
      var pattern = Pattern.compile(regex);
      boolean folded = regex.startsWith(FOLDING);
      var texts = RequiredText.of(folded ? regex.substring(FOLDING.length()) : regex);
      return new Needle(
          pattern, texts, folded, texts.equals(List.of(regex)), new Literals(texts, folded));
    } catch (PatternSyntaxException e) {
      throw ToolFailure.invalid(
          "pattern '%s' is no regular expression: %s at %d"
              .formatted(regex, e.getDescription(), e.getIndex()),
          "escape characters that are meant literally with \\");
    }
  }

  /** Whether there are bytes to look for before the expression is tried. */
  boolean hasLiterals() {
    return !texts.isEmpty();
  }

  /** Whether the expression matches somewhere in a name. */
  boolean isIn(String name) {
    boolean possible = folded || texts.isEmpty() || texts.stream().anyMatch(name::contains);
    return possible && pattern.matcher(name).find();
  }
}
