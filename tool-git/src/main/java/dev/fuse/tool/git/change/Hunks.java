package dev.fuse.tool.git.change;

import dev.fuse.spi.ToolFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The patch of one file in its hunks; bytes are kept as they are, one character each.
 *
 * @param header the lines before the first hunk
 */
record Hunks(String header, List<String> hunks) {

  static Hunks of(byte[] patch) {
    var header = new StringBuilder();
    var hunks = new ArrayList<StringBuilder>();
    for (var line : new String(patch, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)) {
      if (line.startsWith("@@ ")) {
        hunks.add(new StringBuilder());
      }
      (hunks.isEmpty() ? header : hunks.getLast()).append(line);
    }
    return new Hunks(header.toString(), hunks.stream().map(StringBuilder::toString).toList());
  }

  /** The patch of these hunks alone, counted from 1. */
  String only(List<Integer> numbers) {
    var patch = new StringBuilder(header);
    for (int number : numbers.stream().distinct().sorted().toList()) {
      if (number < 1 || number > hunks.size()) {
        throw ToolFailure.invalid(
            "there is no hunk " + number + ": the file has " + hunks.size(),
            "git_diff with that path shows them in order");
      }
      patch.append(hunks.get(number - 1));
    }
    return patch.toString();
  }

  static byte[] bytes(String patch) {
    return patch.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** For people. */
  static String decoded(String patch) {
    return new String(bytes(patch), StandardCharsets.UTF_8);
  }
}
