package dev.fuse.tool.kubernetes.api;

import dev.fuse.text.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names in a sentence: the first few of many, and the one that may be meant. */
public final class Words {

  private Words() {}

  public static Optional<String> nearest(String name, List<String> names) {
    var stem = name.split("-", -1)[0];
    return Spelling.nearest(name, names)
        .or(
            () ->
                names.stream()
                    .filter(one -> stem.length() > 2 && one.startsWith(stem))
                    .findFirst());
  }

  public static String joined(List<String> names) {
    return names.isEmpty()
        ? "none"
        : names.stream().limit(10).collect(Collectors.joining(", "))
            + (names.size() > 10 ? " and " + (names.size() - 10) + " more" : "");
  }
}
