package dev.fuse.boundary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Masks JDK maps, lists and scalars as the one text that they make together, so that a name beside
 * a value, or lines of a list, are known as they are in a file.
 */
final class StructuredMask {

  private static final int DEEPEST = 200;

  private final StringBuilder text = new StringBuilder();
  private final List<Leaf> leaves = new ArrayList<>();
  private final BiFunction<String, List<Span>, String> replace;

  /** A string and where it stands in the whole. */
  private record Leaf(int start, String value, List<Span> own) {}

  private StructuredMask(BiFunction<String, List<Span>, String> replace) {
    this.replace = replace;
  }

  static Object of(
      Object value,
      BiFunction<String, List<Span>, String> replace,
      Function<String, SecretVault.Places> places) {
    var mask = new StructuredMask(replace);
    mask.write("", value, 0);
    mask.share(places.apply(mask.text.toString()), places);
    return mask.read(new int[1], value, 0);
  }

  /** As settings, one a line; a list's strings one below the other. */
  private void write(String name, Object value, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("a result is nested deeper than " + DEEPEST);
    }
    switch (value) {
      case null -> {}
      case String leaf -> {
        boolean named = Names.secret(name);
        text.append("  ".repeat(Math.min(depth, 20)));
        if (!name.isEmpty()) {
          text.append(name).append(": ");
        }
        leaf(leaf, named ? name : "");
      }
      case Map<?, ?> map -> {
        text.append("  ".repeat(Math.min(depth, 20)))
            .append(name.isEmpty() ? "-" : name + ":")
            .append("\n");
        map.forEach(
            (key, item) -> {
              // A key may be a secret as well as its value.
              write(String.valueOf(key), item, depth + 1);
            });
        text.append("\n");
      }
      case List<?> list -> {
        text.append("\n");
        for (var item : list) {
          if (item instanceof String leaf) {
            leaf(leaf, Names.secret(name) ? name : "");
          } else {
            write("", item, depth + 1);
          }
        }
        text.append("\n");
      }
      default -> {
        if (value instanceof Long || value instanceof Integer) {
          text.append("  ".repeat(Math.min(depth, 20)))
              .append(name)
              .append(": ")
              .append(value)
              .append("\n");
        }
      }
    }
  }

  private void leaf(String value, String name) {
    var own = new ArrayList<Span>();
    if (!name.isEmpty()
        && value.length() >= 3
        && !PairReader.weak(value)
        && !Values.number(value)) {
      own.add(new Span(0, value.length(), name));
    }
    leaves.add(new Leaf(text.length(), value, own));
    text.append(value).append("\n");
  }

  /** Gives each string its part of what was found in the whole and in itself. */
  private void share(SecretVault.Places found, Function<String, SecretVault.Places> places) {
    var spans = found.spans();
    int next = 0;
    for (int at = 0; at < leaves.size(); at++) {
      var leaf = leaves.get(at);
      int end = leaf.start() + leaf.value().length();
      if (end > found.reached()) {
        leaves.set(at, new Leaf(0, SecretVault.withheld(leaf.value().length()).strip(), List.of()));
        continue;
      }
      while (next < spans.size() && spans.get(next).end() <= leaf.start()) {
        next++;
      }
      for (int i = next; i < spans.size() && spans.get(i).start() < end; i++) {
        var span = spans.get(i);
        leaf.own()
            .add(
                new Span(
                    Math.max(0, span.start() - leaf.start()),
                    Math.min(leaf.value().length(), span.end() - leaf.start()),
                    span.name()));
      }
      leaf.own().addAll(places.apply(leaf.value()).spans());
    }
  }

  private Object read(int[] at, Object value, int depth) {
    return switch (value) {
      case String _ -> masked(leaves.get(at[0]++));
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach(
            (key, item) ->
                copy.put(String.valueOf(key), item == null ? "" : read(at, item, depth + 1)));
        yield copy;
      }
      case List<?> list -> {
        var copy = new ArrayList<Object>();
        list.forEach(item -> copy.add(item == null ? "" : read(at, item, depth + 1)));
        yield copy;
      }
      default -> value;
    };
  }

  private String masked(Leaf leaf) {
    var spans = new Spans();
    spans.addAll(leaf.own());
    var united = spans.united();
    return united.isEmpty() ? leaf.value() : replace.apply(leaf.value(), united);
  }
}
