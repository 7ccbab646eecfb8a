package dev.fuse.scenario;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A file of error signatures.
 *
 * @param signatures empty where a problem is more than a warning
 */
public record SignatureFile(List<Signature> signatures, List<Problem> problems) {

  static final List<String> TOP = List.of("apiVersion", "kind", "system", "scenario", "signatures");
  static final List<String> ONE =
      List.of("says", "pattern", "system", "scenario", "tool", "settles", "about");

  /** A literal shorter than this is found in ordinary words. */
  private static final int SHORTEST = 5;

  public SignatureFile {
    signatures = List.copyOf(signatures);
    problems = List.copyOf(problems);
  }

  /** Reads a text; every mistake is noted at its place. */
  public static SignatureFile read(String origin, String yaml) {
    var text = new YamlText(origin, yaml);
    var signatures =
        text.root()
            .map(root -> signatures(text, new Fields(text, "", root).only(TOP)))
            .orElse(List.of());
    return new SignatureFile(text.sound() ? signatures : List.of(), text.problems());
  }

  private static List<Signature> signatures(YamlText text, Fields top) {
    top.required("apiVersion", "fuse.dev/v1");
    top.required("kind", "Signatures");
    return top.objects("signatures", ONE).stream().map(one -> signature(text, top, one)).toList();
  }

  private static Signature signature(YamlText text, Fields top, Fields one) {
    var says = one.texts("says");
    if (says.isEmpty() || says.stream().anyMatch(it -> it.strip().length() < SHORTEST)) {
      text.error(one.key("says"), "'says' needs texts of %d characters or more", SHORTEST);
    }
    var pattern = one.text("pattern");
    pattern.ifPresent(it -> check(text, one, it));
    return new Signature(
        says,
        pattern,
        either(top, one, "system"),
        either(top, one, "scenario"),
        one.text("tool"),
        one.flag("settles"),
        one.text("about").orElse(""));
  }

  private static String either(Fields top, Fields one, String key) {
    return one.text(key).or(() -> Optional.of(top.required(key))).orElse("");
  }

  private static void check(YamlText text, Fields one, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      text.error(one.at("pattern"), "the pattern is wrong: %s", e.getDescription());
    }
  }
}
