package dev.fuse.boundary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds any of many words in one pass over a text, without case (Aho and Corasick). Words are of
 * ASCII.
 */
final class Keywords {

  /** Takes a word that was found. */
  interface Hit {
    void at(int word, int end);
  }

  private final byte[] symbols = new byte[128];
  private final int width;
  private final short[] next;
  private final short[] longer;
  private final int[] words;
  private final boolean[] tells;

  Keywords(List<String> all) {
    width = symbols(all);
    int states = all.stream().mapToInt(String::length).sum() + 1;
    next = new short[states * width];
    longer = new short[states];
    words = new int[states];
    tells = new boolean[states];
    Arrays.fill(words, -1);
    int used = 1;
    for (int word = 0; word < all.size(); word++) {
      used = insert(all.get(word), word, used);
    }
    link();
  }

  private int symbols(List<String> all) {
    int count = 1;
    for (var word : all) {
      for (int i = 0; i < word.length(); i++) {
        int c = fold(word.charAt(i));
        if (symbols[c] == 0) {
          symbols[c] = (byte) count++;
        }
      }
    }
    for (int c = 'A'; c <= 'Z'; c++) {
      symbols[c] = symbols[fold(c)];
    }
    return count;
  }

  private int insert(String text, int word, int used) {
    int state = 0;
    int free = used;
    for (int i = 0; i < text.length(); i++) {
      int edge = state * width + symbols[fold(text.charAt(i))];
      if (next[edge] == 0) {
        next[edge] = (short) free++;
      }
      state = next[edge];
    }
    if (words[state] >= 0) {
      throw new IllegalArgumentException("the word '" + text + "' is listed twice");
    }
    words[state] = word;
    return free;
  }

  /** Where to go on where a word does not, so that no character is looked at twice. */
  private void link() {
    var fail = new short[longer.length];
    var waiting = new ArrayDeque<Integer>();
    for (int symbol = 0; symbol < width; symbol++) {
      if (next[symbol] != 0) {
        waiting.add((int) next[symbol]);
      }
    }
    while (!waiting.isEmpty()) {
      int state = waiting.remove();
      int other = fail[state];
      longer[state] = (short) (words[other] >= 0 ? other : longer[other]);
      tells[state] = words[state] >= 0 || longer[state] != 0;
      for (int symbol = 0; symbol < width; symbol++) {
        int edge = state * width + symbol;
        short follow = next[other * width + symbol];
        if (next[edge] == 0) {
          next[edge] = follow;
        } else {
          fail[next[edge]] = follow;
          waiting.add((int) next[edge]);
        }
      }
    }
  }

  /** The state behind a character; 0 at the beginning. */
  int step(int state, char c) {
    return next[state * width + (c < 128 ? symbols[c] : 0)];
  }

  boolean tells(int state) {
    return tells[state];
  }

  /** Hands over the words that end in a state, the longest first. */
  void words(int state, int end, Hit hit) {
    for (int at = state; at != 0; at = longer[at]) {
      if (words[at] >= 0) {
        hit.at(words[at], end);
      }
    }
  }

  /** The numbers of the words in a text, for tests. */
  List<Integer> in(String text) {
    var found = new ArrayList<Integer>();
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      state = step(state, text.charAt(i));
      words(state, i + 1, (word, end) -> found.add(word));
    }
    return found;
  }

  private static int fold(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }
}
