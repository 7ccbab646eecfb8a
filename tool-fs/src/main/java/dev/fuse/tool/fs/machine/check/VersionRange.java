package dev.fuse.tool.fs.machine.check;

import dev.fuse.tool.fs.machine.ProgramVersions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a project asks of a version, in the common part of what npm, PEP 440, Maven's properties and
 * version files write: {@code 20}, {@code >=3.11,<4}, {@code ^18 || >=20}, {@code ~=3.11}.
 */
public record VersionRange(String text, Predicate<List<Integer>> test) {

  private static final Pattern PART =
      Pattern.compile(
          "(>=|<=|===|==|!=|~=|~>|>|<|\\^|~|=)?\\s*v?(\\d+(?:\\.(?:\\d+|[xX*]))*)[^\\s,|]*");

  /** A version of exactly these leading numbers; empty for names such as {@code lts/*}. */
  public static Optional<VersionRange> exactly(String text) {
    return ProgramVersions.number(text)
        .map(number -> new VersionRange(text, startsWith(numbers(number))));
  }

  static Optional<VersionRange> atLeast(String text) {
    return ProgramVersions.number(text)
        .map(number -> new VersionRange(">=" + text, from(numbers(number))));
  }

  /** Comparisons; empty where it is written in a way that is not understood. */
  public static Optional<VersionRange> of(String text) {
    Predicate<List<Integer>> any = version -> false;
    for (var alternative : text.split("\\|\\|", -1)) {
      var all = all(alternative.strip());
      if (all.isEmpty()) {
        return Optional.empty();
      }
      any = any.or(all.get());
    }
    return Optional.of(new VersionRange(text, any));
  }

  public boolean holds(String version) {
    return test.test(numbers(version));
  }

  private static Optional<Predicate<List<Integer>>> all(String text) {
    var matcher = PART.matcher(text);
    var tests = new ArrayList<Predicate<List<Integer>>>();
    int end = 0;
    while (matcher.find()) {
      if (!text.substring(end, matcher.start()).isBlank()
          && !text.substring(end, matcher.start()).strip().equals(",")) {
        return Optional.empty();
      }
      var sign = matcher.group(1);
      tests.add(test(sign == null ? "" : sign, numbers(matcher.group(2))));
      end = matcher.end();
    }
    return tests.isEmpty() || end < text.length()
        ? Optional.empty()
        : tests.stream().reduce(Predicate::and);
  }

  private static Predicate<List<Integer>> test(String sign, List<Integer> wanted) {
    return switch (sign) {
      case ">=" -> from(wanted);
      case ">" -> version -> compare(version, wanted) > 0;
      case "<" -> version -> compare(version, wanted) < 0;
      case "<=" -> version -> compare(version, wanted) <= 0;
      case "!=" -> startsWith(wanted).negate();
      case "^" -> from(wanted).and(startsWith(wanted.subList(0, 1)));
      case "~" -> from(wanted).and(startsWith(wanted.subList(0, Math.min(2, wanted.size()))));
      case "~=", "~>" ->
          from(wanted).and(startsWith(wanted.subList(0, Math.max(1, wanted.size() - 1))));
      default -> startsWith(wanted);
    };
  }

  private static Predicate<List<Integer>> from(List<Integer> wanted) {
    return version -> compare(version, wanted) >= 0;
  }

  private static Predicate<List<Integer>> startsWith(List<Integer> wanted) {
    return version ->
        version.size() >= wanted.size() && version.subList(0, wanted.size()).equals(wanted);
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      int order = Integer.compare(at(one, i), at(other, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int at(List<Integer> numbers, int i) {
    return i < numbers.size() ? numbers.get(i) : 0;
  }

  /** Java's old {@code 1.8} is 8; {@code x} ends a version. */
  private static List<Integer> numbers(String version) {
    var numbers =
        Arrays.stream(version.split("\\.", -1))
            .takeWhile(part -> part.matches("\\d{1,9}.*"))
            .map(part -> Integer.parseInt(part.replaceFirst("\\D.*", "")))
            .toList();
    return numbers.size() > 1 && numbers.get(0) == 1 && numbers.get(1) == 8
        ? numbers.subList(1, numbers.size())
        : numbers;
  }
}
