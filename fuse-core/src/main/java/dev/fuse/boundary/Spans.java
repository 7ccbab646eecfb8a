package dev.fuse.boundary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places found in one text, by any number of readers; united, those that touch become one. */
final class Spans {

  private final List<Span> found = new ArrayList<>();

  void add(int start, int end, String name) {
    if (start < end) {
      found.add(new Span(start, end, name));
    }
  }

  void addAll(List<Span> others) {
    found.addAll(others);
  }

  List<Span> found() {
    return found;
  }

  /** In order and without overlap; what overlaps is one, named after its longest part. */
  List<Span> united() {
    var ordered = new ArrayList<>(found);
    ordered.sort(Comparator.comparingInt(Span::start).thenComparingInt(span -> -span.end()));
    var united = new ArrayList<Span>();
    int longest = 0;
    for (var span : ordered) {
      if (united.isEmpty() || span.start() >= united.getLast().end()) {
        united.add(span);
        longest = span.length();
        continue;
      }
      var last = united.removeLast();
      var name = span.length() > longest ? span.name() : last.name();
      longest = Math.max(longest, span.length());
      united.add(new Span(last.start(), Math.max(last.end(), span.end()), name));
    }
    return united;
  }
}
