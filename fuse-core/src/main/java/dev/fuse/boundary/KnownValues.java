package dev.fuse.boundary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds values that are known, whatever stands around them, in one pass over a text. */
final class KnownValues {

  private final List<String> values = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private int characters;
  private @Nullable Automaton automaton;

  /** Remembers a value and what it is; false where there is no more room. */
  boolean add(String value, String name, int room) {
    if (characters + value.length() > room) {
      return false;
    }
    values.add(value);
    names.add(name);
    characters += value.length();
    automaton = null;
    return true;
  }

  /** Adds the places where they stand in a text; of those that overlap the longest counts. */
  void find(String text, Spans spans) {
    if (values.isEmpty() || text.isEmpty()) {
      return;
    }
    if (automaton == null) {
      automaton = new Automaton(values);
    }
    automaton.find(
        text, (value, end) -> spans.add(end - values.get(value).length(), end, names.get(value)));
  }

  /** Of states that are numbers, their edges in one table of hashes. */
  private static final class Automaton {
    private static final int FREE = -1;

    private final boolean[] first = new boolean[1 << 16];
    private long[] edges = new long[64];
    private int[] goals = new int[64];
    private int count;
    private int[] fail;
    private int[] ends;
    private int[] shorter;
    private int states = 1;

    Automaton(List<String> values) {
      int most = values.stream().mapToInt(String::length).sum() + 1;
      fail = new int[most];
      ends = new int[most];
      shorter = new int[most];
      Arrays.fill(ends, FREE);
      Arrays.fill(edges, FREE);
      var order = new ArrayList<List<Integer>>();
      for (int i = 0; i < values.size(); i++) {
        insert(values.get(i), i, order);
      }
      link(order);
    }

    private void insert(String value, int number, List<List<Integer>> order) {
      int state = 0;
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        int goal = goal(state, c);
        if (goal < 0) {
          goal = states++;
          put(state, c, goal);
          while (order.size() <= i) {
            order.add(new ArrayList<>());
          }
          order.get(i).add(goal);
        }
        state = goal;
      }
      first[value.charAt(0)] = true;
      ends[state] = number;
    }

    private void link(List<List<Integer>> order) {
      var queue = new ArrayDeque<int[]>();
      var parents = new int[states];
      var letters = new char[states];
      for (int slot = 0; slot < edges.length; slot++) {
        if (edges[slot] != FREE) {
          parents[goals[slot]] = (int) (edges[slot] >>> 16);
          letters[goals[slot]] = (char) edges[slot];
        }
      }
      for (var level : order) {
        for (int state : level) {
          queue.add(new int[] {state, parents[state], letters[state]});
        }
      }
      while (!queue.isEmpty()) {
        var at = queue.remove();
        int state = at[0];
        int other = at[1] == 0 ? 0 : step(fail[at[1]], (char) at[2]);
        fail[state] = other;
        shorter[state] = ends[other] >= 0 ? other : shorter[other];
      }
    }

    void find(String text, Keywords.Hit hit) {
      int state = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (state == 0 && !first[c]) {
          continue;
        }
        state = step(state, c);
        // What else ends here is shorter and so lies inside.
        int longest = ends[state] >= 0 ? state : shorter[state];
        if (longest != 0) {
          hit.at(ends[longest], i + 1);
        }
      }
    }

    private int step(int from, char c) {
      int state = from;
      while (true) {
        int goal = goal(state, c);
        if (goal >= 0) {
          return goal;
        }
        if (state == 0) {
          return 0;
        }
        state = fail[state];
      }
    }

    private int goal(int state, char c) {
      long edge = ((long) state << 16) | c;
      for (int slot = slot(edge); ; slot = (slot + 1) & (edges.length - 1)) {
        if (edges[slot] == edge) {
          return goals[slot];
        }
        if (edges[slot] == FREE) {
          return -1;
        }
      }
    }

    private void put(int state, char c, int goal) {
      if (++count * 2 > edges.length) {
        grow();
      }
      place(((long) state << 16) | c, goal);
    }

    private void place(long edge, int goal) {
      int slot = slot(edge);
      while (edges[slot] != FREE) {
        slot = (slot + 1) & (edges.length - 1);
      }
      edges[slot] = edge;
      goals[slot] = goal;
    }

    private void grow() {
      var oldEdges = edges;
      var oldGoals = goals;
      edges = new long[oldEdges.length * 2];
      goals = new int[edges.length];
      Arrays.fill(edges, FREE);
      for (int slot = 0; slot < oldEdges.length; slot++) {
        if (oldEdges[slot] != FREE) {
          place(oldEdges[slot], oldGoals[slot]);
        }
      }
    }

    private int slot(long edge) {
      long mixed = edge * 0x9E3779B97F4A7C15L;
      return (int) (mixed >>> 40) & (edges.length - 1);
    }
  }
}
