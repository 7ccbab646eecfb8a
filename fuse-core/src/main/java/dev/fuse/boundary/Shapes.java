package dev.fuse.boundary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shapes by which tokens are known, from {@code shapes.txt}; compiled when their word is met.
 */
final class Shapes {

  private static final int LONGEST = 12_000;

  private static final Pattern QUANTIFIER = Pattern.compile("(\\{\\d+(?:,\\d+)?\\})(?![+?])");

  private static final String NEAR =
      "[\\w .-]{0,30}+[\"'`\\\\\\])]{0,4}+[ \\t]{0,4}+(?:=>|:=|[:=,|>]{1,3}+)[ \\t\"'`=\\\\]{0,6}+(";

  private final List<Shape> all;

  private Shapes(List<Shape> all) {
    this.all = all;
  }

  List<Shape> all() {
    return all;
  }

  static Shapes read() {
    try (var in = Shapes.class.getResourceAsStream("shapes.txt");
        var lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      var all = new ArrayList<Shape>();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          all.add(Shape.of(line.split("\t", -1)));
        }
      }
      return new Shapes(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One kind of token.
   *
   * @param words one of which stands at its beginning, or so many characters behind it
   * @param back how many characters before the word it begins
   * @param boundary whether what stands before it must not be part of a word
   * @param entropy bits a character that it must have at least
   */
  record Shape(
      String name,
      List<String> words,
      String regex,
      List<Integer> back,
      boolean boundary,
      double entropy,
      boolean login,
      AtomicReference<Pattern> compiled) {

    static Shape of(String[] fields) {
      var options = fields.length > 3 ? " " + fields[3] + " " : " ";
      var regex = QUANTIFIER.matcher(fields[2]).replaceAll("$1+");
      if (options.contains(" near ")) {
        regex = "(?i:" + fields[1] + ")" + NEAR + regex + ")(?![\\w-])";
      }
      return new Shape(
          fields[0],
          List.of(fields[1].split(",")),
          regex,
          back(options),
          options.contains(" b "),
          number(options, " e="),
          options.contains(" look=basic "),
          new AtomicReference<>());
    }

    /** Its secret part, where the word ends there; with the rest of the run of its characters. */
    @Nullable Span at(String text, int wordStart) {
      for (int before : back) {
        if (before <= wordStart) {
          var found = from(text, wordStart - before);
          if (found != null) {
            return found;
          }
        }
      }
      return null;
    }

    private @Nullable Span from(String text, int from) {
      if (boundary
          && from > 0
          && (wordy(text.charAt(from - 1)) || (json() && runs(text.charAt(from - 1))))) {
        return null;
      }
      var matcher = pattern().matcher(text);
      matcher.region(from, Math.min(text.length(), from + LONGEST)).useTransparentBounds(true);
      if (!matcher.lookingAt()) {
        return null;
      }
      int group = matcher.groupCount() > 0 && matcher.group(1) != null ? 1 : 0;
      int start = matcher.start(group);
      int end = matcher.end(group);
      // Of what is longer its beginning, so that words that follow each other cost little.
      var value = text.substring(start, Math.min(end, start + 80));
      if ((entropy > 0 && Values.entropy(value) < entropy)
          || (login && !login(text.substring(start, end)))
          || Values.filler(value)) {
        return null;
      }
      while (end < text.length() && runs(text.charAt(end))) {
        end++;
      }
      return new Span(start, end, name);
    }

    Pattern pattern() {
      var found = compiled.get();
      if (found == null) {
        found = Pattern.compile(regex);
        compiled.set(found);
      }
      return found;
    }

    /** Base64 of a name, a colon and a password. */
    static boolean login(String value) {
      try {
        var decoded = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        int colon = decoded.indexOf(':');
        return colon >= 0
            && colon < decoded.length() - 1
            && decoded.chars().allMatch(c -> c >= ' ' && c != 0xfffd);
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    /** Base64 of JSON, which may begin anywhere in a run of base64. */
    private boolean json() {
      return words.getFirst().startsWith("eyj");
    }

    private static List<Integer> back(String options) {
      int at = options.indexOf(" back=");
      if (at < 0) {
        return List.of(0);
      }
      var list = options.substring(at + 6, options.indexOf(' ', at + 6)).split(",");
      return Arrays.stream(list).map(Integer::valueOf).toList();
    }

    private static double number(String options, String key) {
      int at = options.indexOf(key);
      return at < 0
          ? 0
          : Double.parseDouble(
              options.substring(at + key.length(), options.indexOf(' ', at + key.length())));
    }

    private static boolean wordy(char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean runs(char c) {
      return wordy(c) || c == '_' || c == '-' || c == '=';
    }
  }
}
